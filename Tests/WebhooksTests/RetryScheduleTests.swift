import Payments
import Testing

@testable import Webhooks

@Suite struct RetryScheduleTests {
    static let now = Instant(microseconds: 1_769_800_000_123_456)
    /// After which attempt, and how many seconds later the next one is.
    static let schedule: [(attempt: Int, seconds: Int64)] = [
        (1, 5), (2, 30), (3, 120), (4, 600), (5, 3_600), (6, 21_600), (7, 86_400),
    ]

    private func delay(after attempt: Int, jitter: Double) -> Int64? {
        RetrySchedule.next(after: attempt, at: Self.now, jitter: jitter)
            .map { $0.microseconds - Self.now.microseconds }
    }

    @Test(arguments: schedule) func `a failed delivery is tried again on the schedule`(attempt: Int, seconds: Int64) {
        #expect(delay(after: attempt, jitter: 0) == seconds * 1_000_000)
    }

    @Test(arguments: schedule, [0.25, 0.5, 0.999_999, 1.0.nextDown])
    func `jitter makes it earlier by up to a tenth, never later`(step: (attempt: Int, seconds: Int64), jitter: Double)
        throws
    {
        let whole = step.seconds * 1_000_000
        let earlier = try #require(delay(after: step.attempt, jitter: jitter))
        #expect(earlier < whole)
        #expect(earlier >= whole / 10 * 9)
        #expect(abs(Double(whole - earlier) - Double(whole) * 0.1 * jitter) <= 1)
    }

    @Test(arguments: [8, 9, 100, 0, -1]) func `there is none after the last, nor after what is no attempt`(
        attempt: Int
    ) {
        #expect(delay(after: attempt, jitter: 0) == nil)
    }
}
