import NIOCore

/// To which addresses the gateway may connect on a merchant's behalf.
///
/// A callback URL is a merchant's text: it must not lead into the network that the gateway stands in.
public struct EgressPolicy: Sendable {
    /// Whether this machine itself may be called, as the sandbox allows.
    public let allowsLoopback: Bool
    /// Whether the private networks may be called, where the merchants' servers stand beside the gateway's.
    public let allowsPrivate: Bool

    public init(allowsLoopback: Bool, allowsPrivate: Bool = false) {
        self.allowsLoopback = allowsLoopback
        self.allowsPrivate = allowsPrivate
    }

    /// Whether an address may be connected to: a public one, or loopback and private ones where that is allowed.
    /// Link-local addresses, and the others where a cloud tells a machine its secrets, never are.
    ///
    /// The address is read from its place in `sockaddr_in` (4) and `sockaddr_in6` (8): which C module those structs'
    /// members come from depends on the order of the build.
    public func allows(_ address: SocketAddress) -> Bool {
        switch address {
        case .v4(let address):
            return allows(withUnsafeBytes(of: address.address) { Array($0[4..<8]) })
        case .v6(let address):
            let bytes = withUnsafeBytes(of: address.address) { Array($0[8..<24]) }
            // An IPv4 address in IPv6 clothes is judged as what it is: mapped, NAT64 and 6to4.
            if bytes.starts(with: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]) { return allows(Array(bytes[12...])) }
            if bytes.starts(with: [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]) { return allows(Array(bytes[12...])) }
            if bytes.starts(with: [0x20, 0x02]) { return allows(Array(bytes[2..<6])) }
            if bytes == [UInt8](repeating: 0, count: 15) + [1] { return allowsLoopback }
            if bytes[0] & 0xFE == 0xFC { return allowsPrivate && bytes != Self.instanceMetadata }
            // Global unicast is 2000::/3, less protocol assignments such as Teredo, benchmarking and ORCHID
            // (2001::/23) and documentation (2001:db8::/32, 3fff::/20).
            return bytes[0] & 0xE0 == 0x20 && !(bytes.starts(with: [0x20, 0x01]) && bytes[2] & 0xFE == 0)
                && !bytes.starts(with: [0x20, 0x01, 0x0D, 0xB8])
                && !(bytes.starts(with: [0x3F, 0xFF]) && bytes[2] & 0xF0 == 0)
        case .unixDomainSocket: return false
        }
    }

    private func allows(_ bytes: [UInt8]) -> Bool {
        if bytes[0] == 127 { return allowsLoopback }
        let number = bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        if allowsPrivate, Self.privateUse.contains(where: { number & $0.mask == $0.network }) { return true }
        return !Self.reserved.contains { number & $0.mask == $0.network }
    }

    /// Networks of an organisation's own (RFC 1918).
    private static let privateUse: [(network: UInt32, mask: UInt32)] = [
        block(10, 0, 0, 0, 8), block(172, 16, 0, 0, 12), block(192, 168, 0, 0, 16),
    ]

    /// `fd00:ec2::254`: the one such address among the unique local ones.
    private static let instanceMetadata: [UInt8] =
        [0xFD, 0, 0x0E, 0xC2] + [UInt8](repeating: 0, count: 10) + [2, 0x54]

    /// Special-purpose IPv4 blocks (IANA registry).
    private static let reserved: [(network: UInt32, mask: UInt32)] = [
        block(0, 0, 0, 0, 8), block(10, 0, 0, 0, 8), block(100, 64, 0, 0, 10), block(127, 0, 0, 0, 8),
        block(169, 254, 0, 0, 16), block(172, 16, 0, 0, 12), block(192, 0, 0, 0, 24), block(192, 0, 2, 0, 24),
        block(192, 88, 99, 0, 24), block(192, 168, 0, 0, 16), block(198, 18, 0, 0, 15), block(198, 51, 100, 0, 24),
        block(203, 0, 113, 0, 24), block(224, 0, 0, 0, 4), block(240, 0, 0, 0, 4),
    ]

    private static func block(
        _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32, _ bits: UInt32
    ) -> (network: UInt32, mask: UInt32) {
        (a << 24 | b << 16 | c << 8 | d, UInt32.max << (32 - bits))
    }
}
