import Payments
import Store

extension Gateway {
    /// How much of the tokens' time one commit looks through, in seconds.
    private static let sweepWindow: Int64 = 1_800
    /// What is older than this, in seconds, is deleted anyway.
    private static let sweepReach: Int64 = 86_400 + 3_600

    /// Wipes the security codes of expired tokens made since `since`, and deletes what ended long ago, a bounded piece
    /// at a time so that nobody waits long. Returns the instant up to which codes are wiped.
    public func sweep(codesSince since: Instant) async throws -> Instant {
        let now = clock.now()
        let end = now.adding(seconds: -CardToken.lifetimeSeconds)
        var from = max(since, now.adding(seconds: -Self.sweepReach))
        while from < end {
            let to = min(from.adding(seconds: Self.sweepWindow), end)
            try await commit(.wipeCodes(madeFrom: from, to: to), at: now)
            from = to
        }
        repeat {
            try await commit(.sweep(wallTime: clock.wallTime()), at: now)
        } while try await read({ try $0.hasMoreToSweep(at: now, wallTime: clock.wallTime()) })
        return end
    }

    private func commit(_ change: Change, at now: Instant) async throws {
        var changes = Changes(at: now)
        changes.add(change)
        try await commit(changes)
    }
}
