import Logging
import Payments
import Store
import Synchronization

/// Which of the processes that share a database live.
///
/// Each beats once a second in a row of its own. One whose beat stands still for five seconds, by the watcher's own
/// steady time and while the database could be read, is dead: its row goes, and what it had in hand is anyone's.
public final class Presence: Sendable {
    private struct Seen {
        let beat: Int64
        let since: ContinuousClock.Instant
    }

    private struct State {
        var beat: Int64 = 0
        var others: [ProcessID: Seen] = [:]
    }

    private let store: Store
    private let process: ProcessID
    private let state = Mutex(State())

    /// How long a beat may stand still.
    static let patience = Duration.seconds(5)

    public init(of process: ProcessID, in store: Store) {
        self.process = process
        self.store = store
    }

    /// Begins to live. Before anything is taken in hand. Throws `StoreError`.
    public func begin() async throws {
        var changes = Changes(at: Instant(microseconds: 0))
        // Where only one process can have the database, whoever left a row there is dead.
        if !store.isShared { changes.add(.buryOthers(than: process)) }
        changes.add(.beat(process, 0))
        try await store.commit(changes)
    }

    /// Beats. Throws `StoreError`; then everybody's patience begins anew, for they could not beat either.
    public func beat() async throws {
        guard store.isShared else { return }
        try await forgettingOthers {
            let beat = state.withLock { state in
                state.beat += 1
                return state.beat
            }
            try await commit(.beat(process, beat))
        }
    }

    /// Looks at the others, and buries who has not beaten for too long by `now`. Not part of beating: a look may wait long
    /// behind others' reads. Throws as `beat` does.
    public func watch(now: @Sendable () -> ContinuousClock.Instant = { .now }) async throws {
        guard store.isShared else { return }
        try await forgettingOthers {
            let beats = try await store.read { try $0.processes() }
            for (dead, beat) in silent(beats, now()) { try await bury(dead, beat) }
        }
    }

    private func forgettingOthers(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch {
            state.withLock { $0.others = [:] }
            throw error
        }
    }

    /// Ends, and leaves what is in hand to others.
    public func end() async throws { try await commit(.leave(process)) }

    private func silent(_ beats: [ProcessID: Int64], _ now: ContinuousClock.Instant) -> [ProcessID: Int64] {
        state.withLock { state in
            var others: [ProcessID: Seen] = [:]
            for (other, beat) in beats where other != process {
                let seen = state.others[other].flatMap { $0.beat == beat ? $0 : nil }
                others[other] = seen ?? Seen(beat: beat, since: now)
            }
            state.others = others
            return others.filter { now - $0.value.since >= Self.patience }.mapValues(\.beat)
        }
    }

    private func bury(_ dead: ProcessID, _ beat: Int64) async throws {
        do {
            try await commit(.bury(dead, beat: beat))
        } catch StoreError.conflict(.stale) {
            // It has beaten after all, or another has buried it.
        }
    }

    private func commit(_ change: Change) async throws {
        var changes = Changes(at: Instant(microseconds: 0))
        changes.add(change)
        try await store.commit(changes)
    }
}
