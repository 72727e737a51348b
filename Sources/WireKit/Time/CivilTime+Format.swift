extension CivilTime {
    /// `yyyyMMddHHmmssSSS`; microseconds are cut, not rounded.
    public func compactMilliseconds() -> String {
        var text = DigitText(capacity: 17)
        text.append(date: self, separator: nil)
        text.append(time: self, separator: nil)
        text.append(microsecond / 1000, width: 3)
        return text.string
    }

    /// `yyyyMMdd`.
    public func compactDate() -> String {
        var text = DigitText(capacity: 8)
        text.append(date: self, separator: nil)
        return text.string
    }

    /// `yyyy-MM-dd HH:mm:ss`.
    public func spaced() -> String {
        var text = DigitText(capacity: 19)
        text.append(date: self, separator: UInt8(ascii: "-"))
        text.append(UInt8(ascii: " "))
        text.append(time: self, separator: UInt8(ascii: ":"))
        return text.string
    }

    /// `yyyy-MM-ddTHH:mm:ss.SSSZ`; microseconds are cut, not rounded. The Z is true of a time made with offset 0 only.
    public func iso8601Milliseconds() -> String { String(iso8601Microseconds().dropLast(4)) + "Z" }

    /// `yyyy-MM-ddTHH:mm:ss.ffffffZ`. The Z is true of a time made with offset 0 only.
    public func iso8601Microseconds() -> String {
        var text = DigitText(capacity: 27)
        text.append(date: self, separator: UInt8(ascii: "-"))
        text.append(UInt8(ascii: "T"))
        text.append(time: self, separator: UInt8(ascii: ":"))
        text.append(UInt8(ascii: "."))
        text.append(microsecond, width: 6)
        text.append(UInt8(ascii: "Z"))
        return text.string
    }
}

/// Digits of fixed width, gathered as bytes.
private struct DigitText {
    private var bytes: [UInt8] = []

    init(capacity: Int) {
        bytes.reserveCapacity(capacity)
    }

    var string: String {
        String(decoding: bytes, as: UTF8.self)
    }

    mutating func append(_ byte: UInt8?) {
        if let byte { bytes.append(byte) }
    }

    /// Appends a number with leading zeros; one that is wider is written whole, so that nothing is hidden.
    mutating func append(_ value: Int, width: Int) {
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        var divisor = 1
        for _ in 1..<width { divisor *= 10 }
        while value.magnitude / UInt(divisor) >= 10 { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(value.magnitude / UInt(divisor) % 10))
            divisor /= 10
        }
    }

    mutating func append(date time: CivilTime, separator: UInt8?) {
        append(time.year, width: 4)
        append(separator)
        append(time.month, width: 2)
        append(separator)
        append(time.day, width: 2)
    }

    mutating func append(time: CivilTime, separator: UInt8?) {
        append(time.hour, width: 2)
        append(separator)
        append(time.minute, width: 2)
        append(separator)
        append(time.second, width: 2)
    }
}
