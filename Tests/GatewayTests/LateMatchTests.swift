import Gateway
import Ledger
import Money
import Payments
import Rails
import Store
import TestSupport
import Testing

/// Deposits that begin to wait, lines that are read and time that passes, all at the same moment.
@Suite struct LateMatchTests {
    private func scan(_ bench: Bench, _ deposit: Payment, seconds: Int64 = 300) async throws -> Payment {
        try await bench.gateway.scanned(
            deposit.id, of: .shop, dialect: FakeDialect.id, until: bench.clock.now().adding(seconds: seconds)
        ).payment
    }

    /// Reads a line that was decided on before its deposit waited and is stored after.
    private func readAcross(_ bench: Bench, _ deposit: Payment, refusing: Int = 0) async throws -> Ending {
        // The first commit takes the line's number.
        let door = bench.engine.holdCommit(after: 1)
        let reading = Task { await Ending.of { try await bench.read(bench.credit("a")) } }
        await door.visited()
        _ = try await scan(bench, deposit)
        #expect(try await bench.state(deposit) == .presented)
        if refusing > 0 { bench.engine.refuse(refusing, after: 1) }
        door.open()
        return await reading.value
    }

    @Test(arguments: EngineKind.allCases)
    func `a line that is read while its deposit begins to wait pays it`(engine: EngineKind) async throws {
        try await Bench.with(engine) { bench in
            let deposit = try await bench.deposit(until: nil)
            #expect(try await readAcross(bench, deposit) == .done)
            #expect(try await bench.state(deposit) == .settled)
            #expect(try await bench.available().posted == 99_500)
        }
    }

    @Test func `reading a statement again has what was left over pay its deposit`() async throws {
        try await Bench.with { bench in
            let deposit = try await bench.deposit(until: nil)
            #expect(try await readAcross(bench, deposit, refusing: 1) == .fault(.unavailable))
            #expect(try await bench.state(deposit) == .presented)
            let summary = try await bench.read(bench.credit("a"))
            #expect(summary.new == 0 && summary.known == 1)
            #expect(try await bench.state(deposit) == .settled)
        }
    }

    @Test func `a process that dies before it has looked leaves that to the next`() async throws {
        try await Bench.with { bench in
            let deposit = try await bench.deposit(until: nil)
            try await bench.read(bench.credit("a"))
            bench.engine.refuse(1, after: 1)
            #expect(try await scan(bench, deposit).state == .presented)
            bench.clock.advance(seconds: 1_000)
            try await bench.another().runDue()
            #expect(try await bench.state(deposit) == .settled)
        }
    }

    @Test func `what has arrived in time pays a deposit whose time is up`() async throws {
        try await Bench.with { bench in
            let deposit = try await bench.deposit()
            #expect(try await bench.read(bench.credit("a"), bench.credit("b")).matched == 0)
            _ = try await bench.gateway.redeem(1, of: .shop, dialect: FakeDialect.id)
            bench.clock.advance(seconds: 1_000)
            try await bench.gateway.runDue()
            #expect(try await bench.state(deposit) == .settled)
        }
    }

    @Test(arguments: EngineKind.allCases)
    func `what two deposits fitted is not guessed when one of them has lapsed`(engine: EngineKind) async throws {
        try await Bench.with(engine) { bench in
            let first = try await bench.deposit(until: 100, lasts: 100)
            bench.clock.advance(seconds: 50)
            let second = try await bench.deposit(until: 300, lasts: 300)
            let inBoth = bench.credit("a")
            #expect(try await bench.read(inBoth).matched == 0)
            bench.clock.advance(seconds: 101)
            try await bench.gateway.runDue()
            #expect(try await bench.state(first) == .cancelled)
            #expect(try await bench.read(inBoth).matched == 0, "read again")
            #expect(try await bench.read(bench.credit("b", at: inBoth.creditedAt)).matched == 0, "told late")
            bench.clock.advance(seconds: 200)
            try await bench.gateway.runDue()
            #expect(try await bench.state(second) == .cancelled)
            #expect(try await bench.lines().map(\.use) == [.unmatched, .unmatched])
        }
    }

    @Test func `what was credited after a deposit's window is another's alone`() async throws {
        try await Bench.with { bench in
            let first = try await bench.deposit(until: 100, lasts: 100)
            bench.clock.advance(seconds: 50)
            let second = try await bench.deposit(until: 300, lasts: 300)
            bench.clock.advance(seconds: 101)
            try await bench.gateway.runDue()
            #expect(try await bench.state(first) == .cancelled)
            #expect(try await bench.read(bench.credit("a")).matched == 1)
            #expect(try await bench.state(second) == .settled)
        }
    }

    @Test func `a deposit does not lapse while its money may still arrive`() async throws {
        try await Bench.with { bench in
            let (paid, unpaid) = (
                try await bench.deposit(until: nil, lasts: 100), try await bench.deposit(7_000, until: nil, lasts: 100)
            )
            for deposit in [paid, unpaid] { _ = try await scan(bench, deposit) }
            bench.clock.advance(seconds: 200)
            try await bench.gateway.runDue()
            #expect(try await bench.state(paid) == .presented)
            try await bench.read(bench.credit("a"))
            #expect(try await bench.state(paid) == .settled)
            bench.clock.advance(seconds: 101)
            try await bench.gateway.runDue()
            #expect(try await bench.state(unpaid) == .cancelled)
        }
    }

    @Test func `a line whose deposit cannot be paid is kept for a person, and stops no other`() async throws {
        try await Bench.with { bench in
            let nowhere: ID<Order> = bench.gateway.entropy.id(at: bench.clock.now())
            let stuck = try await bench.deposit(order: nowhere)
            let sound = try await bench.deposit(5_000)
            let summary = try await bench.read(bench.credit("a"), bench.credit("b", 5_000))
            #expect(summary.new == 2 && summary.matched == 1)
            #expect(try await bench.state(stuck) == .presented)
            #expect(try await bench.state(sound) == .settled)
        }
    }

    @Test(arguments: [0, -100] as [Int64])
    func `a line of nothing, or less, is not kept`(satang: Int64) async throws {
        try await Bench.with { bench in
            await expect(.fault(.refused(.amountNotPositive))) {
                try await bench.read(bench.credit("good"), bench.credit("bad", satang))
            }
            let lines = try await bench.lines()
            #expect(lines.isEmpty)
        }
    }

    @Test(arguments: EngineKind.allCases)
    func `many exclusive deposits that are opened at once all find an amount`(engine: EngineKind) async throws {
        try await Bench.with(engine) { bench in
            let endings = try await together(64) { _ in
                await Ending.of { _ = try await bench.deposit(exclusive: true, among: 400) }
            }
            #expect(endings.count(of: .done) == 64)
            let amounts = try await bench.payments().map(\.amount.minorUnits)
            #expect(Set(amounts).count == 64)
        }
    }
}

/// Asking after a deposit asks no rail, and changes nothing.
@Suite struct DepositInquiryTests {
    @Test func `a deposit that is asked after stands as it is, shown or not, over or not`() async throws {
        try await Bench.with { bench in
            let deposit = try await bench.deposit()
            for seconds in [0, 10_000] as [Int64] {
                bench.clock.advance(seconds: seconds)
                let report = try await bench.gateway.report(on: deposit.id, of: .shop, dialect: FakeDialect.id)
                #expect(report.payment == deposit)
            }
            #expect(try await bench.entries(of: deposit).isEmpty)
            #expect(try await bench.payment(deposit.id) == deposit)
        }
    }
}
