/// The origin of an `http` or `https` URL (RFC 6454), strictly read: what browsers may understand in another way than
/// this has none. Its text is made of letters, digits and `.-_:[]/` alone.
public struct WebOrigin: Hashable, Sendable {
    /// `http` or `https`.
    public let scheme: String
    /// In small letters; addresses of version 6 stand in their brackets.
    public let host: String
    /// 1 to 65535; nil where it is the scheme's own.
    public let port: Int?

    private static let ends = ASCIISet("/?#")
    private static let names = ASCIISet("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_")
    private static let addresses = ASCIISet("abcdefABCDEF0123456789:.")

    /// Nil for another scheme, a user's name, an empty or international host, or a port that is none.
    public init?(of url: String) {
        let text = url.utf8
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")), text[colon...].starts(with: "://".utf8) else {
            return nil
        }
        let scheme = String(url[..<colon]).lowercased()
        guard let own = ["http": 80, "https": 443][scheme] else { return nil }
        let authority = text[text.index(colon, offsetBy: 3)...].prefix { !Self.ends.contains($0) }
        guard let end = Self.endOfHost(authority), let port = Self.port(authority[end...], own) else { return nil }
        self.scheme = scheme
        host = String(decoding: authority[..<end], as: UTF8.self).lowercased()
        self.port = port == own ? nil : port
    }

    private static func endOfHost(_ authority: Substring.UTF8View) -> Substring.UTF8View.Index? {
        guard authority.first == UInt8(ascii: "[") else {
            let host = authority.prefix { $0 != UInt8(ascii: ":") }
            return !host.isEmpty && host.count <= 253 && host.allSatisfy(names.contains) ? host.endIndex : nil
        }
        let inside = authority.dropFirst().prefix { $0 != UInt8(ascii: "]") }
        guard inside.endIndex < authority.endIndex, (2...45).contains(inside.count),
            inside.allSatisfy(addresses.contains)
        else { return nil }
        return authority.index(after: inside.endIndex)
    }

    private static func port(_ text: Substring.UTF8View, _ own: Int) -> Int? {
        if text.isEmpty { return own }
        let digits = text.dropFirst()
        guard text.first == UInt8(ascii: ":"), (1...5).contains(digits.count),
            digits.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains),
            let port = Int(String(decoding: digits, as: UTF8.self)), (1...65_535).contains(port)
        else { return nil }
        return port
    }

    /// How a Content-Security-Policy names it. It has no way to name addresses of version 6, nor hosts with `_`: for
    /// those, every host of the scheme.
    public var policySource: String {
        if host.contains("[") || host.contains("_") { return scheme + ":" }
        return scheme + "://" + host + (port.map { ":\($0)" } ?? "")
    }
}
