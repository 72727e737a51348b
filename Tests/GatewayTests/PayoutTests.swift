import Gateway
import Ledger
import Money
import Payments
import Rails
import Store
import TestSupport
import Testing

@Suite struct PayoutTests {
    @Test func `a payout holds its money, is sent, and leaves`() async throws {
        try await Bench.with { bench in
            try await bench.fund(200_000)
            let payout = try await bench.gateway.createPayout(bench.payoutCommand())
            #expect(payout.state == .pending && payout.fee == baht(1_500) && payout.vat == baht(0))
            #expect(try await bench.available() == Balance(posted: 200_000, held: 101_500))
            try await bench.gateway.runDue()
            #expect(try await bench.payout(payout.id).state == .queued)
            bench.clock.advance(seconds: 2)
            try await bench.gateway.runDue()
            let done = try await bench.payout(payout.id)
            #expect(done.state == .succeeded && done.ended != nil)
            #expect(
                try await bench.books() == [
                    "available:shop:THB": [98_500, 0], "bank:shop-1:THB": [-200_000, 0],
                    "clearing:payout:THB": [100_000, 0], "fees:house:THB": [1_500, 0],
                ])
            #expect(
                try await bench.told(of: .payout(payout.id)) == [
                    "payoutCreated -", "payoutQueued -", "payoutSucceeded -",
                ])
            try await bench.expectPayoutsAgree("one")
        }
    }

    @Test func `a fee that is taken from the amount leaves less to send`() async throws {
        try await Bench.with { bench in
            try await bench.fund(200_000)
            let payout = try await bench.gateway.createPayout(bench.payoutCommand(isFeeIncluded: true))
            #expect(payout.transfer == baht(98_500) && payout.fee == baht(1_500))
            #expect(try await bench.available() == Balance(posted: 200_000, held: 100_000))
        }
    }

    @Test func `what the bank refuses is given back`() async throws {
        try await Bench.with { bench in
            try await bench.fund(200_000)
            try await bench.faults.order(.init(rail: .bank, kind: .decline, code: "account closed"))
            let payout = try await bench.gateway.createPayout(bench.payoutCommand())
            try await bench.gateway.runDue()
            let failed = try await bench.payout(payout.id)
            #expect(failed.state == .failed && failed.failure == "account closed")
            #expect(try await bench.available() == Balance(posted: 200_000, held: 0))
            try await bench.expectPayoutsAgree("declined")
        }
    }

    @Test func `the fee must be there too`() async throws {
        try await Bench.with { bench in
            try await bench.fund(101_499)
            await expect(.fault(.insufficientBalance)) {
                _ = try await bench.gateway.createPayout(bench.payoutCommand())
            }
            #expect(try await bench.payouts().isEmpty)
            #expect(try await bench.available() == Balance(posted: 101_499, held: 0))
            try await bench.fund(1)
            _ = try await bench.gateway.createPayout(bench.payoutCommand())
        }
    }

    @Test(arguments: [0, -1] as [Int64])
    func `nothing, or less, is not paid out`(satang: Int64) async throws {
        try await Bench.with { bench in
            try await bench.fund(200_000)
            await expect(.fault(.refused(.amountNotPositive))) {
                _ = try await bench.gateway.createPayout(bench.payoutCommand(satang))
            }
        }
    }

    @Test func `another merchant's payout is nobody's`() async throws {
        try await Bench.with { bench in
            try await bench.fund(200_000)
            let name = bench.newReference()
            let payout = try await bench.gateway.createPayout(bench.payoutCommand(names: [name]))
            #expect(try await bench.gateway.payout(name).id == payout.id)
            await expect(.fault(.notFound)) {
                _ = try await bench.gateway.payout(payout.id, of: .rival, dialect: FakeDialect.id)
            }
            await expect(.fault(.notFound)) {
                _ = try await bench.gateway.payout(
                    payout.id, of: .shop, dialect: DialectID(rawValue: "other"))
            }
            await expect(.fault(.notFound)) {
                _ = try await bench.gateway.payout(bench.reference(name.value, of: .rival))
            }
        }
    }

    @Test(arguments: EngineKind.allCases)
    func `of fifty that ask for all of it at once one is paid`(engine: EngineKind) async throws {
        try await Bench.with(engine) { bench in
            try await bench.fund(101_500)
            let endings = try await together(50) { _ in
                await Ending.of { _ = try await bench.gateway.createPayout(bench.payoutCommand()) }
            }
            #expect(endings.count(of: .done) == 1)
            #expect(endings.count(of: .fault(.insufficientBalance)) == 49)
            #expect(try await bench.available() == Balance(posted: 101_500, held: 101_500))
        }
    }

    @Test(arguments: EngineKind.allCases)
    func `of fifty submissions under one name one is a payout`(engine: EngineKind) async throws {
        try await Bench.with(engine) { bench in
            try await bench.fund(50_000_000)
            let name = bench.newReference()
            let endings = try await together(50) { _ in
                await Ending.of { _ = try await bench.gateway.createPayout(bench.payoutCommand(names: [name])) }
            }
            #expect(endings.count(of: .done) == 1)
            #expect(endings.count(of: .fault(.referenceTaken)) == 49)
            #expect(try await bench.payouts().count == 1)
        }
    }

    @Test func `an answer that is lost is inquired, and nothing is sent again`() async throws {
        try await Bench.with { bench in
            try await bench.fund(200_000)
            try await bench.faults.order(.init(rail: .bank, kind: .timeout))
            let payout = try await bench.gateway.createPayout(bench.payoutCommand())
            try await bench.gateway.runDue()
            #expect(try await bench.payout(payout.id).state == .queued)
            for _ in 0..<5 {
                bench.clock.advance(seconds: 60)
                try await bench.gateway.runDue()
            }
            #expect(try await bench.payout(payout.id).state == .succeeded)
            #expect(try await bench.book.entries().count == 1)
        }
    }

    @Test func `a bank that cannot be reached is asked again until it has the payout`() async throws {
        try await Bench.with { bench in
            try await bench.fund(200_000)
            try await bench.faults.order(.init(rail: .bank, kind: .unavailable, count: 3))
            let payout = try await bench.gateway.createPayout(bench.payoutCommand())
            for _ in 0..<8 {
                try await bench.gateway.runDue()
                bench.clock.advance(seconds: 300)
            }
            #expect(try await bench.payout(payout.id).state == .succeeded)
            try await bench.expectPayoutsAgree("unavailable")
        }
    }

    @Test func `a bank that ends a payout early is believed when it is asked`() async throws {
        try await Bench.with { bench in
            try await bench.fund(200_000)
            let payout = try await bench.gateway.createPayout(bench.payoutCommand())
            try await bench.gateway.runDue()
            #expect(try await bench.book.end(payout.id, as: .failed(reason: "name"), at: bench.clock.now()))
            #expect(try await bench.book.end(payout.id, as: .succeeded, at: bench.clock.now()) == false)
            _ = try await together(4) { _ in try await bench.gateway.finishPayout(payout.id) }
            #expect(try await bench.payout(payout.id).failure == "name")
            #expect(
                try await bench.told(of: .payout(payout.id)) == [
                    "payoutCreated -", "payoutQueued -", "payoutFailed name",
                ])
        }
    }

    @Test func `where there is no bank no payout is begun`() async throws {
        try await Bench.with { bench in
            try await bench.fund(200_000)
            let command = try bench.payoutCommand()
            let alone = bench.another(payouts: NoPayoutRail())
            await expect(.fault(.unavailable)) { _ = try await alone.createPayout(command) }
            #expect(try await bench.available().held == 0)
        }
    }

    @Test func `a bank that never answers leaves a payout waiting and its money held`() async throws {
        try await Bench.with { bench in
            try await bench.fund(200_000)
            let payout = try await bench.gateway.createPayout(bench.payoutCommand())
            let alone = bench.another(payouts: SilentPayouts())
            for _ in 0..<3 {
                try await alone.runDue()
                bench.clock.advance(seconds: 400)
            }
            #expect(try await bench.payout(payout.id).state == .queued)
            #expect(try await bench.available().held == 101_500)
        }
    }
}
