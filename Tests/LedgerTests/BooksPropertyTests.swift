import Ledger
import Money
import TestSupport
import Testing

@Suite struct BooksPropertyTests {
    @Test func `a hundred thousand random operations agree with the naive ledger to the unit`() {
        var random = RandomTransfers(seed: 20_260_101)
        var books = Books()
        var naive = NaiveLedger()
        var counts: [TransferResult: Int] = [:]

        for step in 1...100_000 {
            let transfer = random.next()
            let expected = naive.apply(transfer)
            let result = books.apply(transfer)
            random.saw(transfer, result)
            counts[result, default: 0] += 1
            let isSame = [transfer.debit, transfer.credit].allSatisfy {
                books.balance(of: $0) == naive.balances[$0] ?? Balance()
            }
            guard result == expected, isSame else {
                Issue.record("step \(step): \(transfer) is \(result), not \(expected), or its balances differ")
                return
            }
            if step.isMultiple(of: 5_000) { expectSame(books, naive) }
        }
        for result in TransferResult.allCases { #expect(counts[result, default: 0] > 0, "\(result) never came up") }
        #expect(counts[.applied, default: 0] > 20_000)
    }

    private func expectSame(_ books: Books, _ naive: NaiveLedger) {
        let recomputed = naive.recomputed()
        #expect(Set(books.accounts) == Set(recomputed.keys))
        for (account, balance) in recomputed {
            #expect(books.balance(of: account) == balance)
            #expect(!account.kind.hasFloor || balance.spendable >= 0)
            #expect(balance.held >= 0)
        }
        for currency in Currency.allCases { #expect(books.total(in: currency) == 0) }

        let resolved = Set(naive.rows.compactMap { $0.kind.resolves?.id })
        for row in naive.rows {
            let isOutstanding = row.kind == .hold && !resolved.contains(row.id)
            if books.outstandingHold(row.id) != (isOutstanding ? row.amount : nil) {
                Issue.record("the hold \(row.id) should \(isOutstanding ? "" : "not ")be outstanding")
            }
        }
    }
}

/// Makes transfers that mostly could apply and often just cannot.
private struct RandomTransfers {
    private var random: SplitMix64
    private var count = 0
    private var applied: [Transfer] = []
    private var openHolds: [Transfer] = []

    private let accounts: [Account] =
        AccountKind.allCases.map { account($0, "a") } + [
            account(.wallet, "b"), account(.wallet, "c"), account(.available, "b"), account(.bank, "b"),
            account(.wallet, "a", .JPY), account(.bank, "a", .JPY), account(.fx, "a", .JPY),
            account(.available, "a", .JPY),
        ]

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
    }

    mutating func saw(_ transfer: Transfer, _ result: TransferResult) {
        guard result == .applied else { return }
        applied.append(transfer)
        if transfer.kind == .hold { openHolds.append(transfer) }
    }

    mutating func next() -> Transfer {
        switch roll(100) {
        case ..<35: fresh(.single)
        case ..<58: fresh(.hold)
        case ..<80: resolution(ofOpen: true)
        case ..<88: resolution(ofOpen: false)
        default: replay()
        }
    }

    private mutating func fresh(_ kind: Transfer.Kind) -> Transfer {
        let debit = pick(accounts)
        // Mostly a fitting pair, sometimes the same account or another currency.
        let fitting = accounts.filter { $0 != debit && $0.currency == debit.currency }
        let credit = roll(20) == 0 ? pick(accounts) : pick(fitting)
        let currency = roll(50) == 0 ? Currency.USD : debit.currency
        return Transfer(
            id: newID(), debit: debit, credit: credit, amount: Money(minorUnits: amount(), currency), kind: kind)
    }

    private mutating func resolution(ofOpen open: Bool) -> Transfer {
        guard !openHolds.isEmpty else { return fresh(.hold) }
        let index = roll(openHolds.count)
        let target = open ? openHolds[index] : pick(applied)
        if open, roll(10) > 0 {
            openHolds.swapAt(index, openHolds.count - 1)
            openHolds.removeLast()
        }
        let id = roll(30) == 0 ? "unknown" : target.id
        let named = Hold(id: id, amount: roll(30) == 0 ? Money(minorUnits: amount(), .THB) : target.amount)
        let isRelease = roll(3) == 0
        var units = named.amount.minorUnits
        if !isRelease, units > 1, roll(2) == 0 { units = Int64.random(in: 1...units, using: &random) }
        if roll(20) == 0 { units = amount() }
        return Transfer(
            id: newID(), debit: roll(30) == 0 ? pick(accounts) : target.debit, credit: target.credit,
            amount: Money(minorUnits: units, target.amount.currency),
            kind: isRelease ? .release(of: named) : .post(of: named))
    }

    private mutating func replay() -> Transfer {
        guard !applied.isEmpty else { return fresh(.single) }
        let old = pick(applied)
        let money = Money(minorUnits: amount(), old.amount.currency)
        return Transfer(
            id: old.id, debit: roll(6) == 0 ? pick(accounts) : old.debit,
            credit: roll(6) == 0 ? pick(accounts) : old.credit, amount: roll(4) == 0 ? money : old.amount,
            kind: roll(6) == 0 ? pick(applied).kind : old.kind)
    }

    private mutating func amount() -> Int64 {
        switch roll(100) {
        case 0: 0
        case 1: -Int64.random(in: 1...Int64.max, using: &random)
        case 2: Int64.max - Int64.random(in: 0...10, using: &random)
        case 3...5: random.anyInt64() & Int64.max
        default: Int64.random(in: 1...1_000, using: &random)
        }
    }

    private mutating func newID() -> String {
        count += 1
        return "t\(count)"
    }

    private mutating func roll(_ sides: Int) -> Int {
        Int.random(in: 0..<sides, using: &random)
    }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[roll(elements.count)]
    }
}
