/// Lets only a few through at a time: tests run all at once, and each store, bench and sandbox holds threads, files and
/// connections.
public actor Gate {
    /// The one gate of all tests that open a store.
    public static let stores = Gate(places: 6)

    /// Whoever is through may pass again: a test that opens a second store does not wait for itself.
    @TaskLocal private static var isInside = false

    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    private init(places: Int) {
        free = places
    }

    public nonisolated func pass<Value>(_ body: () async throws -> Value) async throws -> Value {
        guard !Self.isInside else { return try await body() }
        await enter()
        do {
            let value = try await Self.$isInside.withValue(true) { try await body() }
            await leave()
            return value
        } catch {
            await leave()
            throw error
        }
    }

    private func enter() async {
        if free > 0 {
            free -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func leave() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
