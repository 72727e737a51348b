import Payments
import Store
import Synchronization

/// Increasing numbers that APIs show for objects, per dialect, merchant and kind, from 1.
///
/// A process takes blocks of them in commits of their own. What is left of a block when it ends is never used.
final class NumberSource: Sendable {
    static let block: Int64 = 20

    private struct Block {
        var next: Int64
        let last: Int64
    }

    private struct State {
        var blocks: [CounterName: Block] = [:]
        var refills: [CounterName: Task<Void, any Error>] = [:]
        /// How often everything was forgotten: a block that was taken before is not used.
        var forgotten = 0
    }

    private let state = Mutex(State())

    /// The next number. `reserve` takes a block and returns its numbers.
    func next(
        _ name: CounterName, reserve: @escaping @Sendable () async throws -> ClosedRange<Int64>
    ) async throws -> Int64 {
        while true {
            if let number = take(name) { return number }
            try await refill(name, reserve).value
        }
    }

    /// Forgets what is left of every block.
    func forget() {
        state.withLock { state in
            state.blocks = [:]
            state.forgotten += 1
        }
    }

    private func take(_ name: CounterName) -> Int64? {
        state.withLock { state in
            guard let block = state.blocks[name], block.next <= block.last else { return nil }
            state.blocks[name]?.next += 1
            return block.next
        }
    }

    /// The one reservation that everybody who needs a number waits for.
    private func refill(
        _ name: CounterName, _ reserve: @escaping @Sendable () async throws -> ClosedRange<Int64>
    ) -> Task<Void, any Error> {
        state.withLock { state in
            if let running = state.refills[name] { return running }
            let forgotten = state.forgotten
            let task = Task {
                defer { self.state.withLock { $0.refills[name] = nil } }
                let range = try await reserve()
                self.state.withLock { state in
                    guard state.forgotten == forgotten else { return }
                    state.blocks[name] = Block(next: range.lowerBound, last: range.upperBound)
                }
            }
            state.refills[name] = task
            return task
        }
    }
}

/// Numbers, and values that are used once.
extension Gateway {
    /// The next number of a kind: increasing, with gaps where a process ended. Taken for good, whatever becomes of it.
    public func number(
        _ kind: Alias.Kind, dialect: DialectID, merchant: MerchantID
    ) async throws -> Int64 {
        let name = CounterName(kind, dialect: dialect, merchant: merchant)
        return try await numbers.next(name) { try await reserve(NumberSource.block, of: name).asRange }
    }

    /// Forgets the numbers that this process has taken and not used: after everything was erased they begin anew.
    public func forgetNumbers() { numbers.forget() }

    /// Uses a one-time value up. It may be forgotten once the wall clock is past `expires`. Throws
    /// `GatewayFault.nonceUsed` where it was used before.
    public func spend(_ nonce: Nonce) async throws {
        var changes = Changes(at: clock.now())
        changes.add(.spendNonce(nonce))
        do {
            try await commit(changes)
        } catch StoreError.conflict(.duplicate) {
            throw GatewayFault.nonceUsed
        }
    }

    /// Takes `count` numbers and returns them.
    func reserve(_ count: Int64, of name: CounterName) async throws -> Range<Int64> {
        // Who loses has lost to somebody who won: with enough attempts everybody's turn comes.
        for _ in 1..<Self.reservationAttempts {
            do {
                return try await take(count, of: name)
            } catch StoreError.conflict(.stale) {
                continue
            }
        }
        return try await retrying { try await take(count, of: name) }
    }

    private static let reservationAttempts = 64

    private func take(_ count: Int64, of name: CounterName) async throws -> Range<Int64> {
        let last = try await read { try $0.counter(name) }
        var changes = Changes(at: clock.now())
        changes.add(.takeNumbers(name, after: last, upTo: last + count))
        try await commit(changes)
        return last + 1..<last + 1 + count
    }
}

extension Range<Int64> {
    fileprivate var asRange: ClosedRange<Int64> { lowerBound...upperBound - 1 }
}
