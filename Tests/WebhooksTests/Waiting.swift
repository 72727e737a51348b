import Synchronization
import TestSupport

/// Asks until the answer is yes. Waits for a condition, never for a fixed time.
func eventually(
    _ what: String, within limit: Duration = longEnough, _ condition: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + limit
    while try await !condition() {
        guard ContinuousClock.now < end else { throw TookTooLong(what: what) }
        try await Task.sleep(for: .milliseconds(2))
    }
}

/// What `body` returns, or an error where that takes longer than any sound program would. What is late is cancelled,
/// not waited for.
func bounded<Value: Sendable>(
    _ what: String, within limit: Duration = longEnough, _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    let box = Box<Value>()
    let task = Task {
        do {
            let value = try await body()
            box.set(.success(value))
        } catch {
            box.set(.failure(error))
        }
    }
    do {
        try await eventually(what, within: limit) { box.value != nil }
    } catch {
        task.cancel()
        throw error
    }
    return try box.value!.get()
}

private final class Box<Value: Sendable>: Sendable {
    private let outcome = Mutex<Result<Value, any Error>?>(nil)

    var value: Result<Value, any Error>? { outcome.withLock { $0 } }
    func set(_ value: Result<Value, any Error>) { outcome.withLock { $0 = value } }
}

struct TookTooLong: Error, CustomStringConvertible {
    let what: String
    var description: String { "\(what): took too long" }
}

/// A door that is open or shut.
final class Door: Sendable {
    private struct State {
        var isOpen: Bool
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    init(isOpen: Bool = false) {
        state = Mutex(State(isOpen: isOpen))
    }

    var isOpen: Bool { state.withLock { $0.isOpen } }

    /// How many wait before the door.
    var waiting: Int { state.withLock { $0.waiting.count } }

    func pass() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }

    func open() {
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            state.isOpen = true
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}
