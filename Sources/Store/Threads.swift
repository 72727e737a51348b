import Foundation
import GroupCommit

/// Where a read leaves its answer. Written on the reader's thread before the caller is resumed, read only after.
final class AnswerBox<Value: Sendable>: @unchecked Sendable {
    var result: Result<Value, any Error>?
}

/// Runs what blocks on a thread of its own, away from the cooperative pool.
func onThread<Value: Sendable>(_ name: String, _ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        let thread = Thread {
            nameThisThread(name)
            continuation.resume(with: Result { try body() })
        }
        thread.stackSize = 8 << 20
        thread.start()
    }
}
