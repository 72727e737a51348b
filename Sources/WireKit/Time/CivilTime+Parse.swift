extension CivilTime {
    /// Reads `yyyyMMdd`, eight digits that name a day there is; the time is midnight.
    public init?(compactDate text: String) {
        var reader = DigitReader(text)
        guard let year = reader.number(4), let month = reader.number(2), let day = reader.number(2), reader.isAtEnd
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Reads `yyyy-MM-ddTHH:mm:ssZ` with up to six digits of fraction; nothing else of ISO 8601.
    public init?(iso8601 text: String) {
        var reader = DigitReader(text)
        guard let time = reader.civilTime(), reader.take("Z"), reader.isAtEnd else { return nil }
        self = time
    }

    /// The instant that `yyyy-MM-ddTHH:mm:ss` names, with up to six digits of fraction, and `Z` or an offset from UTC such
    /// as `+07:00`, `+0700` or `+07` behind it: in microseconds since 1970 UTC. Nil for anything else.
    public static func instant(iso8601 text: String) -> Int64? {
        var reader = DigitReader(text)
        guard let time = reader.civilTime(), let offset = reader.offset(), reader.isAtEnd else { return nil }
        return time.microseconds(offsetSeconds: offset)
    }
}

/// Reads fields of fixed width from a text.
private struct DigitReader {
    private var rest: Substring.UTF8View

    init(_ text: String) {
        rest = text[...].utf8
    }

    var isAtEnd: Bool {
        rest.isEmpty
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    /// The number in exactly `width` digits.
    mutating func number(_ width: Int) -> Int? {
        var value = 0
        for _ in 0..<width {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// The microseconds after the seconds: none, or a point and one to six digits.
    mutating func fraction() -> Int? {
        guard take(".") else { return 0 }
        guard var value = digit() else { return nil }
        for _ in 1..<6 {
            value = value * 10 + (digit() ?? 0)
        }
        return value
    }

    /// `yyyy-MM-ddTHH:mm:ss` with up to six digits of fraction.
    mutating func civilTime() -> CivilTime? {
        guard let year = number(4), take("-"), let month = number(2), take("-"), let day = number(2), take("T"),
            let hour = number(2), take(":"), let minute = number(2), take(":"), let second = number(2),
            let microsecond = fraction()
        else { return nil }
        return CivilTime(
            year: year, month: month, day: day, hour: hour, minute: minute, second: second, microsecond: microsecond)
    }

    /// The seconds east of UTC: of `Z` none, else hours and, with or without a colon, minutes behind a sign.
    mutating func offset() -> Int? {
        if take("Z") { return 0 }
        let isEast = take("+")
        guard isEast || take("-"), let hours = number(2), hours < 24 else { return nil }
        var minutes = 0
        if !isAtEnd {
            _ = take(":")
            guard let given = number(2), given < 60 else { return nil }
            minutes = given
        }
        return (isEast ? 1 : -1) * (hours * 3_600 + minutes * 60)
    }

    private mutating func digit() -> Int? {
        guard let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        rest.removeFirst()
        return Int(byte - UInt8(ascii: "0"))
    }
}
