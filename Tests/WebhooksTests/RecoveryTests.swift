import Gateway
import Payments
import TestSupport
import Testing
import Webhooks

/// What happens when the worker, its database or its process does not do as it should.
@Suite struct RecoveryTests {
    @Test func `what another process committed is found by looking`() async throws {
        let sink = try await Sink.start()
        try await Outbox.with { outbox in
            let other = try await outbox.another()
            let notice = other.notice(to: sink.url)
            try await other.commit([notice])
            await other.close()
            await outbox.deliverDue()
            #expect(sink.count == 1)
            #expect(try await outbox.state(of: notice) == .delivered)
        }
        await sink.stop()
    }

    @Test func `what was left by an earlier process is delivered when the worker starts`() async throws {
        let sink = try await Sink.start()
        try await Outbox.with { outbox in
            let notices = (0..<5).map { outbox.notice(to: sink.url, about: "payment:\($0)") }
            try await outbox.commit(notices)
            try await outbox.running {
                try await eventually("all") { try await outbox.pending() == 0 }
            }
        }
        #expect(sink.count == 5)
        await sink.stop()
    }

    @Test func `a worker that dies between the attempt and its record sends again, with the same id`() async throws {
        let sink = try await Sink.start()
        try await Outbox.with { outbox in
            let notice = outbox.notice(to: sink.url, "{\"n\":1}")
            let dying = try await outbox.another()
            try await dying.commit([notice])
            dying.engine.refusesCommits = true
            let delivering = Task { await dying.deliverDue() }
            try await eventually("the attempt") { sink.count >= 1 }
            delivering.cancel()
            await delivering.value
            await dying.close()
            #expect(try await outbox.standing(of: notice) == Standing(.pending, attempts: 0))
            let before = sink.count
            await outbox.deliverDue()
            #expect(sink.count == before + 1)
            #expect(Set(sink.arrivals.map { $0.header("webhook-id") }).count == 1)
            #expect(Set(sink.arrivals.map(\.body)).count == 1)
            #expect(try await outbox.standing(of: notice) == Standing(.delivered, attempts: 1))
        }
        await sink.stop()
    }

    /// While the database cannot be written, a notice may be sent more than once, but it is recorded in the end.
    @Test func `an attempt that could not be recorded is made again until it is`() async throws {
        let sink = try await Sink.start()
        try await Outbox.with { outbox in
            let notice = outbox.notice(to: sink.url)
            try await outbox.commit([notice])
            outbox.engine.refusesCommits = true
            try await outbox.running {
                try await eventually("the attempt") { sink.count >= 1 }
                outbox.engine.refusesCommits = false
                try await eventually("the record") { try await outbox.state(of: notice) == .delivered }
            }
        }
        await sink.stop()
    }

    @Test func `a database that cannot be read does not keep whoever moves the clock waiting for ever`() async throws {
        let sink = try await Sink.start()
        try await Outbox.with { outbox in
            let notice = outbox.notice(to: sink.url)
            try await outbox.send(notice)
            outbox.engine.refusesReads = true
            try await bounded("the end") { await outbox.deliverDue() }
            #expect(sink.count == 0)
            outbox.engine.refusesReads = false
            await outbox.deliverDue()
            #expect(try await outbox.state(of: notice) == .delivered)
        }
        await sink.stop()
    }

    @Test func `a worker that could not read at its start delivers once it can`() async throws {
        let sink = try await Sink.start()
        try await Outbox.with { outbox in
            outbox.engine.refusesReads = true
            try await outbox.running {
                let notice = outbox.notice(to: sink.url)
                try await outbox.send(notice)
                outbox.engine.refusesReads = false
                try await eventually("the delivery") { try await outbox.state(of: notice) == .delivered }
            }
        }
        #expect(sink.count == 1)
        await sink.stop()
    }

    /// A look may have begun before an attempt was recorded and end after: what it saw is old news.
    @Test func `a delivery that ends during a look is not made again`() async throws {
        let sink = try await Sink.start { arrival, number in
            arrival.text == "one" && number == 1 ? .hold : .status(200)
        }
        try await Outbox.with { outbox in
            try await outbox.running {
                let one = outbox.notice(to: sink.url, about: "payment:1", "one")
                try await outbox.send(one)
                try await eventually("the attempt") { sink.held == 1 }
                let door = outbox.engine.holdNextRead()
                outbox.noticed(.shop)
                try await eventually("the look") { door.waiting == 1 }
                sink.release()
                try await eventually("the record") { try await outbox.state(of: one) == .delivered }
                // The record is made; let the worker take note of it.
                for _ in 0..<500 { await Task.yield() }
                door.open()
                let two = outbox.notice(to: sink.url, about: "payment:2", "two")
                try await outbox.send(two)
                try await eventually("the second") { try await outbox.state(of: two) == .delivered }
            }
        }
        #expect(sink.arrivals.filter { $0.text == "one" }.count == 1)
        await sink.stop()
    }
}
