import Payments

/// When a failed delivery is tried again: 5 s, 30 s, 2 min, 10 min, 1 h, 6 h and 24 h after the attempt before.
public enum RetrySchedule {
    static let delays: [Int64] = [5, 30, 120, 600, 3_600, 21_600, 86_400]

    /// When attempt `number` (counted from one) has failed at `now`: the instant of the next, or nil after the last.
    /// Up to a tenth earlier than the schedule says, by `jitter` in 0 ..< 1, so that deliveries do not move in step.
    public static func next(after number: Int, at now: Instant, jitter: Double) -> Instant? {
        guard delays.indices.contains(number - 1) else { return nil }
        let whole = delays[number - 1] * 1_000_000
        return Instant(microseconds: now.microseconds + whole - Int64(Double(whole) * 0.1 * jitter))
    }
}
