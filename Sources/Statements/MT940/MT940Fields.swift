/// A field of an MT940 message: a tag and its lines.
struct MT940Field {
    let tag: String
    /// Where it begins in the file.
    let line: Int
    var lines: [String]
    /// Why it cannot be read, if so.
    var fault: String?

    /// The most lines that a field is read of; :86: may have six.
    static let mostLines = 64

    mutating func append(_ text: String?) {
        guard let text else {
            fault = fault ?? "the line is no UTF-8 text"
            return
        }
        guard lines.count < Self.mostLines else {
            fault = fault ?? "the field :\(tag): has more than \(Self.mostLines) lines"
            return
        }
        lines.append(text)
    }
}

/// What a line of an MT940 file is.
enum MT940Line {
    case blank
    /// `{1:…}{2:…}{4:`, the envelope of a message.
    case envelope
    /// `-` or `-}`: the end of a message.
    case end
    /// `:61:…`
    case field(tag: String, rest: String?)
    /// What belongs to the field before.
    case more(String?)

    init(_ line: FileLine) {
        let bytes = line.bytes
        if line.isBlank {
            self = .blank
        } else if bytes[0] == UInt8(ascii: "{") {
            self = .envelope
        } else if bytes == [UInt8(ascii: "-")] || bytes.starts(with: [UInt8(ascii: "-"), UInt8(ascii: "}")]) {
            self = .end
        } else if let tag = Self.tag(bytes) {
            let rest = FileLine(number: line.number, bytes: Array(bytes.dropFirst(tag.utf8.count + 2)))
            self = .field(tag: tag, rest: line.isTooLong ? nil : rest.text)
        } else {
            self = .more(line.isTooLong ? nil : line.text)
        }
    }

    /// Two digits and perhaps a letter between colons.
    private static func tag(_ bytes: [UInt8]) -> String? {
        guard bytes.count >= 4, bytes[0] == UInt8(ascii: ":"), bytes[1].isDigit, bytes[2].isDigit else { return nil }
        let length = bytes[3] == UInt8(ascii: ":") ? 2 : 3
        guard length == 2 || bytes.count > 4 && bytes[4] == UInt8(ascii: ":") && bytes[3].isCapital else { return nil }
        return String(decoding: bytes[1...length], as: UTF8.self)
    }
}

extension UInt8 {
    var isDigit: Bool { (48...57).contains(self) }
    var isCapital: Bool { (65...90).contains(self) }
}
