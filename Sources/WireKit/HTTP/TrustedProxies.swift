import HTTPTypes
import Hummingbird

/// The proxies whose word on where a request came from is believed.
public struct TrustedProxies: Sendable {
    private let ranges: [AddressRange]

    public init(_ ranges: [AddressRange]) {
        self.ranges = ranges
    }

    public var isEmpty: Bool { ranges.isEmpty }

    /// Where a request came from.
    ///
    /// Each proxy adds the address that it was called from at the end of `X-Forwarded-For`. So the header is read from
    /// its end while whoever wrote the entry is trusted; the first that is not a trusted proxy is the caller, and what
    /// stands before it is only the caller's own claim.
    /// - Parameters:
    ///   - peer: at the other end of the connection.
    ///   - forwardedFor: the header's values, in order.
    public func caller(peer: IPAddress, forwardedFor: [String]) -> IPAddress {
        var caller = peer
        let entries = forwardedFor.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
        for entry in entries.reversed() {
            guard trusts(caller), let next = Self.address(entry) else { break }
            caller = next
        }
        return caller
    }

    private func trusts(_ address: IPAddress) -> Bool {
        ranges.contains { $0.contains(address) }
    }

    /// An entry's address. Some proxies write its port behind it, and IPv6 in brackets.
    private static func address(_ entry: Substring) -> IPAddress? {
        let text = entry.drop { $0 == " " || $0 == "\t" }.split(whereSeparator: { $0 == " " || $0 == "\t" })
        guard text.count == 1, let word = text.first else { return nil }
        if word.first == "[" { return IPAddress(word.dropFirst().prefix { $0 != "]" }) }
        if let address = IPAddress(word) { return address }
        let parts = word.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2 ? IPAddress(parts[0]) : nil
    }
}

/// Puts the caller's address, as trusted proxies tell it, in place of the proxy's.
public struct ForwardedAddressMiddleware: RouterMiddleware {
    private let proxies: TrustedProxies
    private static let header = HTTPField.Name("x-forwarded-for")!

    public init(_ proxies: TrustedProxies) {
        self.proxies = proxies
    }

    public func handle(
        _ request: Request, context: MekongContext,
        next: (Request, MekongContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.caller = context.caller.map {
            proxies.caller(peer: $0, forwardedFor: request.headers[values: Self.header])
        }
        return try await next(request, context)
    }
}
