import Payments
import Store

extension Gateway {
    /// Wipes the security codes of expired tokens made since `since`, and deletes what ended long ago. Returns the
    /// instant up to which codes are wiped.
    public func sweep(codesSince since: Instant) async throws -> Instant {
        let now = clock.now()
        while true {
            var changes = Changes(at: now)
            changes.add(.sweep(codesSince: since))
            try await commit(changes)
            guard try await read({ try $0.hasMoreToSweep(at: now) }) else { break }
        }
        return now.adding(seconds: -CardToken.lifetimeSeconds)
    }
}
