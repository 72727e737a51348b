import Gateway
import Payments
import Synchronization

/// A clock that stands still, but for a millisecond at each look: what a test sees of time is how much it does, never
/// how long the machine takes over it. The time on the wall is real, for the other end of a signature looks at it too.
public final class SteadyClock: GatewayClock {
    private let last: Mutex<Int64>

    public init(at start: Instant) {
        last = Mutex(start.microseconds)
    }

    public func now() -> Instant {
        last.withLock { last in
            last += 1_000
            return Instant(microseconds: last)
        }
    }

    public func wallTime() -> Instant { SystemClock().wallTime() }
}
