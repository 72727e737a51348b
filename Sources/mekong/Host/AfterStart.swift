import ServiceLifecycle

/// A service that does nothing before the server takes requests: a start that fails, for want of a free port, leaves
/// what waits in the database as it was.
struct AfterStart: Service {
    private let service: any Service
    private let start: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation

    init(_ service: any Service) {
        self.service = service
        (start, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// The server takes requests.
    func begin() { signal.yield() }

    func run() async throws {
        for await _ in start.cancelOnGracefulShutdown() { return try await service.run() }
    }
}
