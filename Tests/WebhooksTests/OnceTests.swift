import Gateway
import NIOCore
import Payments
import Store
import TestSupport
import Testing
import Webhooks

/// Notices that are sent once: marked as sent before they are, never tried again but by hand.
@Suite struct OnceTests {
    private func once(_ outbox: Outbox, to url: String, about subject: String = "payout:1", _ body: String = "{}")
        -> Notice
    {
        Notice(
            id: outbox.gateway.entropy.id(at: outbox.clock.now()), merchant: .shop, dialect: FakeDialect.id,
            subject: subject, event: "payoutSucceeded", url: url, body: Array(body.utf8), isOnce: true,
            created: outbox.clock.now())
    }

    @Test func `it is marked as sent while it is on its way`() async throws {
        let sink = try await Sink.start { _, _ in .hold }
        try await Outbox.with { outbox in
            let notice = once(outbox, to: sink.url)
            try await outbox.running {
                try await outbox.send(notice)
                try await eventually("the attempt") { sink.held == 1 }
                #expect(try await outbox.standing(of: notice) == Standing(.delivered, attempts: 1))
                #expect(try await outbox.pending() == 0)
                sink.release()
                try await eventually("the record") { try await outbox.attempts(of: notice).first?.status == 200 }
            }
            #expect(try await outbox.state(of: notice) == .delivered)
        }
        await sink.stop()
    }

    @Test(arguments: [Sink.Answer.status(500), .status(404), .close])
    func `whatever comes of it, it is not tried again, but for a person's asking`(answer: Sink.Answer) async throws {
        let sink = try await Sink.start { _, number in number == 1 ? answer : .status(200) }
        try await Outbox.with { outbox in
            let notice = once(outbox, to: sink.url)
            try await outbox.send(notice)
            await outbox.deliverDue()
            for _ in 0..<5 {
                outbox.clock.advance(seconds: 100_000)
                await outbox.deliverDue()
            }
            #expect(sink.count == 1)
            #expect(try await outbox.standing(of: notice) == Standing(.exhausted, attempts: 1))
            try await outbox.replay(notice)
            await outbox.deliverDue()
            #expect(sink.count == 2)
            #expect(try await outbox.standing(of: notice) == Standing(.delivered, attempts: 2))
            #expect(try await outbox.attempts(of: notice).count == 2)
        }
        await sink.stop()
    }

    @Test func `a process that dies between mark and answer loses no more than that try`() async throws {
        let sink = try await Sink.start { _, number in number == 1 ? .hold : .status(200) }
        try await Outbox.with { outbox in
            let dying = try await outbox.another()
            let notice = once(dying, to: sink.url)
            try await dying.commit([notice])
            let delivering = Task { await dying.deliverDue() }
            try await eventually("the attempt") { sink.count == 1 }
            // From here on nothing it does is stored: for the database it is dead.
            dying.engine.refusesCommits = true
            delivering.cancel()
            sink.release()
            await delivering.value
            await dying.close()
            outbox.clock.advance(seconds: 100_000)
            await outbox.deliverDue()
            #expect(sink.count == 1)
            #expect(try await outbox.standing(of: notice) == Standing(.delivered, attempts: 1))
            try await outbox.replay(notice)
            await outbox.deliverDue()
            #expect(sink.count == 2)
        }
        await sink.stop()
    }

    @Test func `a stop takes back what has not left this process yet`() async throws {
        let deaf = try DeafServer()
        // What was begun to connect is waited for at the end.
        let client = EgressClient.patient(EgressPolicy(allowsLoopback: true), connecting: .seconds(20))
        try await Outbox.with(client: client) { outbox in
            let notice = once(outbox, to: "https://127.0.0.1:\(deaf.port)/")
            try await outbox.commit([notice])
            let run = Task { try await outbox.worker.run() }
            try await eventually("the attempt") { try await outbox.standing(of: notice)?.attempts == 1 }
            run.cancel()
            try await bounded("the stop") { try await run.value }
            #expect(try await outbox.standing(of: notice) == Standing(.pending, attempts: 0))
            #expect(try await outbox.attempts(of: notice).isEmpty)
            #expect(try await outbox.pending() == 1)
        }
    }

    @Test func `what the merchant may have heard of is not taken back`() async throws {
        let sink = try await Sink.start { _, _ in .hold }
        try await Outbox.with { outbox in
            let notice = once(outbox, to: sink.url)
            try await outbox.commit([notice])
            let run = Task { try await outbox.worker.run() }
            try await eventually("the attempt") { sink.held == 1 }
            run.cancel()
            try await bounded("the stop") { try await run.value }
            #expect(try await outbox.standing(of: notice) == Standing(.exhausted, attempts: 1))
        }
        #expect(sink.count == 1)
        await sink.stop()
    }

    @Test func `what a dead process had not begun another sends, once`() async throws {
        let sink = try await Sink.start()
        try await Outbox.with { outbox in
            let dead = try await outbox.another()
            let notices = (0..<10).map { once(dead, to: sink.url, about: "payout:\($0)") }
            try await dead.commit(notices)
            await dead.close()
            let third = try await outbox.another()
            await withTaskGroup(of: Void.self) { group in
                for worker in [outbox, third] { group.addTask { await worker.deliverDue() } }
            }
            await third.close()
            #expect(sink.count == 10)
            #expect(Set(sink.arrivals.map { $0.header("webhook-id") }).count == 10)
        }
        await sink.stop()
    }

    @Test func `what cannot be marked is not sent, and is sent once it can be`() async throws {
        let sink = try await Sink.start()
        try await Outbox.with { outbox in
            let notice = once(outbox, to: sink.url)
            try await outbox.commit([notice])
            outbox.engine.refusesCommits = true
            try await outbox.running {
                try await eventually("a look") { outbox.engine.reads > 3 }
                #expect(sink.count == 0)
                outbox.engine.refusesCommits = false
                try await eventually("the delivery") { try await outbox.attempts(of: notice).first?.status == 200 }
            }
        }
        #expect(sink.count == 1)
        await sink.stop()
    }

    @Test func `a later notice about the same does not overtake it`() async throws {
        let sink = try await Sink.start { arrival, _ in arrival.text == "one" ? .hold : .status(200) }
        try await Outbox.with { outbox in
            let (one, two) = (once(outbox, to: sink.url, "one"), once(outbox, to: sink.url, "two"))
            let other = once(outbox, to: sink.url, about: "payout:2", "other")
            try await outbox.running {
                try await outbox.send(one)
                try await eventually("the first") { sink.held == 1 }
                try await outbox.send(two, other)
                try await eventually("the other") { sink.arrivals.contains { $0.text == "other" } }
                #expect(!sink.arrivals.contains { $0.text == "two" })
                sink.release()
                try await eventually("the second") { sink.arrivals.contains { $0.text == "two" } }
            }
        }
        await sink.stop()
    }
}
