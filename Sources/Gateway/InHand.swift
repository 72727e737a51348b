import Store
import Synchronization

/// What this process has in hand at this moment, between an intent and its outcome: payments, their refunds under the
/// payment's name, and payouts.
///
/// Whoever looks after what is due leaves these alone: only one sender of a request may take a refusal as final that
/// the acquirer, or the bank, has no record of.
final class InHand: Sendable {
    private let counts = Mutex<[Subject: Int]>([:])

    /// Has it in hand while `body` runs, whoever else has it too.
    func holding<Value>(_ subject: Subject, _ body: () async throws -> Value) async rethrows -> Value {
        counts.withLock { $0[subject, default: 0] += 1 }
        defer { release(subject) }
        return try await body()
    }

    /// The same, where nobody else has it; nil, and nothing is run, where somebody has.
    func holdingAlone<Value>(_ subject: Subject, _ body: () async throws -> Value) async rethrows -> Value? {
        let isFree = counts.withLock { counts in
            guard counts[subject] == nil else { return false }
            counts[subject] = 1
            return true
        }
        guard isFree else { return nil }
        defer { release(subject) }
        return try await body()
    }

    private func release(_ subject: Subject) {
        counts.withLock { counts in
            let left = (counts[subject] ?? 1) - 1
            counts[subject] = left > 0 ? left : nil
        }
    }
}
