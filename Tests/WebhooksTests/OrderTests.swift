import Payments
import TestSupport
import Testing

/// Later notices about a payment wait for earlier ones, for ten minutes at most.
@Suite struct OrderTests {
    /// A server that refuses bodies beginning with “no” and takes the others.
    private func sink() async throws -> Sink {
        try await Sink.start { arrival, _ in .status(arrival.text.hasPrefix("no") ? 500 : 200) }
    }

    private func taken(_ sink: Sink) -> [String] {
        sink.arrivals.map { $0.text }.filter { !$0.hasPrefix("no") }
    }

    @Test func `notices about one payment are delivered in the order in which they were made`() async throws {
        let sink = try await Sink.start()
        try await Outbox.with { outbox in
            var notices: [Notice] = []
            for number in 0..<20 {
                notices.append(outbox.notice(to: sink.url, about: "payment:\(number % 2)", "\(number)"))
                outbox.clock.advance(seconds: 1)
            }
            try await outbox.commit(notices.reversed())
            await outbox.deliverDue()
            let numbers = taken(sink).compactMap { Int($0) }
            #expect(numbers.filter { $0 % 2 == 0 } == Array(stride(from: 0, to: 20, by: 2)))
            #expect(numbers.filter { $0 % 2 == 1 } == Array(stride(from: 1, to: 20, by: 2)))
        }
        await sink.stop()
    }

    @Test func `a later notice waits for an earlier one that is still being retried`() async throws {
        let sink = try await Sink.start { _, number in .status(number == 1 ? 500 : 200) }
        try await Outbox.with { outbox in
            let first = outbox.notice(to: sink.url, "first")
            try await outbox.send(first)
            await outbox.deliverDue()
            outbox.clock.advance(seconds: 1)
            let second = outbox.notice(to: sink.url, "second")
            try await outbox.send(second)
            await outbox.deliverDue()
            #expect(try await outbox.standing(of: second) == Standing(.pending, attempts: 0))
            #expect(sink.count == 1)
            outbox.clock.advance(seconds: 5)
            await outbox.deliverDue()
            #expect(taken(sink) == ["first", "first", "second"])
            #expect(try await outbox.state(of: first) == .delivered)
            #expect(try await outbox.state(of: second) == .delivered)
        }
        await sink.stop()
    }

    @Test func `a later notice waits while an earlier one is on its way`() async throws {
        let sink = try await Sink.start { arrival, _ in arrival.text == "first" ? .hold : .status(200) }
        try await Outbox.with { outbox in
            try await outbox.running {
                try await outbox.send(outbox.notice(to: sink.url, "first"))
                try await eventually("the first") { sink.held == 1 }
                outbox.clock.advance(seconds: 1)
                try await outbox.send(
                    outbox.notice(to: sink.url, "second"), outbox.notice(to: sink.url, about: "payment:2", "other"))
                try await eventually("the other payment's") { taken(sink).contains("other") }
                #expect(!taken(sink).contains("second"))
                sink.release()
                try await eventually("the second") { taken(sink) == ["first", "other", "second"] }
            }
        }
        await sink.stop()
    }

    @Test func `a notice about another payment does not wait`() async throws {
        let sink = try await sink()
        try await Outbox.with { outbox in
            try await outbox.send(outbox.notice(to: sink.url, about: "payment:1", "no"))
            await outbox.deliverDue()
            outbox.clock.advance(seconds: 1)
            try await outbox.send(outbox.notice(to: sink.url, about: "payment:2", "yes"))
            await outbox.deliverDue()
            #expect(taken(sink) == ["yes"])
        }
        await sink.stop()
    }

    @Test func `after ten minutes a later notice waits no more`() async throws {
        let sink = try await sink()
        try await Outbox.with { outbox in
            try await outbox.send(outbox.notice(to: sink.url, "no"))
            await outbox.deliverDue()
            outbox.clock.advance(seconds: 60)
            try await outbox.send(outbox.notice(to: sink.url, "yes"))
            for instant in [61, 300, 599] as [Int64] {
                outbox.clock.set(HandClock.start.adding(seconds: instant))
                await outbox.deliverDue()
                #expect(taken(sink) == [], "after \(instant) s")
            }
            outbox.clock.set(HandClock.start.adding(seconds: 600))
            await outbox.deliverDue()
            #expect(taken(sink) == ["yes"])
        }
        await sink.stop()
    }

    /// The running worker wakes for the end of the ten minutes by itself, not only when it looks the database through.
    @Test func `a running worker lets a later notice go when the ten minutes are over`() async throws {
        let sink = try await sink()
        try await Outbox.with { outbox in
            try await outbox.running {
                try await outbox.send(outbox.notice(to: sink.url, "no"))
                try await eventually("the first attempt") { try await outbox.next() != nil }
                // Its retries until after ten minutes are over.
                for _ in 0..<3 {
                    let tried = sink.count
                    outbox.clock.set(try #require(try await outbox.next()))
                    try await eventually("a retry") {
                        let next = try await outbox.next()
                        return sink.count == tried + 1 && next != nil
                    }
                }
                let looks = outbox.engine.reads
                try await outbox.send(outbox.notice(to: sink.url, "yes"))
                #expect(try #require(try await outbox.next()) > HandClock.start.adding(seconds: 600))
                // The worker has looked, and found that nothing may go yet.
                try await eventually("the look") { outbox.engine.reads > looks }
                for _ in 0..<500 { await Task.yield() }
                outbox.clock.set(HandClock.start.adding(seconds: 601))
                try await eventually("the later notice") { taken(sink) == ["yes"] }
            }
        }
        await sink.stop()
    }

    @Test func `what was given up holds up nothing`() async throws {
        let sink = try await sink()
        try await Outbox.with { outbox in
            let first = outbox.notice(to: sink.url, "no")
            try await outbox.commit([first])
            try await outbox.giveUp(first)
            outbox.clock.advance(seconds: 1)
            try await outbox.send(outbox.notice(to: sink.url, "yes"))
            await outbox.deliverDue()
            #expect(sink.count == 1)
            #expect(taken(sink) == ["yes"])
        }
        await sink.stop()
    }
}
