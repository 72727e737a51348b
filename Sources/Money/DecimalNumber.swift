/// A decimal number as it was read, exactly: ±magnitude × 10^power, with no trailing zero in the magnitude.
struct DecimalNumber {
    private var isNegative = false
    private var magnitude: UInt64 = 0
    private var power = 0
    /// More significant digits than the magnitude holds; the magnitude then only tells that it is not zero.
    private var isTooLong = false
    /// Zeros read since the last other digit: part of the magnitude only if another digit follows.
    private var zeros = 0

    /// - Throws: `.malformed`.
    init(parsing text: String) throws(MoneyError) {
        var bytes = text.utf8.makeIterator()
        var byte = bytes.next()
        if byte == UInt8(ascii: "-") {
            isNegative = true
            byte = bytes.next()
        }
        guard readDigits(from: &byte, &bytes) > 0 else { throw .malformed }
        if byte == UInt8(ascii: ".") {
            byte = bytes.next()
            let decimals = readDigits(from: &byte, &bytes)
            guard decimals > 0 else { throw .malformed }
            power = -decimals
        }
        power += zeros
        if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
            byte = bytes.next()
            power += try Self.exponent(from: &byte, &bytes)
        }
        guard byte == nil else { throw .malformed }
    }

    /// The number as a count of 10^-exponent.
    /// - Throws: `.tooManyDecimals` when it has more than `decimals` (at most `exponent`); else `.outOfRange`.
    func scaled(by exponent: Int, decimals: Int) throws(MoneyError) -> Int64 {
        if magnitude == 0 { return 0 }
        guard -power <= decimals else { throw .tooManyDecimals(allowed: decimals) }
        // 10^19 alone is beyond an Int64.
        let shift = power + exponent
        guard !isTooLong, shift < 19 else { throw .outOfRange }
        var result = magnitude
        for _ in 0..<shift {
            let (product, overflow) = result.multipliedReportingOverflow(by: 10)
            if overflow { throw .outOfRange }
            result = product
        }
        guard result <= (isNegative ? Int64.min : Int64.max).magnitude else { throw .outOfRange }
        return Int64(bitPattern: isNegative ? 0 &- result : result)
    }

    /// Takes in digits and returns how many there were.
    private mutating func readDigits(from byte: inout UInt8?, _ bytes: inout String.UTF8View.Iterator) -> Int {
        var count = 0
        while let digit = digitValue(byte) {
            take(digit)
            count += 1
            byte = bytes.next()
        }
        return count
    }

    private mutating func take(_ digit: UInt8) {
        if digit == 0 {
            if magnitude != 0 { zeros += 1 }
            return
        }
        while !isTooLong, zeros >= 0 {
            let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
            if overflow { isTooLong = true } else { magnitude = product }
            zeros -= 1
        }
        zeros = 0
        if isTooLong { return }
        let (sum, overflow) = magnitude.addingReportingOverflow(UInt64(digit))
        if overflow { isTooLong = true } else { magnitude = sum }
    }

    /// Reads a signed exponent. It stops growing where no text is long enough to bring the value back into range.
    private static func exponent(
        from byte: inout UInt8?, _ bytes: inout String.UTF8View.Iterator
    ) throws(MoneyError) -> Int {
        let isNegative = byte == UInt8(ascii: "-")
        if isNegative || byte == UInt8(ascii: "+") { byte = bytes.next() }
        guard digitValue(byte) != nil else { throw .malformed }
        var value = 0
        while let digit = digitValue(byte) {
            if value < 1_000_000_000_000_000 { value = value * 10 + Int(digit) }
            byte = bytes.next()
        }
        return isNegative ? -value : value
    }
}

private func digitValue(_ byte: UInt8?) -> UInt8? {
    guard let byte, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
    return byte - UInt8(ascii: "0")
}
