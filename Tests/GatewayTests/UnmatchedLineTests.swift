import Gateway
import Money
import Payments
import Rails
import Store
import Testing

/// What a person is shown of lines that nothing has used.
@Suite struct UnmatchedLineTests {
    @Test(arguments: EngineKind.allCases)
    func `each line is shown with the deposits that it could be for, and why it was left`(
        kind: EngineKind
    ) async throws {
        try await Bench.with(kind) { bench in
            let lapsed = try await bench.deposit()
            bench.clock.advance(seconds: 1_000)
            try await bench.gateway.runDue()
            let first = try await bench.deposit()
            let second = try await bench.deposit()
            let quiet = try await bench.deposit(until: nil)
            _ = try await bench.deposit(account: 2)
            try await bench.read(bench.credit("a"), bench.credit("b", 7_000))
            let shown = try await bench.unmatched()
            #expect(shown.lines.map(\.line.number) == [1, 2] && !shown.hasMore)
            let candidates = shown.lines[0].candidates.map { [$0.deposit.id.hex, $0.reason.rawValue] }
            #expect(
                candidates == [
                    [second.id.hex, "ambiguous"], [first.id.hex, "ambiguous"], [quiet.id.hex, "unannounced"],
                    [lapsed.id.hex, "lapsed"],
                ])
            #expect(shown.lines[1].candidates.isEmpty)
            // Nothing was changed by looking.
            #expect(try await bench.unmatched().lines == shown.lines)
        }
    }

    @Test func `what has been used, of another account or before the day asked for, is not shown`() async throws {
        try await Bench.with { bench in
            _ = try await bench.deposit(500)
            try await bench.read(bench.credit("a", 500), bench.credit("b", 600), bench.credit("c", 700))
            try await bench.read(bench.credit("d", 600), account: 2)
            try await bench.read(bench.credit("e", 600), of: .rival)
            _ = try await bench.gateway.redeem(2, of: .shop, dialect: FakeDialect.id)
            #expect(try await bench.unmatched().lines.map(\.line.number) == [3])
            #expect(try await bench.unmatched(account: 2).lines.map(\.line.credit.key) == ["d"])
            #expect(try await bench.unmatched(since: bench.clock.now()).lines.isEmpty)
            await expect(.fault(.notFound)) { _ = try await bench.unmatched(account: 9) }
        }
    }

    @Test func `no more lines and deposits are shown than there is room for, and that there are more is said`()
        async throws
    {
        try await Bench.with { bench in
            for _ in 0..<12 { _ = try await bench.deposit() }
            let opened = bench.clock.now()
            try await bench.read(bench.credit("a"), bench.credit("b"), bench.credit("c"))
            let shown = try await bench.unmatched(limit: 2)
            #expect(shown.lines.map(\.line.number) == [1, 2] && shown.hasMore)
            #expect(shown.lines.allSatisfy { $0.candidates.count == Gateway.mostCandidates && $0.hasMoreCandidates })
            #expect(shown.at > opened)
        }
    }

    @Test func `what one that has lapsed fitted too is not said to be the other's`() async throws {
        try await Bench.with { bench in
            let first = try await bench.deposit(until: 100, lasts: 100)
            bench.clock.advance(seconds: 50)
            let second = try await bench.deposit()
            try await bench.read(bench.credit("a"))
            bench.clock.advance(seconds: 60)
            try await bench.gateway.runDue()
            let candidates = try await bench.unmatched().lines[0].candidates
            #expect(candidates.map(\.deposit.id) == [second.id, first.id])
            #expect(candidates.map(\.reason) == [.ambiguous, .lapsed])
        }
    }

    @Test func `one of more deposits than are shown is not said to be alone`() async throws {
        try await Bench.with { bench in
            let older = try await bench.deposit()
            let newer = try await bench.deposit()
            try await bench.read(bench.credit("a"))
            bench.clock.advance(seconds: 500)
            for _ in 0..<63 { _ = try await bench.deposit() }
            let shown = try await bench.unmatched().lines[0]
            #expect(!shown.candidates.contains { $0.reason == .fits } && shown.hasMoreCandidates)
            #expect(shown.candidates.first?.deposit.id == newer.id && shown.candidates.first?.reason == .ambiguous)
            #expect(try await bench.state(older) == .presented)
        }
    }

    @Test func `the one that fits is shown, however many younger ones there are`() async throws {
        try await Bench.with { bench in
            let older = try await bench.deposit(payers: ["1112223334"])
            _ = try await bench.deposit(payers: ["5556667778"])
            // Left, since it was read where two were a crowd.
            let credit = bench.credit("a", from: "1112223334")
            try await bench.another(mostAlike: 1).importLines([credit], of: .shop, account: 1)
            bench.clock.advance(seconds: 500)
            for _ in 0..<70 { _ = try await bench.deposit() }
            let shown = try await bench.unmatched().lines[0]
            #expect(shown.candidates.first?.deposit.id == older.id && shown.candidates.first?.reason == .fits)
            #expect(shown.hasMoreCandidates)
        }
    }

    @Test func `a deposit that lapsed long before the line came is not meant`() async throws {
        try await Bench.with { bench in
            _ = try await bench.deposit()
            bench.clock.advance(seconds: Gateway.lapsedReach + 1)
            try await bench.gateway.runDue()
            let late = try await bench.deposit()
            bench.clock.advance(seconds: 1_000)
            try await bench.gateway.runDue()
            try await bench.read(bench.credit("a"))
            #expect(try await bench.unmatched().lines.first?.candidates.map(\.deposit.id) == [late.id])
        }
    }
}

extension Bench {
    func unmatched(
        account: Int64 = 1, since: Instant = Instant(microseconds: 0), limit: Int = 100
    ) async throws -> UnmatchedLines {
        try await gateway.unmatchedLines(of: .shop, account: account, since: since, limit: limit)
    }
}
