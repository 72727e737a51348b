import Store
import Synchronization
import TestSupport

/// A database that fails, or keeps its readers waiting, when the test says so.
final class FaultyEngine: Engine {
    private struct State {
        var refusesCommits = false
        var refusesReads = false
        var held: Door?
        var reads = 0
        var refusals = 0
    }

    let inner: any Engine
    private let state = Mutex(State())

    init(_ inner: any Engine) {
        self.inner = inner
    }

    var refusesCommits: Bool {
        get { state.withLock { $0.refusesCommits } }
        set { state.withLock { $0.refusesCommits = newValue } }
    }

    var refusesReads: Bool {
        get { state.withLock { $0.refusesReads } }
        set { state.withLock { $0.refusesReads = newValue } }
    }

    /// How many reads have ended.
    var reads: Int { state.withLock { $0.reads } }

    /// How many commits were refused.
    var refusals: Int { state.withLock { $0.refusals } }

    /// The next read takes its snapshot and then waits before this door with what it saw.
    func holdNextRead() -> Door {
        let door = Door()
        state.withLock { $0.held = door }
        return door
    }

    func commit(_ statements: [Statement]) async throws {
        let refuses = state.withLock { state in
            if state.refusesCommits { state.refusals += 1 }
            return state.refusesCommits
        }
        if refuses { throw StoreError.unavailable("the test says so") }
        try await inner.commit(statements)
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (Reader) throws -> Value) async throws -> Value {
        if refusesReads { throw StoreError.unavailable("the test says so") }
        let door = state.withLock { state in
            defer { state.held = nil }
            return state.held
        }
        let value = try await inner.read(body)
        await door?.pass()
        state.withLock { $0.reads += 1 }
        return value
    }

    func scan<Value: Sendable>(_ body: @escaping @Sendable (Reader) throws -> Value) async throws -> Value {
        if refusesReads { throw StoreError.unavailable("the test says so") }
        return try await inner.scan(body)
    }

    func migrate(_ migrations: [Migration]) async throws { try await inner.migrate(migrations) }
    var isShared: Bool { inner.isShared }
    var depth: Int { inner.depth }
    func close() async throws { try await inner.close() }
}
