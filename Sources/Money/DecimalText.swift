/// `value` × 10^-exponent in decimal digits, padded to at least `decimals` and with no other trailing zeros.
func decimalText(_ value: Int64, exponent: Int, decimals: Int) -> String {
    var magnitude = value.magnitude
    var fraction = exponent
    while fraction > max(decimals, 0), magnitude.isMultiple(of: 10) {
        magnitude /= 10
        fraction -= 1
    }
    let padding = max(0, decimals - fraction)
    let hasPoint = fraction + padding > 0
    let size = (value < 0 ? 1 : 0) + max(digitCount(magnitude), fraction + 1) + (hasPoint ? 1 : 0) + padding

    return String(unsafeUninitializedCapacity: size) { buffer in
        var end = size
        func write(_ byte: UInt8) {
            end -= 1
            buffer[end] = byte
        }
        func writeDigit() {
            write(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: magnitude % 10))
            magnitude /= 10
        }
        for _ in 0..<padding { write(UInt8(ascii: "0")) }
        for _ in 0..<fraction { writeDigit() }
        if hasPoint { write(UInt8(ascii: ".")) }
        repeat { writeDigit() } while magnitude > 0
        if value < 0 { write(UInt8(ascii: "-")) }
        return size
    }
}

private func digitCount(_ value: UInt64) -> Int {
    var count = 1
    var rest = value / 10
    while rest > 0 {
        count += 1
        rest /= 10
    }
    return count
}
