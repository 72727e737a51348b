import Gateway
import Ledger
import Payments
import Store
import TestSupport
import Testing

/// Statements of several batches: one is decided on while the one before is being stored, and all are matched at the end.
@Suite struct StatementOverlapTests {
    /// So many lines that fit no deposit, but for those given by their places.
    private func credits(_ count: Int, _ bench: Bench, _ others: [Int: BankCredit] = [:]) -> [BankCredit] {
        let now = bench.clock.now()
        return (0..<count).map { others[$0] ?? bench.credit("k\($0)", 1_000_000 + Int64($0), at: now) }
    }

    /// Reads two batches. The first is held before it is stored, until the second is decided on and `meanwhile` is done.
    private func readOverlapping(
        _ credits: [BankCredit], _ bench: Bench, meanwhile: () async throws -> Void = {}
    ) async throws -> (summary: ImportSummary, commits: Int) {
        let before = bench.engine.counts
        // The first commit takes the lines' numbers.
        let door = bench.engine.holdCommit(after: 1)
        let reading = Task { try await bench.gateway.importLines(credits, of: .shop, account: 1) }
        await door.visited()
        // The first batch asks for its keys and a number, the second for its keys.
        await bench.engine.answered(reads: before.reads + 3)
        try await meanwhile()
        door.open()
        return (try await reading.value, bench.engine.counts.commits - before.commits)
    }

    private func storedKeys(_ bench: Bench) async throws -> [String] {
        try await bench.lines().sorted { $0.number < $1.number }.map(\.credit.key)
    }

    private func use(of key: String, _ bench: Bench) async throws -> StatementLine.Use? {
        try await bench.lines().first { $0.credit.key == key }?.use
    }

    @Test(.timeLimit(.minutes(20)), arguments: EngineKind.allCases)
    func `a batch counts on what the one before stores, and both are stored as they were decided`(
        engine: EngineKind
    ) async throws {
        try await Bench.with(engine) { bench in
            let deposit = try await bench.deposit()
            let (first, other) = (bench.credit("a"), bench.credit("b", 100_001))
            let credits = credits(1_500, bench, [3: first, 1_200: first, 1_300: other])
            let (summary, commits) = try await readOverlapping(credits, bench)
            #expect(summary.new == 1_499 && summary.known == 1 && summary.matched == 1)
            #expect(commits == 4, "numbers, two batches and what they pay: nothing is decided again")
            #expect(try await bench.state(deposit) == .settled)
            let uses = (try await use(of: "a", bench), try await use(of: "b", bench))
            #expect(uses.0 == .matched(deposit.id) && uses.1 == .unmatched)
            var expected = credits.keys
            expected.remove(at: 1_200)
            #expect(try await storedKeys(bench) == expected)
        }
    }

    @Test(.timeLimit(.minutes(20)), arguments: EngineKind.allCases, [1, 1_200])
    func `of two lines that fit one deposit neither is taken, however far apart they lie`(
        engine: EngineKind, apart: Int
    ) async throws {
        try await Bench.with(engine) { bench in
            let deposit = try await bench.deposit()
            let credits = credits(1_500, bench, [3: bench.credit("a"), 3 + apart: bench.credit("b")])
            let summary = try await bench.gateway.importLines(credits, of: .shop, account: 1)
            #expect(summary.new == 1_500 && summary.matched == 0)
            #expect(try await bench.state(deposit) == .presented)
        }
    }

    @Test(.timeLimit(.minutes(20)), arguments: EngineKind.allCases, [1, 1_200])
    func `the line that shows the payer pays, also where it comes long after one that only fits`(
        engine: EngineKind, apart: Int
    ) async throws {
        try await Bench.with(engine) { bench in
            let deposit = try await bench.deposit(payers: ["1112223334"])
            let credits = credits(
                1_500, bench, [3: bench.credit("a"), 3 + apart: bench.credit("b", from: "1112223334")])
            let summary = try await bench.gateway.importLines(credits, of: .shop, account: 1)
            #expect(summary.new == 1_500 && summary.matched == 1)
            let uses = (try await use(of: "a", bench), try await use(of: "b", bench))
            #expect(uses.0 == .unmatched && uses.1 == .matched(deposit.id))
        }
    }

    @Test(.timeLimit(.minutes(20)), arguments: EngineKind.allCases)
    func `where its end was not reached it pays nothing, and reading it again pays`(engine: EngineKind) async throws {
        try await Bench.with(engine) { bench in
            let deposit = try await bench.deposit()
            let credits = credits(1_500, bench, [3: bench.credit("a")])
            var intake = try bench.gateway.statement(of: .shop, account: 1)
            try await intake.keep(Array(credits.prefix(1_100)))
            #expect(try await bench.state(deposit) == .presented)
            let summary = try await bench.gateway.importLines(credits, of: .shop, account: 1)
            #expect(summary.new == 400 && summary.known == 1_100 && summary.matched == 1)
            #expect(try await bench.state(deposit) == .settled)
        }
    }

    @Test(.timeLimit(.minutes(20)), arguments: EngineKind.allCases)
    func `a line that somebody else has read meanwhile is known`(engine: EngineKind) async throws {
        try await Bench.with(engine) { bench in
            let deposit = try await bench.deposit()
            let credits = credits(1_100, bench, [3: bench.credit("a")])
            let (summary, _) = try await readOverlapping(credits, bench) {
                for index in [7, 1_050] {
                    _ = try await bench.another().importLines([credits[index]], of: .shop, account: 1)
                }
            }
            #expect(summary.new == 1_098 && summary.known == 2 && summary.matched == 1)
            #expect(try await bench.state(deposit) == .settled)
            let keys = try await storedKeys(bench)
            #expect(Set(keys) == Set(credits.keys))
            #expect(try await bench.lines().count == 1_100)
        }
    }

    @Test(.timeLimit(.minutes(20)), arguments: EngineKind.allCases, [0, 1, 2])
    func `a failure leaves the batches before it, and reading again goes on there`(
        engine: EngineKind, batches: Int
    ) async throws {
        try await Bench.with(engine) { bench in
            let deposit = try await bench.deposit()
            let credits = credits(2_500, bench, [2_400: bench.credit("a")])
            bench.engine.refuse(1, after: 1 + batches)
            let stored = batches * Gateway.importBatch
            var intake = try bench.gateway.statement(of: .shop, account: 1)
            do {
                try await intake.keep(credits)
                Issue.record("a commit was refused")
            } catch {
                #expect(error as? GatewayFault == .unavailable)
            }
            #expect(intake.summary.new == stored && intake.summary.known == 0)
            #expect(try await storedKeys(bench) == Array(credits.keys.prefix(stored)))
            let summary = try await bench.gateway.importLines(credits, of: .shop, account: 1)
            #expect(summary.new == 2_500 - stored && summary.known == stored && summary.matched == 1)
            #expect(try await storedKeys(bench) == credits.keys)
            #expect(try await bench.state(deposit) == .settled)
        }
    }

    @Test(.timeLimit(.minutes(20)), arguments: EngineKind.allCases)
    func `what cannot be kept stops its batch, and the caller knows how far it came`(
        engine: EngineKind
    ) async throws {
        try await Bench.with(engine) { bench in
            let bad = BankCredit(
                key: "bad", amount: baht(5), creditedAt: bench.clock.now(), payerBank: nil, payerAccount: nil,
                payerName: nil, description: "\0", reference: nil)
            let credits = credits(2_500, bench, [1_500: bad])
            var intake = try bench.gateway.statement(of: .shop, account: 1)
            do {
                try await intake.keep(credits)
                Issue.record("a line cannot be kept")
            } catch {
                #expect(error is StoreError)
            }
            #expect(intake.summary.new == Gateway.importBatch && intake.summary.known == 0)
            let lines = try await bench.lines()
            #expect(lines.count == Gateway.importBatch)
        }
    }

    /// On PostgreSQL `DepositRaceTests` tries it with short ones: long ones may be refused there for taking too long.
    @Test(.timeLimit(.minutes(20)))
    func `a long statement that two read at once is read once and pays once`() async throws {
        try await Bench.with { bench in
            for number in 0..<40 as Range<Int64> { _ = try await bench.deposit(1_000_000 + number * 50) }
            let credits = credits(2_100, bench)
            let processes = [bench.gateway, bench.another()]
            let summaries = try await together(2) { index in
                try await processes[index].importLines(
                    index == 0 ? credits : credits.reversed(), of: .shop, account: 1)
            }
            let sum = summaries.reduce(ImportSummary(), +)
            #expect(sum.new == 2_100 && sum.known == 2_100 && sum.matched == 40)
            let keys = try await storedKeys(bench)
            #expect(Set(keys) == Set(credits.keys))
        }
    }
}

extension [BankCredit] {
    fileprivate var keys: [String] { map(\.key) }
}
