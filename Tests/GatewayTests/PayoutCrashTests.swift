import Gateway
import Ledger
import Payments
import Rails
import Store
import Synchronization
import TestSupport
import Testing

/// A bank with a test in between: something happens before or after its work.
final class HookedPayouts: PayoutRail {
    typealias Hook = @Sendable () async -> Void

    private let inner: any PayoutRail
    private let before: Hook
    private let after: Hook
    private let sent = Mutex<[ID<Payout>]>([])

    init(_ inner: any PayoutRail, before: @escaping Hook = {}, after: @escaping Hook = {}) {
        self.inner = inner
        self.before = before
        self.after = after
    }

    /// Every request so far, inquiries left out.
    var requests: [ID<Payout>] { sent.withLock { $0 } }

    func send(_ request: PayoutRequest) async -> PayoutStatus {
        sent.withLock { $0.append(request.reference) }
        await before()
        let status = await inner.send(request)
        await after()
        return status
    }

    func status(of payout: ID<Payout>) async -> PayoutStatus { await inner.status(of: payout) }
}

/// A process that ends while it tells the bank, and one that goes on after it.
@Suite struct PayoutCrashTests {
    @Test(arguments: Moment.allCases, EngineKind.allCases)
    func `a payout whose process ends is finished by another, and paid once`(
        moment: Moment, engine: EngineKind
    ) async throws {
        try await Bench.with(engine) { bench in
            try await bench.fund(200_000)
            let payout = try await bench.gateway.createPayout(bench.payoutCommand())
            let lost = Door()
            let end: HookedPayouts.Hook = {
                Task { await lost.pass() }
                await never()
            }
            let bank = bench.gateway.rails.payouts
            let dying = bench.another(
                payouts: moment == .before ? HookedPayouts(bank, before: end) : HookedPayouts(bank, after: end))
            Task { try await dying.runDue() }
            await lost.visited()
            #expect(try await bench.payout(payout.id).state == .queued)
            let heir = HookedPayouts(bank)
            let other = bench.another(payouts: heir)
            try await other.takeOver()
            bench.clock.advance(seconds: 2)
            try await other.runDue()
            #expect(try await bench.payout(payout.id).state == .succeeded)
            // What the bank has on its books is not sent to it again.
            #expect(heir.requests.count == (moment == .before ? 1 : 0))
            #expect(try await bench.book.entries().count == 1)
            try await bench.expectPayoutsAgree("crash")
        }
    }

    @Test func `a request that arrives after another process has sent it changes nothing`() async throws {
        try await Bench.with { bench in
            try await bench.fund(200_000)
            let payout = try await bench.gateway.createPayout(bench.payoutCommand())
            let (reached, goOn) = (Door(), Door())
            let late = HookedPayouts(
                bench.gateway.rails.payouts,
                before: {
                    Task { await reached.pass() }
                    await goOn.pass()
                })
            let slow = bench.another(payouts: late)
            let sending = Task { try await slow.runDue() }
            await reached.visited()
            try await bench.another().takeOver()
            bench.clock.advance(seconds: 3)
            try await bench.another().runDue()
            #expect(try await bench.payout(payout.id).state == .succeeded)
            goOn.open()
            _ = try await sending.value
            #expect(try await bench.book.entries().count == 1)
            #expect(
                try await bench.told(of: .payout(payout.id)) == [
                    "payoutCreated -", "payoutQueued -", "payoutSucceeded -",
                ])
        }
    }

    @Test(arguments: EngineKind.allCases)
    func `of several processes that run at once one tells the bank`(engine: EngineKind) async throws {
        try await Bench.with(engine) { bench in
            try await bench.fund(10_000_000)
            for _ in 0..<20 { _ = try await bench.gateway.createPayout(bench.payoutCommand()) }
            let bank = HookedPayouts(bench.gateway.rails.payouts)
            let processes = (0..<4).map { _ in bench.another(payouts: bank) }
            _ = try await together(4) { try await processes[$0].runDue() }
            #expect(bank.requests.count == 20 && Set(bank.requests).count == 20)
        }
    }

    @Test func `a database that fails between intent and outcome loses no money`() async throws {
        try await Bench.with { bench in
            try await bench.fund(200_000)
            let payout = try await bench.gateway.createPayout(bench.payoutCommand())
            // The claim and the intent pass, what the bank said is not stored.
            bench.engine.refuse(2, after: 2)
            _ = try? await bench.gateway.runDue()
            #expect(try await bench.payout(payout.id).state == .queued)
            for _ in 0..<3 {
                bench.clock.advance(seconds: 120)
                try await bench.gateway.runDue()
            }
            #expect(try await bench.payout(payout.id).state == .succeeded)
            #expect(try await bench.book.entries().count == 1)
        }
    }
}
