import Ledger
import Money
import TestSupport
import Testing

@Suite struct BooksTests {
    private let funding = transfer("fund", .single, 100, from: bank, to: wallet)

    @Test func `a single transfer moves its amount at once`() {
        let books = books(funding)
        #expect(books.balance(of: bank) == Balance(posted: -100))
        #expect(books.balance(of: wallet) == Balance(posted: 100))
        #expect(books.balance(of: available) == Balance())
    }

    @Test func `a hold sets money aside without moving it`() {
        let books = books(funding, transfer("h", .hold, 30))
        #expect(books.balance(of: wallet) == Balance(posted: 100, held: 30))
        #expect(books.balance(of: wallet).spendable == 70)
        #expect(books.balance(of: available) == Balance())
        #expect(books.outstandingHold("h") == baht(30))
    }

    @Test func `a post moves what it says and frees the rest of the hold`() {
        let books = books(funding, transfer("h", .hold, 30), transfer("p", .post(of: hold("h", 30)), 20))
        #expect(books.balance(of: wallet) == Balance(posted: 80))
        #expect(books.balance(of: available) == Balance(posted: 20))
        #expect(books.outstandingHold("h") == nil)
    }

    @Test func `a release frees the whole hold and moves nothing`() {
        let books = books(funding, transfer("h", .hold, 30), transfer("r", .release(of: hold("h", 30)), 30))
        #expect(books.balance(of: wallet) == Balance(posted: 100))
        #expect(books.balance(of: available) == Balance())
        #expect(books.outstandingHold("h") == nil)
    }

    @Test func `a hold may be posted when everything else has been spent`() {
        var books = books(funding, transfer("h", .hold, 30), transfer("s", .single, 70))
        #expect(books.balance(of: wallet).spendable == 0)
        #expect(books.apply(transfer("p", .post(of: hold("h", 30)), 30)) == .applied)
        #expect(books.balance(of: wallet) == Balance())
    }

    @Test func `an account with a floor may be emptied but not overdrawn`() {
        var books = books(funding)
        #expect(books.apply(transfer("over", .single, 101)) == .insufficientFunds)
        #expect(books.apply(transfer("all", .single, 100)) == .applied)
        #expect(books.apply(transfer("more", .hold, 1)) == .insufficientFunds)
    }

    @Test func `an account without a floor may go below zero`() {
        let books = books(
            transfer("a", .single, 5, from: clearing, to: bank), transfer("h", .hold, 7, from: clearing, to: bank))
        #expect(books.balance(of: clearing) == Balance(posted: -5, held: 7))
        #expect(books.balance(of: clearing).spendable == -12)
    }

    @Test func `a refused transfer changes nothing and its id may be used later`() {
        var books = books(funding)
        #expect(books.apply(transfer("t", .hold, 101)) == .insufficientFunds)
        #expect(books.balance(of: wallet) == Balance(posted: 100))
        #expect(!books.accounts.contains(available))
        #expect(books.outstandingHold("t") == nil)
        #expect(books.apply(transfer("t", .single, 100)) == .applied)
    }

    @Test func `balances of each currency add up to zero`() {
        let yen = account(.wallet, "somchai", .JPY)
        var books = books(funding, transfer("h", .hold, 30))
        let exchange = Transfer(
            id: "y", debit: account(.bank, "kbank", .JPY), credit: yen, amount: Money(minorUnits: 9, .JPY))
        #expect(books.apply(exchange) == .applied)
        #expect(books.balance(of: yen) == Balance(posted: 9))
        #expect(Currency.allCases.allSatisfy { books.total(in: $0) == 0 })
    }

    @Test func `accounts are those an applied transfer named, in order of key`() {
        let books = books(funding, transfer("h", .hold, 30))
        #expect(books.accounts.map(\.key) == ["available:shop:THB", "bank:kbank:THB", "wallet:somchai:THB"])
        #expect(Books().accounts.isEmpty)
    }

    @Test func `only a hold is outstanding`() {
        let books = books(funding)
        #expect(books.outstandingHold("fund") == nil)
        #expect(books.outstandingHold("none") == nil)
    }

    @Test func `balances reach the limits of an Int64 and stop there`() {
        var books = books(transfer("max", .single, .max, from: bank, to: clearing))
        #expect(books.apply(transfer("last", .single, 1, from: bank, to: available)) == .applied)
        #expect(books.balance(of: bank) == Balance(posted: .min))
        #expect(books.apply(transfer("debit", .single, 1, from: bank, to: available)) == .overflow)
        #expect(books.apply(transfer("hold", .hold, 1, from: bank, to: available)) == .overflow)
        #expect(books.apply(transfer("credit", .single, 1, from: available, to: clearing)) == .overflow)
        #expect(books.total(in: .THB) == 0)
    }

    @Test func `a post that would overflow leaves its hold outstanding`() {
        var books = books(
            transfer("h", .hold, 5, from: bank, to: clearing),
            transfer("max", .single, .max - 3, from: account(.suspense, "kbank"), to: clearing))
        #expect(books.apply(transfer("p", .post(of: hold("h", 5)), 5, from: bank, to: clearing)) == .overflow)
        #expect(books.outstandingHold("h") == baht(5))
        #expect(books.apply(transfer("p", .post(of: hold("h", 5)), 3, from: bank, to: clearing)) == .applied)
    }
}
