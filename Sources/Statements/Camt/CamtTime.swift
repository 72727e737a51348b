import Payments

/// ISO 8601 as camt writes it.
enum CamtTime {
    /// `yyyy-MM-dd`, perhaps with a zone. Throws `Unreadable`.
    static func day(_ text: String) throws -> BookingTime {
        var cursor = Cursor(text)
        guard let date = date(&cursor), let offset = zone(cursor.rest) else {
            throw Unreadable("“\(text.shown)” is no date")
        }
        return BookingTime(day: date, offset: offset)
    }

    /// `yyyy-MM-ddTHH:mm:ss`, perhaps with a fraction and a zone. Throws `Unreadable`.
    static func moment(_ text: String) throws -> BookingTime {
        var cursor = Cursor(text)
        guard let date = date(&cursor), cursor.take(1) == "T", let hour = cursor.number(2), cursor.take(1) == ":",
            let minute = cursor.number(2), cursor.take(1) == ":", let second = cursor.number(2), hour < 24,
            minute < 60, second < 60
        else { throw Unreadable("“\(text.shown)” is no date and time") }
        var microseconds = 0
        if cursor.peek == UInt8(ascii: ".") {
            _ = cursor.take(1)
            let digits = cursor.while(\.isDigit)
            microseconds = Int((digits + "000000").prefix(6)) ?? 0
        }
        guard let offset = zone(cursor.rest) else { throw Unreadable("“\(text.shown)” is no date and time") }
        let seconds = hour * 3600 + minute * 60 + second
        return BookingTime(at: date.instant(seconds: seconds, microseconds: microseconds, offset: offset))
    }

    private static func date(_ cursor: inout Cursor) -> CivilDate? {
        guard let year = cursor.number(4), cursor.take(1) == "-", let month = cursor.number(2), cursor.take(1) == "-",
            let day = cursor.number(2)
        else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }

    /// Seconds east of UTC; Thailand's, where nothing is said.
    private static func zone(_ text: String) -> Int? {
        if text.isEmpty { return BookingTime.bankOffset }
        return ColumnMap.offset(text)
    }
}
