/// The text with `&`, `<`, `>`, `"` and `'` as references: safe as HTML text and inside a quoted attribute.
public func htmlEscaped(_ text: String) -> String {
    guard text.utf8.contains(where: { htmlReference(for: $0) != nil }) else { return text }
    var output: [UInt8] = []
    output.reserveCapacity(text.utf8.count + 32)
    for byte in text.utf8 {
        if let reference = htmlReference(for: byte) {
            reference.withUTF8Buffer { output.append(contentsOf: $0) }
        } else {
            output.append(byte)
        }
    }
    return String(decoding: output, as: UTF8.self)
}

private func htmlReference(for byte: UInt8) -> StaticString? {
    switch byte {
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    case UInt8(ascii: "\""): "&quot;"
    case UInt8(ascii: "'"): "&#39;"
    default: nil
    }
}
