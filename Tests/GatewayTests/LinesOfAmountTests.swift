import Gateway
import Money
import Payments
import Store
import Testing

/// Looking for the lines of an amount takes no longer than it may, however many there are.
@Suite struct LinesOfAmountTests {
    /// Lines of one amount, a second apart, the newest with the greatest number; every third is Somchai's.
    private func fill(_ bench: Bench, _ count: Int) async throws {
        let credits = (1...count).map { number in
            bench.credit(
                "k\(number)", at: Instant.start.adding(seconds: Int64(number - count)),
                from: number % 3 == 0 ? "1112223334" : "9998887776")
        }
        try await bench.gateway.importLines(credits, of: .shop, account: 1)
    }

    private func found(_ bench: Bench, limit: Int, among most: Int) async throws -> [Int64] {
        try await bench.gateway.lines(
            of: .shop, amount: baht(100_000), since: Instant(microseconds: 0), limit: limit, among: most,
            where: { $0.credit.payerAccount == "1112223334" }
        ).map(\.number)
    }

    @Test(arguments: EngineKind.allCases)
    func `no more than the newest lines are looked at, whether they are wanted or not`(
        kind: EngineKind
    ) async throws {
        try await Bench.with(kind) { bench in
            try await fill(bench, 12)
            #expect(try await found(bench, limit: 9, among: 100) == [12, 9, 6, 3])
            #expect(try await found(bench, limit: 2, among: 100) == [12, 9])
            #expect(try await found(bench, limit: 9, among: 6) == [12, 9])
            #expect(try await found(bench, limit: 9, among: 7) == [12, 9, 6])
        }
    }

    @Test func `nothing more is read once there is enough`() async throws {
        try await Bench.with { bench in
            try await fill(bench, 1_600)
            let before = bench.engine.counts.reads
            #expect(try await found(bench, limit: 3, among: 10_000) == [1_599, 1_596, 1_593])
            // One page of the account that has lines, and one of the other.
            #expect(bench.engine.counts.reads == before + 2)
            #expect(try await found(bench, limit: 1_000, among: 10_000).count == 533)
            #expect(bench.engine.counts.reads == before + 2 + 5)
        }
    }
}
