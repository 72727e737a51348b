import Ledger
import Money
import TestSupport
import Testing

/// Against books in which the wallet has 1000 satang and holds are open, posted and released.
@Suite struct TransferResultTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let says: String
        let transfer: Transfer
        let result: TransferResult
        var testDescription: String { says }

        init(_ says: String, _ transfer: Transfer, _ result: TransferResult) {
            self.says = says
            self.transfer = transfer
            self.result = result
        }
    }

    static let settled = books(
        transfer("fund", .single, 1000, from: bank, to: wallet),
        transfer("paid", .single, 10),
        transfer("open", .hold, 100),
        transfer("posted", .hold, 50), transfer("post", .post(of: hold("posted", 50)), 40),
        transfer("released", .hold, 60), transfer("release", .release(of: hold("released", 60)), 60),
        transfer("huge", .single, .max, from: account(.suspense, "kbank"), to: clearing))

    private static let inDollars = Money(minorUnits: 10, .USD)

    static let shape = [
        Row("nothing cannot be moved", transfer("new", .single, 0), .amountMustBePositive),
        Row("less than nothing cannot be moved", transfer("new", .single, -1), .amountMustBePositive),
        Row("an account cannot pay itself", transfer("new", to: wallet), .accountsMustDiffer),
        Row(
            "the credit is in the debit's currency", transfer("new", to: account(.bank, "b", .USD)),
            .currenciesMustMatch),
        Row(
            "the amount is in the accounts' currency",
            Transfer(id: "new", debit: wallet, credit: available, amount: inDollars), .currenciesMustMatch),
        Row(
            "the hold named is in the accounts' currency",
            transfer("new", .post(of: Hold(id: "open", amount: inDollars))), .currenciesMustMatch),
        Row("a post is at most its hold", transfer("new", .post(of: hold("open", 100)), 101), .exceedsHold),
        Row(
            "a release is not less than its hold", transfer("new", .release(of: hold("open", 100)), 99),
            .releaseMustBeWhole),
        Row(
            "a release is not more than its hold", transfer("new", .release(of: hold("open", 100)), 101),
            .releaseMustBeWhole),
    ]

    static let ids = [
        Row("the same single again exists", transfer("paid"), .exists),
        Row("the same hold again exists, though posted since", transfer("posted", .hold, 50), .exists),
        Row("the same post again exists", transfer("post", .post(of: hold("posted", 50)), 40), .exists),
        Row("the same release again exists", transfer("release", .release(of: hold("released", 60)), 60), .exists),
        Row("the id of a single is not free for a hold", transfer("paid", .hold), .existsWithDifferentKind),
        Row(
            "a post of a hold cannot take the hold's id", transfer("open", .post(of: hold("open", 100))),
            .existsWithDifferentKind),
        Row(
            "the id of a post of one hold is not free for a post of another",
            transfer("post", .post(of: hold("open", 50)), 40), .existsWithDifferentKind),
        Row("a replay has the same debit", transfer("paid", from: bank), .existsWithDifferentAccounts),
        Row("a replay has the same credit", transfer("paid", to: bank), .existsWithDifferentAccounts),
        Row("a replay is not reversed", transfer("paid", from: available, to: wallet), .existsWithDifferentAccounts),
        Row("a replay has the same amount", transfer("paid", .single, 11), .existsWithDifferentAmount),
        Row(
            "a replayed post has the same amount",
            transfer("post", .post(of: hold("posted", 50)), 41), .existsWithDifferentAmount),
    ]

    static let holds = [
        Row("an unknown hold cannot be posted", transfer("new", .post(of: hold("none", 100))), .holdNotFound),
        Row("an unknown hold cannot be released", transfer("new", .release(of: hold("none", 100)), 100), .holdNotFound),
        Row("a new transfer is no hold to itself", transfer("new", .post(of: hold("new", 100))), .holdNotFound),
        Row("a single is no hold", transfer("new", .post(of: hold("paid", 10))), .holdIsNotPending),
        Row("a post is no hold", transfer("new", .release(of: hold("post", 40)), 40), .holdIsNotPending),
        Row(
            "a hold is posted to its own credit", transfer("new", .post(of: hold("open", 100)), to: bank),
            .holdHasDifferentAccounts),
        Row(
            "a hold is released on its own debit",
            transfer("new", .release(of: hold("open", 100)), 100, from: bank), .holdHasDifferentAccounts),
        Row(
            "a hold is posted by its whole amount", transfer("new", .post(of: hold("open", 99))),
            .holdHasDifferentAmount),
        Row(
            "a hold is not released by a part of it", transfer("new", .release(of: hold("open", 99)), 99),
            .holdHasDifferentAmount),
        Row("a hold is posted once", transfer("new", .post(of: hold("posted", 50)), 10), .holdAlreadyPosted),
        Row(
            "a posted hold cannot be released", transfer("new", .release(of: hold("posted", 50)), 50),
            .holdAlreadyPosted),
        Row("a released hold cannot be posted", transfer("new", .post(of: hold("released", 60))), .holdAlreadyReleased),
        Row("a hold is released once", transfer("new", .release(of: hold("released", 60)), 60), .holdAlreadyReleased),
    ]

    static let balances = [
        Row("a wallet cannot pay what it has not", transfer("new", .single, 851), .insufficientFunds),
        Row("a wallet cannot hold what it has not", transfer("new", .hold, 851), .insufficientFunds),
        Row("a wallet may spend all it has not set aside", transfer("new", .single, 850), .applied),
        Row("a wallet may set aside all it has", transfer("new", .hold, 850), .applied),
        Row("a balance does not wrap around", transfer("new", .single, 1, to: clearing), .overflow),
        Row("a hold may be posted in part", transfer("new", .post(of: hold("open", 100)), 1), .applied),
        Row("a hold may be posted whole", transfer("new", .post(of: hold("open", 100)), 100), .applied),
        Row("a hold may be released", transfer("new", .release(of: hold("open", 100)), 100), .applied),
    ]

    @Test(arguments: shape + ids + holds + balances)
    func `each result has its cause`(row: Row) {
        var books = Self.settled
        let result = books.apply(row.transfer)
        #expect(result == row.result)
        if result != .applied { expectUnchanged(books) }
    }

    @Test(arguments: shape)
    func `a fault of shape shows without any books`(row: Row) {
        #expect(row.transfer.shapeFault() == row.result)
        var empty = Books()
        #expect(empty.apply(row.transfer) == row.result)
    }

    @Test(arguments: ids + holds + balances)
    func `a transfer of good shape has no fault without books`(row: Row) {
        #expect(row.transfer.shapeFault() == nil)
    }

    @Test func `every result has a row`() {
        let rows = Self.shape + Self.ids + Self.holds + Self.balances
        #expect(Set(rows.map(\.result)) == Set(TransferResult.allCases))
    }

    private func expectUnchanged(_ books: Books) {
        #expect(books.accounts == Self.settled.accounts)
        #expect(books.accounts.allSatisfy { books.balance(of: $0) == Self.settled.balance(of: $0) })
        #expect(books.outstandingHold("open") == baht(100))
        #expect(books.outstandingHold("new") == nil)
    }
}
