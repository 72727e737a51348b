import Payments
import Synchronization

/// The payments that this process has in hand at this moment, between an intent and its outcome.
///
/// Whoever looks after what is due leaves these alone: only one sender of a request may take a refusal as final that
/// the acquirer has no record of.
final class InHand: Sendable {
    private let counts = Mutex<[ID<Payment>: Int]>([:])

    /// Has the payment in hand while `body` runs, whoever else has it too.
    func holding<Value>(_ id: ID<Payment>, _ body: () async throws -> Value) async rethrows -> Value {
        counts.withLock { $0[id, default: 0] += 1 }
        defer { release(id) }
        return try await body()
    }

    /// The same, where nobody else has it; nil, and nothing is run, where somebody has.
    func holdingAlone<Value>(_ id: ID<Payment>, _ body: () async throws -> Value) async rethrows -> Value? {
        let isFree = counts.withLock { counts in
            guard counts[id] == nil else { return false }
            counts[id] = 1
            return true
        }
        guard isFree else { return nil }
        defer { release(id) }
        return try await body()
    }

    private func release(_ id: ID<Payment>) {
        counts.withLock { counts in
            let left = (counts[id] ?? 1) - 1
            counts[id] = left > 0 ? left : nil
        }
    }
}
