import Hummingbird
import Logging
import NIOCore

/// What every request carries: an id for the logs and the address that it came from.
public struct MekongContext: RequestContext, RemoteAddressRequestContext {
    public var coreContext: CoreRequestContextStorage
    /// At the other end of the connection: the caller, or a proxy.
    public let remoteAddress: SocketAddress?
    /// The connection, or the stream of one.
    let channel: any Channel
    private var forwarded: IPAddress?

    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
        remoteAddress = channel.remoteAddress
    }

    /// The caller's address; nil where there is none, as within one process.
    public var caller: IPAddress? {
        get { forwarded ?? remoteAddress?.ipAddress.flatMap { IPAddress($0) } }
        set { forwarded = newValue }
    }

    /// Whether a merchant's list of addresses and blocks, however they are spelled, lets the caller in. An empty one lets
    /// everybody in; another nobody whose address is not known.
    public func isAllowed(by addresses: [String]) -> Bool {
        if addresses.isEmpty { return true }
        guard let caller else { return false }
        return addresses.contains { (try? AddressRange(parsing: $0))?.contains(caller) ?? false }
    }
}
