import Synchronization
import TestSupport

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
