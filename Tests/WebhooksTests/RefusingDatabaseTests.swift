import Gateway
import Payments
import Store
import TestSupport
import Testing
import Webhooks

/// A database that can be read and not written, as on a full disk.
@Suite struct RefusingDatabaseTests {
    /// Notices of a process that is dead: whoever finds them must claim them first.
    private func leave(_ count: Int, to sink: Sink, _ outbox: Outbox, isOnce: Bool = false) async throws -> [Notice] {
        let dead = try await outbox.another()
        let notices = (0..<count).map { number in
            Notice(
                id: dead.gateway.entropy.id(at: dead.clock.now()), merchant: .shop, dialect: FakeDialect.id,
                subject: "payment:\(number)", event: "authorized", url: sink.url, body: Array("{}".utf8),
                isOnce: isOnce, created: dead.clock.now())
        }
        try await dead.commit(notices)
        await dead.close()
        return notices
    }

    @Test(arguments: [false, true])
    func `a notice that cannot be claimed is asked for once, then the worker waits`(isOnce: Bool) async throws {
        let sink = try await Sink.start()
        try await Outbox.with { outbox in
            let notices = try await leave(3, to: sink, outbox, isOnce: isOnce)
            let door = Door()
            let worker = try await outbox.another(refusal: door)
            worker.engine.refusesCommits = true
            try await worker.running {
                try await eventually("the refusals") { door.waiting == 3 }
                for _ in 0..<5_000 {
                    worker.noticed(.shop)
                    await Task.yield()
                }
                #expect(worker.engine.refusals == 3)
                worker.engine.refusesCommits = false
                door.open()
                try await eventually("the deliveries") { sink.count == 3 }
                for notice in notices {
                    try await eventually("the record") { try await worker.state(of: notice) == .delivered }
                }
            }
            await worker.close()
        }
        #expect(sink.count == 3)
        await sink.stop()
    }

    @Test(arguments: [false, true])
    func `whoever moves the clock is not kept waiting, and asks for each notice once`(isOnce: Bool) async throws {
        let sink = try await Sink.start()
        try await Outbox.with { outbox in
            let notices = try await leave(5, to: sink, outbox, isOnce: isOnce)
            let worker = try await outbox.another()
            worker.engine.refusesCommits = true
            try await bounded("the end") { await worker.deliverDue() }
            #expect(worker.engine.refusals == 5)
            #expect(sink.count == 0)
            worker.engine.refusesCommits = false
            await worker.deliverDue()
            for notice in notices {
                #expect(try await worker.state(of: notice) == .delivered)
            }
            await worker.close()
        }
        #expect(sink.count == 5)
        await sink.stop()
    }
}
