import Payments
import Testing

@testable import Webhooks

/// Retries by a clock that the test moves.
@Suite struct RetryTests {
    @Test func `a failing notice is tried on the schedule, and given up after the last`() async throws {
        let sink = try await Sink.start { _, _ in .status(500) }
        try await Outbox.with { outbox in
            let notice = outbox.notice(to: sink.url)
            try await outbox.send(notice)
            await outbox.deliverDue()
            for (index, delay) in RetrySchedule.delays.enumerated() {
                #expect(try await outbox.standing(of: notice) == Standing(.pending, attempts: index + 1))
                let tried = outbox.clock.now()
                let next = try #require(try await outbox.next())
                #expect(next <= tried.adding(seconds: delay))
                #expect(next.microseconds >= tried.microseconds + delay * 900_000)
                outbox.clock.set(Instant(microseconds: next.microseconds - 1))
                await outbox.deliverDue()
                #expect(sink.count == index + 1, "a moment too early")
                outbox.clock.set(next)
                await outbox.deliverDue()
                #expect(sink.count == index + 2)
            }
            #expect(try await outbox.standing(of: notice) == Standing(.exhausted, attempts: 8))
            outbox.clock.advance(seconds: 1_000_000)
            await outbox.deliverDue()
            #expect(sink.count == 8)
            #expect(try await outbox.attempts(of: notice).map(\.status) == Array(repeating: 500, count: 8))
            #expect(try await outbox.pending() == 0)
        }
        #expect(Set(sink.arrivals.map { $0.header("webhook-id") }).count == 1, "repeats have one id")
        #expect(Set(sink.arrivals.map(\.body)).count == 1)
        await sink.stop()
    }

    @Test func `a clock moved far ahead makes one attempt at a time, not all at once`() async throws {
        let sink = try await Sink.start { _, _ in .status(500) }
        try await Outbox.with { outbox in
            try await outbox.send(outbox.notice(to: sink.url))
            await outbox.deliverDue()
            outbox.clock.advance(seconds: 1_000_000)
            await outbox.deliverDue()
            #expect(sink.count == 2)
        }
        await sink.stop()
    }

    @Test(arguments: 1...7) func `a notice that is taken at last is tried no more`(failures: Int) async throws {
        let sink = try await Sink.start { _, number in .status(number <= failures ? 503 : 200) }
        try await Outbox.with { outbox in
            let notice = outbox.notice(to: sink.url)
            try await outbox.send(notice)
            await outbox.deliverDue()
            for delay in RetrySchedule.delays {
                outbox.clock.advance(seconds: delay)
                await outbox.deliverDue()
            }
            #expect(sink.count == failures + 1)
            #expect(try await outbox.standing(of: notice) == Standing(.delivered, attempts: failures + 1))
        }
        await sink.stop()
    }

    @Test func `a notice that was given up is sent again by hand`() async throws {
        let sink = try await Sink.start { _, number in .status(number <= 8 ? 500 : 200) }
        try await Outbox.with { outbox in
            let notice = outbox.notice(to: sink.url)
            try await outbox.send(notice)
            await outbox.deliverDue()
            for delay in RetrySchedule.delays {
                outbox.clock.advance(seconds: delay)
                await outbox.deliverDue()
            }
            #expect(try await outbox.state(of: notice) == .exhausted)
            try await outbox.replay(notice)
            await outbox.deliverDue()
            #expect(sink.count == 9)
            #expect(try await outbox.standing(of: notice) == Standing(.delivered, attempts: 9))
            #expect(try await outbox.attempts(of: notice).count == 9)
        }
        await sink.stop()
    }

    @Test func `a notice that was delivered is sent again by hand, with the same id and bytes`() async throws {
        let sink = try await Sink.start()
        try await Outbox.with { outbox in
            let notice = outbox.notice(to: sink.url, "{\"n\":1}")
            try await outbox.send(notice)
            await outbox.deliverDue()
            outbox.clock.advance(seconds: 60)
            try await outbox.replay(notice)
            await outbox.deliverDue()
            #expect(sink.arrivals.map(\.body) == [notice.body, notice.body])
            #expect(Set(sink.arrivals.map { $0.header("webhook-id") }).count == 1)
            #expect(try await outbox.standing(of: notice) == Standing(.delivered, attempts: 2))
            #expect(
                try await outbox.attempts(of: notice).map(\.at) == [
                    HandClock.start, HandClock.start.adding(seconds: 60),
                ])
        }
        await sink.stop()
    }
}
