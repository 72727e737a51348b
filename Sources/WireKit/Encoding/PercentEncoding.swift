/// A set of ASCII characters.
public struct ASCIISet: Equatable, Sendable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    /// The set of these characters; what is not ASCII is left out.
    public init(_ characters: String) {
        for byte in characters.utf8 {
            if byte < 64 {
                low |= 1 << UInt64(byte)
            } else if byte < 128 {
                high |= 1 << UInt64(byte - 64)
            }
        }
    }

    /// Whether the character with this code is in the set.
    public func contains(_ byte: UInt8) -> Bool {
        switch byte {
        case 0..<64: low >> UInt64(byte) & 1 == 1
        case 64..<128: high >> UInt64(byte - 64) & 1 == 1
        default: false
        }
    }

    /// What RFC 3986 never needs escaped: letters, digits, `-`, `.`, `_` and `~`.
    public static let unreserved = ASCIISet(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}

/// Writes every byte that is not `allowed` as `%XX`, in upper case as RFC 3986 asks.
public func percentEncode(_ text: String, allowing allowed: ASCIISet = .unreserved) -> String {
    var output: [UInt8] = []
    output.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
        if allowed.contains(byte) {
            output.append(byte)
        } else {
            appendPercentEscape(of: byte, to: &output)
        }
    }
    return String(decoding: output, as: UTF8.self)
}

/// Reads `%XX` escapes and leaves the rest, `+` included. Nil for a broken escape, or when the bytes are not UTF-8.
public func percentDecode(_ text: String) -> String? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    var input = text.utf8.makeIterator()
    while let byte = input.next() {
        guard byte == UInt8(ascii: "%") else {
            bytes.append(byte)
            continue
        }
        guard let high = input.next().flatMap(Hex.value(of:)), let low = input.next().flatMap(Hex.value(of:)) else {
            return nil
        }
        bytes.append(high << 4 | low)
    }
    return String(validating: bytes, as: UTF8.self)
}

func appendPercentEscape(of byte: UInt8, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "%"))
    output.append(Hex.upperDigit(byte >> 4))
    output.append(Hex.upperDigit(byte & 0xF))
}
