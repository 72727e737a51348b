import Ledger
import Money
import Payments
import Store
import TestSupport
import Testing

@Suite struct LedgerAgreementTests {
    @Test(arguments: TestEngine.all)
    func `three thousand random transfers are taken and refused as the ledger says, to the satang`(
        engine: TestEngine
    ) async throws {
        try await withStore(engine) { store in
            var random = RandomTransfers(seed: 20_260_131)
            var books = Books()
            var counts: [TransferResult: Int] = [:]
            for step in 0..<3_000 {
                let transfer = random.next()
                let expected = books.apply(transfer)
                counts[expected, default: 0] += 1
                let conflict = try await store.conflict(.transfer(transfer), at: .after(Int64(step)))
                random.saw(transfer, expected)
                guard (conflict == nil) == (expected == .applied) else {
                    Issue.record("step \(step): \(transfer) is \(expected), yet the store says \(conflict as Any)")
                    return
                }
                if step.isMultiple(of: 500) { try await expectSame(books, store) }
            }
            try await expectSame(books, store)
            #expect(counts[.applied, default: 0] > 1_000)
            for result in [
                TransferResult.insufficientFunds, .exists, .existsWithDifferentAmount, .holdNotFound, .holdIsNotPending,
                .holdHasDifferentAccounts, .holdHasDifferentAmount, .holdAlreadyPosted, .holdAlreadyReleased,
            ] {
                #expect(counts[result, default: 0] > 0, "\(result) never came up")
            }
        }
    }

    private func expectSame(_ books: Books, _ store: Store) async throws {
        let floored = books.accounts.filter(\.kind.isKept)
        for account in floored {
            #expect(try await store.balance(of: account) == books.balance(of: account), "\(account.key)")
        }
        let kept = try await store.read { try $0.balances().map(\.account) }
        #expect(Set(kept).isSubset(of: Set(floored.map(\.key))))
    }
}

/// Makes well-formed transfers that mostly could apply and often just cannot.
private struct RandomTransfers {
    private var random: SplitMix64
    private var count = 0
    private var applied: [Transfer] = []
    private var openHolds: [Transfer] = []

    private let accounts =
        [AccountKind.available, .wallet, .float, .unsettled, .clearing, .fees, .receivable].map { account($0) } + [
            account(.wallet, "b"), account(.available, "b"), account(.bank, "b"),
            account(.wallet, "a", .JPY), account(.bank, "a", .JPY), account(.available, "a", .JPY),
        ]

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    mutating func saw(_ transfer: Transfer, _ result: TransferResult) {
        guard result == .applied else { return }
        applied.append(transfer)
        if transfer.kind == .hold { openHolds.append(transfer) }
        if let ended = transfer.kind.resolves { openHolds.removeAll { $0.id == ended.id } }
    }

    mutating func next() -> Transfer {
        switch roll(100) {
        case ..<40: fresh(.single)
        case ..<62: fresh(.hold)
        case ..<84: resolution(of: openHolds.isEmpty ? nil : pick(openHolds))
        case ..<92: resolution(of: applied.isEmpty ? nil : pick(applied))
        default: replay()
        }
    }

    private mutating func fresh(_ kind: Transfer.Kind) -> Transfer {
        let debit = pick(accounts)
        let credit = pick(accounts.filter { $0 != debit && $0.currency == debit.currency })
        return Transfer(id: newID(), debit: debit, credit: credit, amount: money(debit.currency), kind: kind)
    }

    /// A post or release that names the target rightly, or in one thing wrongly.
    private mutating func resolution(of target: Transfer?) -> Transfer {
        guard let target else { return fresh(.hold) }
        let id = roll(20) == 0 ? "unknown" : target.id
        let whole = roll(20) == 0 ? money(target.amount.currency) : target.amount
        let others = accounts.filter { $0.currency == target.debit.currency && $0 != target.debit }
        let credit = roll(20) == 0 ? pick(others) : target.credit
        let named = Hold(id: id, amount: whole)
        if roll(3) == 0 {
            return Transfer(
                id: newID(), debit: target.debit, credit: credit, amount: whole, kind: .release(of: named))
        }
        let part = roll(2) == 0 ? whole.minorUnits : Int64.random(in: 1...whole.minorUnits, using: &random)
        return Transfer(
            id: newID(), debit: target.debit, credit: credit,
            amount: Money(minorUnits: part, target.amount.currency), kind: .post(of: named))
    }

    /// An earlier transfer once more, at times under its id but of another amount.
    private mutating func replay() -> Transfer {
        guard !applied.isEmpty else { return fresh(.single) }
        let old = pick(applied)
        guard old.kind.resolves == nil, roll(2) == 0 else { return old }
        return Transfer(
            id: old.id, debit: old.debit, credit: old.credit, amount: money(old.amount.currency), kind: old.kind)
    }

    private mutating func money(_ currency: Currency) -> Money {
        Money(minorUnits: Int64.random(in: 1...1_000, using: &random), currency)
    }

    private mutating func newID() -> String {
        count += 1
        return "t\(count)"
    }

    private mutating func roll(_ sides: Int) -> Int { Int.random(in: 0..<sides, using: &random) }

    private mutating func pick<Element>(_ elements: [Element]) -> Element { elements[roll(elements.count)] }
}
