import WireKit

/// A picture that a shop shows of itself or its goods, from a server of its own. A page with one lets the browser load
/// pictures from that server too, and from nowhere else.
public struct ShopPicture: Sendable, Equatable {
    /// The address as the shop gave it.
    let address: String
    /// Scheme, host and port, as a browser's policy names them.
    let origin: String

    /// Takes `https://` with the name of a host, a port or none, and a path in the characters of an address. Nil for
    /// everything else: another scheme, a name and password, an address in numbers, a host of this network, a space or
    /// a quotation mark anywhere.
    public init?(_ address: String) {
        let scheme = "https://"
        guard address.lowercased().hasPrefix(scheme), address.utf8.allSatisfy(Self.characters.contains) else {
            return nil
        }
        let rest = address.dropFirst(scheme.count)
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }.lowercased()
        let parts = authority.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard Self.isHost(parts[0]), parts.count == 1 || Self.isPort(parts[1]) else { return nil }
        self.address = address
        origin = scheme + authority
    }

    /// Labels with dots between them, the last of which begins with a letter.
    private static func isHost(_ host: Substring) -> Bool {
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count > 1 && labels.last?.utf8.first.map(letters.contains) ?? false
            && labels.allSatisfy { label in
                !label.isEmpty && label.utf8.allSatisfy(labelCharacters.contains) && !label.hasPrefix("-")
                    && !label.hasSuffix("-")
            }
    }

    private static func isPort(_ port: Substring) -> Bool {
        (1...5).contains(port.utf8.count) && port.utf8.allSatisfy { (48...57).contains($0) }
    }

    private static let letters = ASCIISet("abcdefghijklmnopqrstuvwxyz")
    private static let labelCharacters = ASCIISet("abcdefghijklmnopqrstuvwxyz0123456789-")
    /// What may stand in an address, but for the quotation mark.
    private static let characters = ASCIISet(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/?#[]@!$&()*+,;=%")
}
