import Hummingbird
import Logging
import NIOCore

/// What every request carries: an id for the logs and the address that it came from.
public struct MekongContext: RequestContext, RemoteAddressRequestContext {
    public var coreContext: CoreRequestContextStorage
    public let remoteAddress: SocketAddress?

    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        remoteAddress = source.channel.remoteAddress
    }

    /// The caller's address without its port; empty where there is none.
    public var callerAddress: String { remoteAddress?.ipAddress ?? "" }
}
