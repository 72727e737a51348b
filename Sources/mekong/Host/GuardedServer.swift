import HummingbirdCore
import HummingbirdHTTP2
import NIOCore
import NIOSSL

extension HTTPServerBuilder {
    /// HTTP/1.1 in the clear, without limits.
    static var plain: HTTPServerBuilder {
        .http1(configuration: HTTP1Channel.Configuration(additionalChannelHandlers: [VersionInstaller()]))
    }

    /// HTTP/1.1 and HTTP/2 over TLS, or HTTP/1.1 in the clear, on connections that are held to limits.
    static func guarded(tls: TLSConfiguration?, limits: ConnectionLimits = ConnectionLimits()) -> HTTPServerBuilder {
        let http1 = HTTP1Channel.Configuration(
            additionalChannelHandlers: [VersionInstaller()], idleTimeout: TimeAmount(limits.idle))
        guard let tls else {
            return HTTPServerBuilder { responder in
                GuardedChannel(
                    base: HTTP1Channel(responder: responder, configuration: http1), limits: limits, tls: false)
            }
        }
        let http2 = HTTP2ChannelConfiguration(
            idleTimeout: limits.idle, gracefulCloseTimeout: limits.goodbye, streamConfiguration: http1)
        return HTTPServerBuilder { responder in
            GuardedChannel(
                base: try HTTP2UpgradeChannel(tlsConfiguration: tls, configuration: http2, responder: responder),
                limits: limits, tls: true)
        }
    }
}
