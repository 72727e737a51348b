import Logging
import ServiceLifecycle
import Synchronization
import Testing

@testable import mekong

/// Work that waits for the server.
@Suite struct AfterStartTests {
    /// Notes that it ran, and ends when it is asked to.
    private final class Work: Service {
        private let (beginnings, beginning) = AsyncStream<Void>.makeStream()
        private let runs = Atomic(0)
        var hasRun: Bool { runs.load(ordering: .relaxed) > 0 }

        func run() async throws {
            runs.add(1, ordering: .relaxed)
            beginning.yield()
            try await gracefulShutdown()
        }

        func begins() async { for await _ in beginnings { return } }
    }

    private struct NoPort: Error {}

    /// A server that finds its port taken.
    private struct Refused: Service {
        func run() async throws { throw NoPort() }
    }

    private func group(_ services: [any Service]) -> ServiceGroup {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        return ServiceGroup(configuration: .init(services: services, logger: logger))
    }

    @Test func `work begins when the server takes requests`() async throws {
        let work = Work()
        let service = AfterStart(work)
        let services = group([service])
        let run = Task { try await services.run() }
        service.begin()
        await work.begins()
        await services.triggerGracefulShutdown()
        try await run.value
    }

    @Test func `work does not begin where the server does not`() async throws {
        let work = Work()
        let services = group([AfterStart(work), Refused()])
        await #expect(throws: NoPort.self) { try await services.run() }
        #expect(!work.hasRun)
    }

    @Test func `a stop before the start ends it`() async throws {
        let (work, other) = (Work(), Work())
        let services = group([other, AfterStart(work)])
        let run = Task { try await services.run() }
        await other.begins()
        await services.triggerGracefulShutdown()
        try await run.value
        #expect(!work.hasRun)
    }
}
