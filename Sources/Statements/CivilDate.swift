import Payments

/// A day of the calendar, as statements write it.
struct CivilDate: Hashable, CustomStringConvertible {
    let day: CivilDay

    /// Nil where there is no such day, or it is of another age than banks' computers.
    init?(year: Int, month: Int, day: Int) {
        guard (1900...2999).contains(year), let day = CivilDay(year: year, month: month, day: day) else { return nil }
        self.day = day
    }

    /// `yyyy-MM-dd`.
    var description: String { day.description }

    /// The moment at which clocks `offset` seconds east of UTC show this day and so many seconds of it.
    func instant(seconds: Int = 0, microseconds: Int = 0, offset: Int) -> Instant {
        Instant(microseconds: (day.number * 86_400 + Int64(seconds - offset)) * 1_000_000 + Int64(microseconds))
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
        self.day = day.day
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
