import Money
import Payments
import Store
import Testing

/// Of an amount of which there is more than was asked for nothing is handed over, and all of the others.
@Suite struct AlikeTests {
    private static let amounts: [Int64] = Array(1...70)

    @Test(arguments: TestEngine.all, [0, 1, 2, 3, 100])
    func `lines are handed over but for crowded amounts, which are named`(engine: TestEngine, limit: Int) async throws {
        try await withStore(engine) { store in
            // Three of the amount 40, two of 41, one of 69.
            let lines = ([40, 40, 40, 41, 41, 69] as [Int64]).enumerated().map { index, satang in
                line(UInt64(index + 1), satang: satang, at: Int64(index))
            }
            try await store.commit(lines.map { .insertLine($0) })
            let found = try await store.read { reader in
                try reader.unmatchedLines(
                    of: .shop, account: 1, amounts: Self.amounts.map(baht), from: .start, to: .after(9), limit: limit)
            }
            let counts: [Int64: Int] = [40: 3, 41: 2, 69: 1]
            let crowded = Set(counts.filter { $0.value > limit }.keys)
            #expect(found.crowded == crowded)
            #expect(found.values == lines.filter { !crowded.contains($0.credit.amount.minorUnits) })
        }
    }

    @Test(arguments: TestEngine.all, [0, 1, 2, 100])
    func `deposits are handed over but for crowded amounts, which are named`(
        engine: TestEngine, limit: Int
    ) async throws {
        try await withStore(engine) { store in
            let deposits = [
                deposit(1, satang: 40), deposit(2, satang: 40), deposit(3, satang: 41),
                deposit(4, satang: 69, until: nil),
            ]
            try await store.commit(deposits.map { .insert($0) })
            let found = try await store.read { reader in
                try reader.waitingDeposits(
                    of: .shop, account: 1, amounts: Self.amounts.map(baht), from: .start, to: .after(9), limit: limit)
            }
            let crowded: Set<Int64> = limit == 0 ? [40, 41, 69] : limit == 1 ? [40] : []
            #expect(found.crowded == crowded)
            #expect(found.values == deposits.filter { !crowded.contains($0.amount.minorUnits) })
        }
    }

    @Test(arguments: TestEngine.all)
    func `a deposit whose payer has not spoken matters where it names payers`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            func open(_ number: UInt64, _ payers: [String]) -> Payment {
                Payment(
                    id: id(number), version: 1, merchant: .shop, dialect: .fake, acceptor: "1", amount: baht(5),
                    state: .presented,
                    method: .push(Invitation(id: id(number), scheme: .promptPay, form: .qr, expires: .after(900))),
                    created: .start, expectation: Expectation(payers: payers, from: .start, until: nil), echo: [])
            }
            try await store.commit(.insert(open(1, [])), .insert(open(2, ["1112223334"])))
            let found = try await store.read { reader in
                try reader.waitingDeposits(
                    of: .shop, account: 1, amounts: [baht(5)], from: .start, to: .after(9), limit: 9)
            }
            #expect(found.values.map(\.id) == [id(2)])
        }
    }
}
