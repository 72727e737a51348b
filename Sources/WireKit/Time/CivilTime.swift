/// A date and a time of day as a calendar and a clock show them, in the proleptic Gregorian calendar.
///
/// Which offset from UTC it belongs to is the caller's to know. There are no leap seconds.
public struct CivilTime: Equatable, Sendable {
    /// Asia/Bangkok, seconds east of UTC. It has had no summer time since 1920.
    public static let bangkok = 25_200

    /// The year; formats are made for 0 to 9999.
    public let year: Int
    /// 1 to 12.
    public let month: Int
    /// 1 to 31.
    public let day: Int
    /// 0 to 23.
    public let hour: Int
    /// 0 to 59.
    public let minute: Int
    /// 0 to 59.
    public let second: Int
    /// 0 to 999,999.
    public let microsecond: Int

    /// What a clock `offsetSeconds` east of UTC shows at an instant.
    /// - Parameter microseconds: since 1970-01-01T00:00:00Z; any value, also before 1970.
    public init(microseconds: Int64, offsetSeconds: Int) {
        let (seconds, fraction) = floorDivided(Int(microseconds), by: 1_000_000)
        let (days, secondOfDay) = floorDivided(seconds + offsetSeconds, by: 86_400)
        (year, month, day) = Self.date(days: days)
        hour = secondOfDay / 3600
        minute = secondOfDay / 60 % 60
        second = secondOfDay % 60
        microsecond = fraction
    }

    /// A date and time from its fields; nil when there is no such day or time, or the year is not 0 to 9999.
    public init?(
        year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, microsecond: Int = 0
    ) {
        guard (0...9999).contains(year), (1...12).contains(month),
            (1...Self.daysInMonth(month, year: year)).contains(day),
            (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second),
            (0..<1_000_000).contains(microsecond)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
        self.microsecond = microsecond
    }

    /// The instant at which a clock `offsetSeconds` east of UTC shows this, in microseconds since 1970 UTC.
    public func microseconds(offsetSeconds: Int) -> Int64 {
        let days = Self.days(year: year, month: month, day: day)
        let seconds = days * 86_400 + hour * 3600 + minute * 60 + second - offsetSeconds
        // Near the ends of Int64 the product alone may leave the range that the sum comes back into.
        return Int64(seconds) &* 1_000_000 &+ Int64(microsecond)
    }
}

// Howard Hinnant's days_from_civil and civil_from_days. Years start in March, so that a leap day ends one;
// an era is 400 years, 146,097 days.
extension CivilTime {
    /// Days from 1970-01-01 to a date.
    private static func days(year: Int, month: Int, day: Int) -> Int {
        let (era, yearOfEra) = floorDivided(month <= 2 ? year - 1 : year, by: 400)
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The date so many days after 1970-01-01.
    private static func date(days: Int) -> (year: Int, month: Int, day: Int) {
        let (era, dayOfEra) = floorDivided(days + 719_468, by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    private static func daysInMonth(_ month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

/// Division that rounds down, so that the remainder is never negative.
private func floorDivided(_ value: Int, by divisor: Int) -> (quotient: Int, remainder: Int) {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
}
