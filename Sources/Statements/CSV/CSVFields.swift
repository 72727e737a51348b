/// Divides a record's bytes into its fields.
enum CSVFields {
    case fields([String])
    /// A quote is still open at the end.
    case open
    case refused(String)

    private static let quote = UInt8(ascii: "\"")

    static func divide(_ bytes: [UInt8], _ delimiter: UInt8) -> CSVFields {
        var fields: [String] = []
        var index = 0
        while true {
            let text: String?
            if index < bytes.count, bytes[index] == quote {
                guard let (value, next) = quoted(bytes, from: index + 1) else { return .open }
                guard next == bytes.count || bytes[next] == delimiter else {
                    return .refused("something stands behind a closing quote")
                }
                (text, index) = (Self.text(value), next)
            } else {
                let stop = bytes[index...].firstIndex(of: delimiter) ?? bytes.count
                guard !bytes[index..<stop].contains(quote) else {
                    return .refused("a quote stands within a field that does not begin with one")
                }
                (text, index) = (Self.text(bytes[index..<stop]), stop)
            }
            guard let text else { return .refused("the line is no UTF-8 text") }
            fields.append(text)
            if index == bytes.count { return .fields(fields) }
            index += 1
        }
    }

    /// The value up to the closing quote, doubled ones made single, and what comes next; nil where there is no such.
    private static func quoted(_ bytes: [UInt8], from start: Int) -> (ArraySlice<UInt8>, Int)? {
        var (index, value) = (start, [UInt8]())
        while let stop = bytes[index...].firstIndex(of: quote) {
            if stop + 1 < bytes.count, bytes[stop + 1] == quote {
                value += bytes[index...stop]
                index = stop + 2
            } else {
                return (value.isEmpty ? bytes[index..<stop] : (value + bytes[index..<stop])[...], stop + 1)
            }
        }
        return nil
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String? {
        bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self)
    }
}
