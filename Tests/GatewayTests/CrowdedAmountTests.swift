import Gateway
import Money
import Payments
import Store
import Testing

/// Amounts that so many pay that not all of it is held against each other.
@Suite struct CrowdedAmountTests {
    @Test(arguments: EngineKind.allCases)
    func `of a popular amount each line is held against what is around it`(kind: EngineKind) async throws {
        try await Bench.with(kind) { bench in
            var (deposits, credits) = ([Payment](), [BankCredit]())
            for number in 0..<6 {
                deposits.append(try await bench.deposit(until: 50))
                credits.append(bench.credit("k\(number)", at: bench.clock.now().adding(seconds: 10)))
                bench.clock.advance(seconds: 100)
            }
            let sound = try await bench.deposit(7_000)
            credits.append(bench.credit("sound", 7_000))
            let summary = try await bench.another(mostAlike: 4).importLines(credits, of: .shop, account: 1)
            #expect(summary.new == 7 && summary.matched == 7)
            let lines = try await bench.lines().sorted { $0.number < $1.number }
            for (deposit, line) in zip(deposits, lines) {
                #expect(try await bench.payment(deposit.id).line == line.id)
            }
            #expect(try await bench.state(sound) == .settled)
        }
    }

    @Test(arguments: EngineKind.allCases)
    func `what is too crowded is left, and paid when it is read with fewer around it`(
        kind: EngineKind
    ) async throws {
        try await Bench.with(kind) { bench in
            var deposits: [Payment] = []
            for number in 0..<5 { deposits.append(try await bench.deposit(payers: ["111222333\(number)"])) }
            let sound = try await bench.deposit(7_000)
            let credits =
                (0..<2).map { bench.credit("k\($0)", from: "111222333\($0)") } + [bench.credit("sound", 7_000)]
            let summary = try await bench.another(mostAlike: 4).importLines(credits, of: .shop, account: 1)
            #expect(summary.new == 3 && summary.matched == 1)
            #expect(try await bench.state(sound) == .settled)
            for deposit in deposits { #expect(try await bench.state(deposit) == .presented) }
            try await bench.gateway.importLines(credits, of: .shop, account: 1)
            #expect(try await bench.state(deposits[0]) == .settled)
            #expect(try await bench.state(deposits[1]) == .settled)
            #expect(try await bench.state(deposits[2]) == .presented)
        }
    }

    @Test func `a part of what counts decides nothing`() async throws {
        try await Bench.with { bench in
            // Two of one payer: which of them the line is for nobody knows, though one alone would have it.
            for _ in 0..<2 { _ = try await bench.deposit(payers: ["1112223334"]) }
            let credit = bench.credit("a", from: "1112223334")
            let summary = try await bench.another(mostAlike: 1).importLines([credit], of: .shop, account: 1)
            #expect(summary.new == 1 && summary.matched == 0)
        }
    }

    @Test func `a deposit around which too much is crowded says that it is not known whether a line fits it`()
        async throws
    {
        try await Bench.with { bench in
            let few = bench.another(mostAlike: 2)
            let deposit = try await bench.deposit(payers: ["1112223334"], until: nil)
            let credits = ["1112223334", "2", "3"].map { bench.credit($0, from: $0) }
            try await bench.gateway.importLines(credits, of: .shop, account: 1)
            let waiting = try await few.scanned(
                deposit.id, of: .shop, dialect: FakeDialect.id, until: bench.clock.now().adding(seconds: 300))
            #expect(waiting.payment.state == .presented)
            let shown = try await few.unmatchedLines(
                of: .shop, account: 1, since: Instant(microseconds: 0), limit: 9)
            #expect(shown.lines[0].candidates.map(\.reason) == [.ambiguous])
            let whole = try await bench.unmatched()
            #expect(whole.lines[0].candidates.map(\.reason) == [.fits])
        }
    }
}
