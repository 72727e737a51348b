/// Base 64 of RFC 4648, with the standard and with the URL-safe alphabet.
///
/// Decoding takes exactly what encoding gives: one text for one value, so no second spelling of a signature passes.
public enum Base64 {
    /// The standard alphabet, padded with `=`.
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        encode(Array(bytes), sixtyThird: UInt8(ascii: "+"), sixtyFourth: UInt8(ascii: "/"), padded: true)
    }

    /// The URL-safe alphabet, without padding.
    public static func encodeURL(_ bytes: some Sequence<UInt8>) -> String {
        encode(Array(bytes), sixtyThird: UInt8(ascii: "-"), sixtyFourth: UInt8(ascii: "_"), padded: false)
    }

    /// Reads the standard alphabet with its padding; nil for white space, missing padding or anything else.
    public static func decode(_ text: String) -> [UInt8]? {
        var digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 4) else { return nil }
        for _ in 0..<2 where digits.last == UInt8(ascii: "=") {
            digits.removeLast()
        }
        return decode(digits, sixtyThird: UInt8(ascii: "+"), sixtyFourth: UInt8(ascii: "/"))
    }

    /// Reads the URL-safe alphabet without padding; nil for anything else.
    public static func decodeURL(_ text: String) -> [UInt8]? {
        decode(Array(text.utf8), sixtyThird: UInt8(ascii: "-"), sixtyFourth: UInt8(ascii: "_"))
    }
}

extension Base64 {
    private static func encode(_ bytes: [UInt8], sixtyThird: UInt8, sixtyFourth: UInt8, padded: Bool) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let count = min(3, bytes.count - start)
            var group = UInt32(bytes[start]) << 16
            if count > 1 { group |= UInt32(bytes[start + 1]) << 8 }
            if count > 2 { group |= UInt32(bytes[start + 2]) }
            for position in 0...count {
                let value = UInt8(truncatingIfNeeded: group >> (18 - 6 * UInt32(position))) & 0x3F
                text.append(digit(value, sixtyThird: sixtyThird, sixtyFourth: sixtyFourth))
            }
            if padded, count < 3 {
                text.append(contentsOf: repeatElement(UInt8(ascii: "="), count: 3 - count))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads digits without padding. One digit too many, or bits left over that are not zero, are refused.
    private static func decode(_ digits: [UInt8], sixtyThird: UInt8, sixtyFourth: UInt8) -> [UInt8]? {
        guard digits.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count * 3 / 4)
        var pending: UInt32 = 0
        var pendingBits: UInt32 = 0
        for digit in digits {
            guard let value = value(of: digit, sixtyThird: sixtyThird, sixtyFourth: sixtyFourth) else { return nil }
            pending = pending << 6 | UInt32(value)
            pendingBits += 6
            if pendingBits >= 8 {
                pendingBits -= 8
                bytes.append(UInt8(truncatingIfNeeded: pending >> pendingBits))
                pending &= 1 << pendingBits - 1
            }
        }
        return pending == 0 ? bytes : nil
    }

    private static func digit(_ value: UInt8, sixtyThird: UInt8, sixtyFourth: UInt8) -> UInt8 {
        switch value {
        case 0..<26: value + UInt8(ascii: "A")
        case 26..<52: value - 26 + UInt8(ascii: "a")
        case 52..<62: value - 52 + UInt8(ascii: "0")
        case 62: sixtyThird
        default: sixtyFourth
        }
    }

    private static func value(of digit: UInt8, sixtyThird: UInt8, sixtyFourth: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): digit - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0") + 52
        case sixtyThird: 62
        case sixtyFourth: 63
        default: nil
        }
    }
}
