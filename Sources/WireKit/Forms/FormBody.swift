/// Bodies of type `application/x-www-form-urlencoded`, and query strings, which are written alike.
public enum FormBody {
    /// How many fields a body may have.
    public static let maximumFields = 256

    /// Reads the fields in order, repeated names included. Empty pieces (`a=1&&b=2`) are skipped and a piece
    /// without `=` is a name with an empty value.
    public static func parse(_ bytes: UnsafeRawBufferPointer) throws(FormError) -> [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "&")) ?? bytes.count
            if start < end {
                guard fields.count < maximumFields else { throw FormError(kind: .tooManyFields, offset: start) }
                let equals = bytes[start..<end].firstIndex(of: UInt8(ascii: "=")) ?? end
                let name = try decode(bytes, from: start, to: equals)
                let value = try decode(bytes, from: min(equals + 1, end), to: end)
                fields.append((name, value))
            }
            start = end + 1
        }
        return fields
    }

    /// Reads the fields of a body's bytes, in order.
    public static func parse(_ bytes: [UInt8]) throws(FormError) -> [(name: String, value: String)] {
        try bytes.withUnsafeBytes { buffer in
            Result { () throws(FormError) in try parse(buffer) }
        }.get()
    }

    /// Reads the fields of a body or of a query string without its `?`, in order.
    public static func parse(_ text: String) throws(FormError) -> [(name: String, value: String)] {
        try parse(Array(text.utf8))
    }

    /// Writes the fields in order: a space as `+`, all but letters, digits, `*`, `-`, `.` and `_` as `%XX`.
    public static func encode(_ fields: [(name: String, value: String)]) -> String {
        var output: [UInt8] = []
        for field in fields {
            if !output.isEmpty { output.append(UInt8(ascii: "&")) }
            append(field.name, to: &output)
            output.append(UInt8(ascii: "="))
            append(field.value, to: &output)
        }
        return String(decoding: output, as: UTF8.self)
    }
}

extension FormBody {
    private static let plain = ASCIISet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*-._")

    private static func append(_ text: String, to output: inout [UInt8]) {
        for byte in text.utf8 {
            if plain.contains(byte) {
                output.append(byte)
            } else if byte == UInt8(ascii: " ") {
                output.append(UInt8(ascii: "+"))
            } else {
                appendPercentEscape(of: byte, to: &output)
            }
        }
    }

    private static func decode(
        _ bytes: UnsafeRawBufferPointer, from start: Int, to end: Int
    ) throws(FormError) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(end - start)
        var index = start
        while index < end {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%") {
                guard end - index > 2, let high = Hex.value(of: bytes[index + 1]),
                    let low = Hex.value(of: bytes[index + 2])
                else { throw FormError(kind: .badEscape, offset: index) }
                text.append(high << 4 | low)
                index += 3
            } else {
                text.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
                index += 1
            }
        }
        guard let decoded = String(validating: text, as: UTF8.self) else {
            throw FormError(kind: .badUTF8, offset: start)
        }
        return decoded
    }
}
