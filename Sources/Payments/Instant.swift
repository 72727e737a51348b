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

/// A civil day at a fixed offset from UTC, as the number of days since 1970-01-01 there.
///
/// Thailand and Cambodia have kept UTC+7 without daylight saving since 1920, so a fixed offset is exact.
public struct CivilDay: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// Seconds east of UTC in Bangkok and Phnom Penh.
    public static let bangkokOffset: Int64 = 7 * 3600
    static let microsecondsPerDay: Int64 = 86_400_000_000

    public let number: Int64

    public init(number: Int64) { self.number = number }

    /// The day in Bangkok at `instant`.
    public init(bangkok instant: Instant) {
        let local = instant.microseconds + Self.bangkokOffset * 1_000_000
        number = local >= 0 ? local / Self.microsecondsPerDay : (local + 1) / Self.microsecondsPerDay - 1
    }

    public static func < (a: CivilDay, b: CivilDay) -> Bool { a.number < b.number }

    /// The day on which the calendar of that place shows day `number`: `yyyy-MM-dd`, by Howard Hinnant's
    /// civil_from_days.
    public var description: String {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let (day, month) = (dayOfYear - (153 * shiftedMonth + 2) / 5 + 1, (shiftedMonth + 2) % 12 + 1)
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }

    /// The day after this one.
    public var next: CivilDay { CivilDay(number: number + 1) }

    /// The midnight with which this day begins in Bangkok.
    public var bangkokMidnight: Instant {
        Instant(microseconds: number * Self.microsecondsPerDay - Self.bangkokOffset * 1_000_000)
    }
}

extension Instant {
    /// The next midnight in Bangkok strictly after this moment: the cut-off of the settlement day it belongs to.
    public var nextBangkokMidnight: Instant { CivilDay(bangkok: self).next.bangkokMidnight }
}
