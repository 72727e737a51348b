import Gateway
import Logging
import Payments
import ServiceLifecycle
import TestSupport
import Testing
import Webhooks

/// The ends of the worker and of its database.
@Suite struct StopTests {
    /// What is cut off counts as not made: the next process sends it again.
    @Test func `a graceful stop cuts off what is on its way, and the next worker sends it again`() async throws {
        let sink = try await Sink.start { _, _ in .hold }
        try await Outbox.with { outbox in
            let notice = outbox.notice(to: sink.url)
            try await outbox.commit([notice])
            let services = ServiceGroup(
                configuration: .init(services: [outbox.worker], logger: outbox.gateway.logger))
            let run = Task { try await services.run() }
            try await eventually("the attempt") { sink.held == 1 }
            await services.triggerGracefulShutdown()
            try await bounded("the stop") { try await run.value }
            #expect(try await outbox.standing(of: notice) == Standing(.pending, attempts: 0))
            sink.release()
            let next = try await outbox.another()
            await next.deliverDue()
            await next.close()
            #expect(try await outbox.standing(of: notice) == Standing(.delivered, attempts: 1))
        }
        #expect(sink.count == 2)
        #expect(Set(sink.arrivals.map { $0.header("webhook-id") }).count == 1)
        await sink.stop()
    }

    @Test func `a graceful stop lets what is on its way end`() async throws {
        let sink = try await Sink.start { _, _ in .hold }
        try await Outbox.with { outbox in
            let patient = try await outbox.another(grace: .seconds(600))
            let notice = patient.notice(to: sink.url)
            try await patient.commit([notice])
            let services = ServiceGroup(
                configuration: .init(services: [patient.worker], logger: patient.gateway.logger))
            let run = Task { try await services.run() }
            try await eventually("the attempt") { sink.held == 1 }
            await services.triggerGracefulShutdown()
            sink.release()
            try await bounded("the stop") { try await run.value }
            #expect(try await patient.standing(of: notice) == Standing(.delivered, attempts: 1))
            await patient.close()
        }
        #expect(sink.count == 1)
        await sink.stop()
    }

    /// Attempts are the merchant's chances: a restart must not use them up.
    @Test func `a worker that is stopped at once uses up no attempt`() async throws {
        let sink = try await Sink.start { _, _ in .hold }
        try await Outbox.with { outbox in
            let notices = (0..<30).map { outbox.notice(to: sink.url, about: "payment:\($0)") }
            try await outbox.commit(notices)
            let run = Task { try await outbox.worker.run() }
            try await eventually("the attempts") { sink.held >= 8 }
            run.cancel()
            try await bounded("the stop") { try await run.value }
            var attempts = 0
            for notice in notices { attempts += try #require(try await outbox.standing(of: notice)).attempts }
            #expect(attempts == 0)
        }
        await sink.stop()
    }

    @Test func `a worker with nothing to do stops at once`() async throws {
        try await Outbox.with { outbox in
            let services = ServiceGroup(
                configuration: .init(services: [outbox.worker], logger: outbox.gateway.logger))
            let run = Task { try await services.run() }
            for _ in 0..<100 { await Task.yield() }
            await services.triggerGracefulShutdown()
            try await bounded("the stop") { try await run.value }
        }
    }

    @Test(arguments: 0..<5) func `closing the database finishes the commits that wait`(round: Int) async throws {
        try await Outbox.with { outbox in
            let lost = await withTaskGroup(of: String?.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        do {
                            try await outbox.commit([outbox.notice(to: "u", about: "payment:\(number)")])
                            return nil
                        } catch {
                            return "\(error)"
                        }
                    }
                    if number == 100 { group.addTask { await outbox.close().map { "closing: \($0)" } } }
                }
                return await group.reduce(into: [String]()) { if let what = $1 { $0.append(what) } }
            }
            #expect(Set(lost).subtracting(["the database is not available: stopped"]) == [])
        }
    }
}
