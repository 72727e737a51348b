import ServiceLifecycle

/// Bounds how long stopping may take, even where something that is waited for cannot be cancelled.
///
/// It is a service so that it learns of the stop. Services stop in reverse order: it must be the last.
struct LastResort: Service {
    /// From the request to stop to giving up what still runs.
    let limit: Duration
    private let outcomes: AsyncStream<Result<Void, any Error>>
    private let report: AsyncStream<Result<Void, any Error>>.Continuation

    init(after limit: Duration) {
        self.limit = limit
        (outcomes, report) = AsyncStream.makeStream()
    }

    func run() async throws {
        try? await gracefulShutdown()
        // Not a part of what may hang.
        Task.detached {
            try? await Task.sleep(for: limit)
            report.yield(.success(()))
        }
    }

    /// Runs `body` to its end, or leaves it behind when the stop takes too long. Throws what `body` throws.
    func bound(_ body: @escaping @Sendable () async throws -> Void) async throws {
        let work = Task {
            do {
                try await body()
                report.yield(.success(()))
            } catch {
                report.yield(.failure(error))
            }
        }
        let first = Task { await outcomes.first { _ in true } }
        try await withTaskCancellationHandler {
            try await first.value?.get()
        } onCancel: {
            work.cancel()
        }
    }
}
