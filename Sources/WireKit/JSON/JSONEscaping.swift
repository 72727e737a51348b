/// How a string is written between its quotes.
///
/// Beside what RFC 8259 asks for, U+2028 and U+2029 are escaped: they end a line in older JavaScript.
enum JSONEscaping {
    static func append(_ text: String, to output: inout [UInt8]) {
        var copy = text
        copy.withUTF8 { append($0, to: &output) }
    }

    /// Copies whole runs that need no escape; most strings are one run.
    private static func append(_ text: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
        var runStart = 0
        var index = 0
        while index < text.count {
            let byte = text[index]
            guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0xE2 else {
                index += 1
                continue
            }
            let length = byte == 0xE2 ? lineSeparatorLength(text, at: index) : 1
            guard length > 0 else {
                index += 1
                continue
            }
            output.append(contentsOf: UnsafeBufferPointer(rebasing: text[runStart..<index]))
            appendEscape(lastByte: text[index + length - 1], to: &output)
            index += length
            runStart = index
        }
        output.append(contentsOf: UnsafeBufferPointer(rebasing: text[runStart...]))
    }

    /// 3 where U+2028 or U+2029 stands (E2 80 A8, E2 80 A9), else 0.
    private static func lineSeparatorLength(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        text[index + 1] == 0x80 && text[index + 2] & 0xFE == 0xA8 ? 3 : 0
    }

    private static func appendEscape(lastByte byte: UInt8, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): output.append(byte)
        case 0x08: output.append(UInt8(ascii: "b"))
        case 0x09: output.append(UInt8(ascii: "t"))
        case 0x0A: output.append(UInt8(ascii: "n"))
        case 0x0C: output.append(UInt8(ascii: "f"))
        case 0x0D: output.append(UInt8(ascii: "r"))
        case 0xA8, 0xA9:
            output.append(contentsOf: "u202".utf8)
            output.append(byte - 0xA8 + UInt8(ascii: "8"))
        default:
            output.append(contentsOf: "u00".utf8)
            output.append(Hex.digit(byte >> 4))
            output.append(Hex.digit(byte & 0xF))
        }
    }
}
