/// A moment: microseconds since 1970-01-01 00:00 UTC. The domain never reads a clock; instants come in as arguments.
public struct Instant: Hashable, Comparable, Sendable, Codable {
    public let microseconds: Int64

    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    public static func < (a: Instant, b: Instant) -> Bool { a.microseconds < b.microseconds }

    /// The moment `seconds` later (earlier when negative).
    public func adding(seconds: Int64) -> Instant {
        Instant(microseconds: microseconds + seconds * 1_000_000)
    }

    /// Whole seconds from `earlier` to this moment, rounded towards zero.
    public func seconds(since earlier: Instant) -> Int64 {
        (microseconds - earlier.microseconds) / 1_000_000
    }
}
