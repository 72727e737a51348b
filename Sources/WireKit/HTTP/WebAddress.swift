import Foundation

/// Whether a text is an absolute `http` or `https` URL with a host and a port that there is, without white space or
/// control characters.
public func isWebAddress(_ text: String) -> Bool {
    guard text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F && !$0.properties.isWhitespace }),
        let parts = URL(string: text)
    else { return false }
    return ["http", "https"].contains(parts.scheme?.lowercased()) && !(parts.host ?? "").isEmpty
        && (1...65_535).contains(parts.port ?? 80)
}

/// Whether it is one that may be called for somebody: without a user's name or password in it, which would not be sent.
public func isCallableAddress(_ text: String) -> Bool {
    isWebAddress(text) && !text[..<endOfAuthority(text)].contains("@")
}

/// An address as it goes over the wire: behind the host, what no URL may hold, such as a letter beyond ASCII or a `%`
/// that begins no escape, becomes the escapes of its bytes, and the escapes that stand there stay as they are.
public func wireAddress(_ text: String) -> String {
    let host = endOfAuthority(text)
    let rest = Array(text[host...].utf8)
    var output: [UInt8] = []
    for (index, byte) in rest.enumerated() {
        let isEscape =
            byte == UInt8(ascii: "%") && index + 2 < rest.count
            && [rest[index + 1], rest[index + 2]].allSatisfy { Character(UnicodeScalar($0)).isHexDigit }
        if isEscape || plainInAddress.contains(byte) {
            output.append(byte)
        } else {
            appendPercentEscape(of: byte, to: &output)
        }
    }
    return text[..<host] + String(decoding: output, as: UTF8.self)
}

private let plainInAddress = ASCIISet(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#@!$&'()*+,;=")

/// Where user, host and port end.
private func endOfAuthority(_ text: String) -> String.Index {
    guard let slashes = text.firstRange(of: "://") else { return text.startIndex }
    return text[slashes.upperBound...].firstIndex { "/?#".contains($0) } ?? text.endIndex
}
