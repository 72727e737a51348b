import Gateway
import Ledger
import Money
import Payments
import Rails
import Store
import TestSupport
import Testing

/// Many at once, on each engine: one line pays one deposit, one redemption wins.
@Suite struct DepositRaceTests {
    @Test(arguments: EngineKind.allCases)
    func `of a thousand redemptions of one line one wins`(engine: EngineKind) async throws {
        try await Bench.with(engine) { bench in
            try await bench.read(bench.credit("a"))
            let processes = (0..<4).map { _ in bench.another() }
            let endings = try await together(1_000) { index in
                await Ending.of { _ = try await processes[index % 4].redeem(1, of: .shop, dialect: FakeDialect.id) }
            }
            #expect(endings.count(of: .done) == 1)
            #expect(endings.count(of: .fault(.lineUsed)) == 999)
            #expect(try await bench.available() == Balance(posted: 99_500, held: 0))
        }
    }

    @Test(arguments: EngineKind.allCases)
    func `a line that many read at once is read once and pays once`(engine: EngineKind) async throws {
        try await Bench.with(engine) { bench in
            let deposit = try await bench.deposit()
            let credits = (0..<20).map { bench.credit("k\($0)", $0 == 7 ? 100_000 : 5_000 + Int64($0)) }
            let processes = (0..<4).map { _ in bench.another() }
            let summaries = try await together(16) { index in
                try await processes[index % 4].importLines(
                    index % 2 == 0 ? credits : credits.reversed(), of: .shop, account: 1)
            }
            let sum = summaries.reduce(ImportSummary(), +)
            #expect(sum.new == 20 && sum.matched == 1)
            #expect(try await bench.lines().count == 20)
            #expect(try await bench.state(deposit) == .settled)
            #expect(try await bench.available() == Balance(posted: 99_500, held: 0))
        }
    }

    @Test(arguments: EngineKind.allCases)
    func `a line is either matched or redeemed, and a deposit paid or cancelled`(engine: EngineKind) async throws {
        try await Bench.with(engine) { bench in
            for round in 0..<10 {
                let deposit = try await bench.deposit(until: nil, lasts: 10)
                try await bench.read(bench.credit("r\(round)"))
                bench.clock.advance(seconds: 11)
                let number = Int64(round + 1)
                let until = bench.clock.now().adding(seconds: 60)
                _ = try await together(9) { index in
                    await Ending.of {
                        switch index % 3 {
                        case 0: _ = try await bench.gateway.redeem(number, of: .shop, dialect: FakeDialect.id)
                        case 1:
                            _ = try await bench.gateway.scanned(
                                deposit.id, of: .shop, dialect: FakeDialect.id, until: until)
                        default: try await bench.gateway.runDue()
                        }
                    }
                }
                let line = try await bench.gateway.line(number, of: .shop)
                let paid = try await bench.payment(deposit.id)
                #expect((paid.state == .settled) == (line.use == .matched(deposit.id)))
                #expect(line.use != .unmatched || paid.state == .cancelled)
                try await bench.lapse(after: 60)
                if line.use == .unmatched {
                    _ = try await bench.gateway.redeem(number, of: .shop, dialect: FakeDialect.id)
                }
            }
            #expect(try await bench.available() == Balance(posted: 995_000, held: 0))
        }
    }

    @Test(arguments: EngineKind.allCases)
    func `exclusive deposits that are opened at once take different amounts`(engine: EngineKind) async throws {
        try await Bench.with(engine) { bench in
            let endings = try await together(12) { _ in
                await Ending.of { _ = try await bench.deposit(exclusive: true) }
            }
            #expect(endings.count(of: .done) == 3)
            let amounts = try await bench.payments().map(\.amount.minorUnits)
            #expect(Set(amounts) == [100_000, 100_001, 100_002])
        }
    }

    @Test(arguments: EngineKind.allCases)
    func `no number is handed out twice`(engine: EngineKind) async throws {
        try await Bench.with(engine) { bench in
            let processes = (0..<4).map { _ in bench.another() }
            let numbers = try await together(400) { index in
                try await processes[index % 4].number(
                    Alias.Kind(rawValue: "deposit"), dialect: FakeDialect.id, merchant: .shop)
            }
            #expect(Set(numbers).count == 400 && numbers.min() ?? 0 > 0)
        }
    }

    @Test(arguments: EngineKind.allCases)
    func `of a hundred uses of a one-time value one counts`(engine: EngineKind) async throws {
        try await Bench.with(engine) { bench in
            let nonce = Nonce("1", dialect: FakeDialect.id, merchant: .shop, expires: .start)
            let endings = try await together(100) { _ in await Ending.of { try await bench.gateway.spend(nonce) } }
            #expect(endings.count(of: .done) == 1 && endings.count(of: .fault(.nonceUsed)) == 99)
        }
    }
}
