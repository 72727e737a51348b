import Ledger
import Money
import Payments
import Store
import Testing

/// Statement lines, deposits and payouts as rows, on each engine.
@Suite struct BankingRowTests {
    static let uses: [StatementLine.Use] = [
        .unmatched, .matched(id(9)),
        .redeemed(
            Settlement(
                gross: baht(100_000), fee: baht(500), vat: baht(35), net: baht(99_465), rate: .one, at: .after(7))),
    ]

    @Test(arguments: TestEngine.all, uses)
    func `a line reads back as it went in, whatever it was used for`(
        engine: TestEngine, use: StatementLine.Use
    ) async throws {
        try await withStore(engine) { store in
            let credit = BankCredit(
                key: "2026-01-31/7", amount: baht(100_000), creditedAt: .after(-60), payerBank: "014",
                payerAccount: "X434783", payerName: "สมชาย ใจดี", description: "โอนเงิน", reference: "REF-1")
            let full = StatementLine(
                id: id(1), version: 1, merchant: .shop, account: 2, number: 1, credit: credit, use: use,
                imported: .after(3))
            let plain = line(2, use: use)
            try await store.commit(.insertLine(full), .insertLine(plain))
            try await store.expect(full) { try $0.line(id(1)) }
            try await store.expect(plain) { try $0.line(2, of: .shop) }
            try await store.expect(nil) { try $0.line(2, of: .stall) }
            let all = try await store.read { reader in
                var all: [StatementLine] = []
                try reader.forEachLine { all.append($0) }
                return all
            }
            #expect(all == [full, plain])
        }
    }

    @Test(arguments: TestEngine.all)
    func `an account has one line of a key, and a merchant one of a number`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.commit(.insertLine(line(1, key: "a")))
            #expect(try await store.conflict(.insertLine(line(2, key: "a"))) == .duplicate("line a"))
            #expect(try await store.conflict(.insertLine(line(1, key: "b"))) != nil)
            #expect(try await store.conflict(.insertLine(line(3, key: "a", account: 2))) == nil)
            #expect(try await store.conflict(.insertLine(line(4, key: "a", of: .stall))) == nil)
            try await store.expect(["a"]) { try $0.knownLines(["a", "b"], of: .shop, account: 1) }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a line is used once`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.commit(.insertLine(line(1)))
            let (matched, redeemed) = (line(1, version: 2, use: Self.uses[1]), line(1, version: 2, use: Self.uses[2]))
            #expect(try await store.conflict(.updateLine(matched)) == nil)
            #expect(try await store.conflict(.updateLine(redeemed)) == .stale("line \(redeemed.id)"))
            try await store.expect(matched) { try $0.line(id(1)) }
        }
    }

    @Test(arguments: TestEngine.all)
    func `lines are found by amount, time and use`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            let used = line(3, satang: 5, at: 1, use: Self.uses[1])
            let lines = [line(1, satang: 5, at: 2), line(2, satang: 5, at: 1), line(4, satang: 6, at: 1), used]
            let elsewhere = line(5, account: 2, satang: 5, at: 1)
            try await store.commit((lines + [elsewhere]).map { .insertLine($0) })
            func unmatched(_ amounts: [Int64], _ from: Int64, _ to: Int64) async throws -> [Int64] {
                try await store.read { reader in
                    try reader.unmatchedLines(
                        of: .shop, account: 1, amounts: amounts.map(baht), from: .after(from), to: .after(to),
                        limit: 9
                    ).values.map(\.number)
                }
            }
            #expect(try await unmatched([5], 0, 9) == [2, 1])
            #expect(try await unmatched([5], 2, 2) == [1])
            #expect(try await unmatched([5, 6, 7], 0, 1).sorted() == [2, 4])
            // More amounts than one query asks for.
            #expect(try await unmatched(Array(1...100), 0, 9).sorted() == [1, 2, 4])
            #expect(try await unmatched([], 0, 9).isEmpty)
            try await store.expect([2]) {
                try $0.unmatchedLines(["k2", "k3", "k9"], of: .shop, account: 1).map(\.number)
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `deposits are found while they wait for such money`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            let waiting = deposit(1)
            let others = [
                deposit(2, until: nil), deposit(3, satang: 7), deposit(4, account: 2), deposit(5, state: .cancelled),
                deposit(6, until: 100),
            ]
            try await store.commit(([waiting] + others).map { .insert($0) })
            let found = try await store.read { reader in
                try reader.waitingDeposits(
                    of: .shop, account: 1, amounts: [baht(100_000)], from: .after(101), to: .after(200), limit: 9)
            }
            // Nobody knows yet until when the second may be paid.
            #expect(found.values == [waiting, others[0]] && found.crowded.isEmpty)
            try await store.expect([100_000, 7]) { try $0.waitingAmounts(of: .shop, account: 1, in: 0...200_000) }
            try await store.expect([7]) { try $0.waitingAmounts(of: .shop, account: 1, in: 0...99_999) }
        }
    }

    @Test(arguments: TestEngine.all)
    func `of exclusive deposits of one amount one waits`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.commit(.insert(deposit(1, exclusive: true)))
            let second = deposit(2, exclusive: true)
            #expect(try await store.conflict(.insert(second)) == .stale("payment \(second.id)"))
            #expect(try await store.conflict(.insert(deposit(3))) == nil)
            #expect(try await store.conflict(.insert(deposit(4, exclusive: true, account: 2))) == nil)
            #expect(try await store.conflict(.insert(deposit(5, satang: 1, exclusive: true))) == nil)
        }
    }

    @Test(arguments: TestEngine.all, PayoutState.allCases)
    func `a payout reads back in every state, and moves from the version before`(
        engine: TestEngine, state: PayoutState
    ) async throws {
        try await withStore(engine) { store in
            try await store.commit(.insertPayout(payout(1)), .insertPayout(payout(2)))
            let failure = state == .failed ? "account closed" : nil
            let next = payout(1, version: 2, state: state, failure: failure, ended: state.isOver ? .after(9) : nil)
            try await store.commit(.updatePayout(next))
            try await store.expect(next) { try $0.payout(id(1)) }
            try await store.expect(payout(2)) { try $0.payout(id(2)) }
            #expect(try await store.conflict(.updatePayout(next)) == .stale("payout \(next.id)"))
            #expect(try await store.conflict(.insertPayout(payout(1))) == .stale("payout \(next.id)"))
            #expect(try await store.conflict(.updatePayout(payout(3, version: 2))) != nil)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a payout is found by any of its names, and by no other merchant's`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.commit(
                .name(alias("17", kind: "transfer"), .payout(id(1))), .name(alias("W-1"), .payout(id(1))),
                .name(alias("18"), .payment(id(2))), .name(alias("17", kind: "transfer", .stall), .payout(id(3))))
            try await store.expect(id(1)) { try $0.payout(named: "17", of: .shop) }
            try await store.expect(id(1)) { try $0.payout(named: "W-1", of: .shop) }
            try await store.expect(id(3)) { try $0.payout(named: "17", of: .stall) }
            try await store.expect(nil) { try $0.payout(named: "18", of: .shop) }
            try await store.expect(nil) { try $0.payout(named: "W-1", of: .stall) }
        }
    }
}
