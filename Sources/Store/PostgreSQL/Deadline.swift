import Foundation

/// An instant of the machine's own steady time.
struct Deadline: Sendable, Comparable {
    static func < (a: Deadline, b: Deadline) -> Bool { a.end < b.end }

    private let end: ContinuousClock.Instant

    init(after limit: Duration) { end = ContinuousClock.now + limit }

    var left: Duration { end - ContinuousClock.now }
    var hasPassed: Bool { left <= .zero }
    /// Rounded up, so that what is left is never cut off.
    var millisecondsLeft: Int32 {
        let (seconds, attoseconds) = left.components
        guard seconds >= 0, attoseconds >= 0, seconds > 0 || attoseconds > 0 else { return 0 }
        return Int32(clamping: seconds * 1_000 + attoseconds / 1_000_000_000_000_000 + 1)
    }

    var date: Date {
        let (seconds, attoseconds) = left.components
        return Date(timeIntervalSinceNow: TimeInterval(seconds) + TimeInterval(attoseconds) / 1e18)
    }
}
