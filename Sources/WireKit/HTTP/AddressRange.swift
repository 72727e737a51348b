/// A block of addresses, as `10.0.0.0/8` or `2001:db8::/32` writes it. One address alone is a block of one.
public struct AddressRange: Hashable, Sendable {
    /// Why a text names no block.
    public struct Fault: Error, Sendable, CustomStringConvertible {
        public let description: String
    }

    private let network: [UInt8]
    /// How many bits, from the first, all addresses of the block share.
    private let bits: Int

    /// Reads a block. Throws `Fault`, also where bits are set behind the prefix: whoever wrote that meant another one.
    public init(parsing text: some StringProtocol) throws(Fault) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = IPAddress(parts[0]) else { throw Fault(description: "\(text) is no address or CIDR block") }
        let width = address.bytes.count * 8
        var bits = width
        if parts.count == 2 {
            // A block of mapped addresses is the IPv4 block that it stands for.
            let unmapped = parts[0].contains(":") && width == 32 ? 96 : 0
            guard let number = Int(parts[1]), parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                (unmapped...width + unmapped).contains(number)
            else { throw Fault(description: "\(text) has no prefix length from 0 to \(width)") }
            bits = number - unmapped
        }
        let network = Self.masked(address.bytes, bits)
        guard network == address.bytes else {
            throw Fault(description: "\(text) has bits set behind its prefix of \(bits)")
        }
        self.network = network
        self.bits = bits
    }

    /// Whether this is every address there is.
    public var isEverything: Bool { bits == 0 }

    public func contains(_ address: IPAddress) -> Bool {
        address.bytes.count == network.count && Self.masked(address.bytes, bits) == network
    }

    private static func masked(_ bytes: [UInt8], _ bits: Int) -> [UInt8] {
        bytes.enumerated().map { index, byte in
            let kept = min(max(bits - index * 8, 0), 8)
            return byte & UInt8(truncatingIfNeeded: 0xFF00 >> kept)
        }
    }
}
