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

/// The proleptic Gregorian calendar, by Howard Hinnant's days_from_civil and civil_from_days: years begin in March, so
/// that a leap day ends one, and an era is 400 years, 146,097 days.
extension CivilDay {
    /// Nil where there is no such day, or the year is not 0 to 9999.
    public init?(year: Int, month: Int, day: Int) {
        guard (0...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        let first = CivilDay(firstOf: month, year)
        guard Int64(day) <= CivilDay(firstAfter: month, year).number - first.number else { return nil }
        self.init(number: first.number + Int64(day) - 1)
    }

    /// The first day of a month, 1 to 12; any year from -1 on.
    init(firstOf month: Int, _ year: Int) {
        let shifted = Int64(month <= 2 ? year - 1 : year) + 400
        let (era, yearOfEra) = (shifted / 400 - 1, shifted % 400)
        let dayOfYear = Int64((153 * ((month + 9) % 12) + 2) / 5)
        number = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The day after the last of a month.
    init(firstAfter month: Int, _ year: Int) {
        self = month == 12 ? CivilDay(firstOf: 1, year + 1) : CivilDay(firstOf: month + 1, year)
    }

    /// What the calendar of that place shows.
    public var date: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let (day, month) = (dayOfYear - (153 * shiftedMonth + 2) / 5 + 1, (shiftedMonth + 2) % 12 + 1)
        return (Int(yearOfEra + era * 400 + (month <= 2 ? 1 : 0)), Int(month), Int(day))
    }

    /// `yyyy-MM-dd`.
    public var description: String {
        let (year, month, day) = date
        return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }
}
