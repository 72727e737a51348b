/// One field: a tag of two digits and its value.
public struct EMVField: Hashable, Sendable {
    /// Two digits.
    public let tag: String
    /// 1 to 99 characters.
    public let value: String

    /// A field as it is; the writer checks it.
    public init(_ tag: String, _ value: String) {
        self.tag = tag
        self.value = value
    }
}

/// Fields of a payload or a template: tag, length and value, one after another (EMVCo MPM 3). A length counts
/// characters, which are Unicode scalars here; outside tag 64 they are bytes as well.
public enum TLV {
    /// Reads fields in their order.
    /// - Throws: `.badTag`, `.truncated`, `.badLength`, `.duplicate`, for tags below `path`.
    public static func read(_ text: String, path: String = "") throws(EMVQRError) -> [EMVField] {
        var reader = Reader(scalars: Array(text.unicodeScalars), path: path)
        var fields: [EMVField] = []
        var seen: Set<String> = []
        while let field = try reader.next() {
            guard seen.insert(field.tag).inserted else { throw .duplicate(tag: path + field.tag) }
            fields.append(field)
        }
        return fields
    }

    /// Writes fields in the order given.
    /// - Throws: `.badTag`, `.badLength`, `.duplicate`.
    public static func write(_ fields: [EMVField], path: String = "") throws(EMVQRError) -> String {
        var text = ""
        var seen: Set<String> = []
        for field in fields {
            guard field.tag.utf8.count == 2, isDigits(field.tag) else {
                throw .badTag(at: text.unicodeScalars.count)
            }
            let count = field.value.unicodeScalars.count
            guard 1...99 ~= count else { throw .badLength(tag: path + field.tag) }
            guard seen.insert(field.tag).inserted else { throw .duplicate(tag: path + field.tag) }
            text += field.tag + (count < 10 ? "0" : "") + String(count) + field.value
        }
        return text
    }

    private struct Reader {
        let scalars: [Unicode.Scalar]
        let path: String
        var position = 0

        init(scalars: [Unicode.Scalar], path: String) {
            self.scalars = scalars
            self.path = path
        }

        mutating func next() throws(EMVQRError) -> EMVField? {
            guard position < scalars.count else { return nil }
            guard let number = twoDigits() else { throw .badTag(at: position) }
            let tag = (number < 10 ? "0" : "") + String(number)
            position += 2
            guard position + 2 <= scalars.count else { throw .truncated(tag: path + tag) }
            guard let length = twoDigits(), length > 0 else { throw .badLength(tag: path + tag) }
            position += 2
            guard position + length <= scalars.count else { throw .truncated(tag: path + tag) }
            var value = String.UnicodeScalarView()
            value.append(contentsOf: scalars[position..<position + length])
            position += length
            return EMVField(tag, String(value))
        }

        private func twoDigits() -> Int? {
            guard position + 2 <= scalars.count else { return nil }
            let (tens, ones) = (scalars[position].value, scalars[position + 1].value)
            guard 48...57 ~= tens, 48...57 ~= ones else { return nil }
            return Int((tens - 48) * 10 + ones - 48)
        }
    }
}

/// Whether a text is digits and nothing else; an empty one is.
func isDigits(_ text: String) -> Bool {
    text.utf8.allSatisfy { 48...57 ~= $0 }
}

/// Whether a text is printable ASCII and nothing else.
func isPrintableASCII(_ text: String) -> Bool {
    text.utf8.allSatisfy { 0x20...0x7E ~= $0 }
}
