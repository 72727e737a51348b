import Gateway
import NIOCore
import Payments
import Store
import Synchronization
import TestSupport
import Testing

@testable import Webhooks

/// Notices that are sent once, where nothing could be sent.
@Suite struct OnceRetryTests {
    private func once(_ outbox: Outbox, to url: String, _ body: String = "{}") -> Notice {
        Notice(
            id: outbox.gateway.entropy.id(at: outbox.clock.now()), merchant: .shop, dialect: FakeDialect.id,
            subject: "payout:1", event: "payoutSucceeded", url: url, body: Array(body.utf8), isOnce: true,
            created: outbox.clock.now())
    }

    /// Look-ups by `server`, of which the first few are given up at once.
    private func lookups(_ server: NameServer, givingUp count: Int) -> NameLookups {
        let left = Mutex(count)
        return NameLookups(resolve: server.resolve) {
            let isLate = left.withLock { left in
                left -= 1
                return left >= 0
            }
            if isLate { return }
            while !Task.isCancelled { try await Task.sleep(for: .seconds(3_600)) }
        }
    }

    @Test func `the system's resolver has the time to ask twice`() {
        // It waits five seconds for each answer.
        #expect(NameLookups.limit > .seconds(10))
    }

    @Test func `one whose name was not found in time is sent a few seconds later, once`() async throws {
        let sink = try await Sink.start()
        let server = NameServer()
        let client = EgressClient.patient(
            EgressPolicy(allowsLoopback: true), names: lookups(server, givingUp: 1))
        try await Outbox.with(client: client) { outbox in
            let notice = once(outbox, to: "http://dead.test:\(sink.port)/")
            try await outbox.send(notice)
            await outbox.deliverDue()
            #expect(try await outbox.standing(of: notice) == Standing(.pending, attempts: 1))
            #expect(try await outbox.attempts(of: notice).map(\.error) == ["dead.test was not resolved in time"])
            server.releaseAll()
            await outbox.deliverDue()
            #expect(sink.count == 0)
            outbox.clock.advance(seconds: 5)
            await outbox.deliverDue()
            #expect(sink.count == 1)
            #expect(try await outbox.standing(of: notice) == Standing(.delivered, attempts: 2))
            outbox.clock.advance(seconds: 100_000)
            await outbox.deliverDue()
            #expect(sink.count == 1)
        }
        await sink.stop()
    }

    @Test func `one that nobody takes at all is given up after the fourth attempt, and by hand once more`() async throws
    {
        let closed = try ClosedPort()
        try await Outbox.with { outbox in
            let notice = once(outbox, to: "http://127.0.0.1:\(closed.number)/")
            try await outbox.send(notice)
            await outbox.deliverDue()
            for (number, pause) in [(1, 5), (2, 10), (3, 20)] {
                #expect(try await outbox.standing(of: notice) == Standing(.pending, attempts: number))
                outbox.clock.advance(seconds: Int64(pause) - 1)
                await outbox.deliverDue()
                #expect(try await outbox.standing(of: notice)?.attempts == number)
                outbox.clock.advance(seconds: 1)
                await outbox.deliverDue()
            }
            #expect(try await outbox.standing(of: notice) == Standing(.exhausted, attempts: 4))
            outbox.clock.advance(seconds: 100_000)
            await outbox.deliverDue()
            #expect(try await outbox.attempts(of: notice).count == 4)
            try await outbox.replay(notice)
            await outbox.deliverDue()
            #expect(try await outbox.standing(of: notice) == Standing(.exhausted, attempts: 5))
        }
    }

    @Test func `a later notice about the same waits for it`() async throws {
        let sink = try await Sink.start()
        let server = NameServer()
        let client = EgressClient.patient(
            EgressPolicy(allowsLoopback: true), names: lookups(server, givingUp: 1))
        try await Outbox.with(client: client) { outbox in
            let first = once(outbox, to: "http://dead.test:\(sink.port)/", "one")
            try await outbox.send(first)
            await outbox.deliverDue()
            server.releaseAll()
            outbox.clock.advance(seconds: 1)
            try await outbox.send(once(outbox, to: sink.url, "two"))
            await outbox.deliverDue()
            #expect(sink.count == 0)
            outbox.clock.advance(seconds: 4)
            await outbox.deliverDue()
            #expect(sink.arrivals.map(\.text) == ["one", "two"])
        }
        await sink.stop()
    }
}
