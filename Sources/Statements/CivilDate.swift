import Payments

/// A day of the calendar, as statements write it.
struct CivilDate: Hashable, CustomStringConvertible {
    let year: Int
    let month: Int
    let day: Int

    /// Nil where there is no such day, or it is of another age than banks' computers.
    init?(year: Int, month: Int, day: Int) {
        guard (1900...2999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.length(of: month, year)
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// `yyyy-MM-dd`.
    var description: String { "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)" }

    /// The moment at which clocks `offset` seconds east of UTC show this day and so many seconds of it.
    func instant(seconds: Int = 0, microseconds: Int = 0, offset: Int) -> Instant {
        Instant(microseconds: Int64(days * 86_400 + seconds - offset) * 1_000_000 + Int64(microseconds))
    }

    /// Days since 1970-01-01, by Howard Hinnant's days_from_civil: years begin in March, so that a leap day ends one.
    var days: Int {
        let shifted = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = (shifted / 400, shifted % 400)
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func length(of month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

/// When a line was credited: to the moment, or where the bank writes a date alone, at any time of that day.
///
/// The day is not narrowed to some hour of it: a deposit may have been paid at any. The matcher takes the line for each
/// deposit whose window the day touches, and leaves it to a person where those are several.
struct BookingTime {
    /// As the statement writes it, or Bangkok's at the moment that it tells.
    let day: CivilDay
    let at: Instant
    let until: Instant?

    /// Seconds east of UTC where a statement names no zone: Thailand's.
    static let bankOffset = 7 * 3600

    init(day: CivilDate, offset: Int = Self.bankOffset) {
        self.day = CivilDay(number: Int64(day.days))
        at = day.instant(offset: offset)
        until = Instant(microseconds: at.microseconds + 86_400 * 1_000_000 - 1)
    }

    init(at: Instant) {
        (day, self.at, until) = (CivilDay(bangkok: at), at, nil)
    }

    /// A time of which the seconds are not told.
    init(minute: Instant) {
        (day, at) = (CivilDay(bangkok: minute), minute)
        until = Instant(microseconds: minute.microseconds + 60 * 1_000_000 - 1)
    }
}
