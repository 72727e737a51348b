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
