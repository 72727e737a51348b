import HummingbirdCore
import Logging
import NIOCore
import NIOSSL

/// Connections that are held to limits, whatever is spoken on them.
struct GuardedChannel<Base: ServerChildChannel>: ServerChildChannel {
    let base: Base
    let limits: ConnectionLimits
    /// Whether `base` begins with a TLS handshake.
    let tls: Bool

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
        let silence = TimeAmount(limits.silence)
        do {
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(IdleStateHandler(allTimeout: silence))
            let connection = ConnectionGuard(limits, tls: tls)
            try pipeline.addHandler(connection)
            let ready = base.setup(channel: channel, logger: logger)
            if tls {
                let handshake = try pipeline.handler(type: NIOSSLServerHandler.self)
                try pipeline.addHandler(HandshakeWitness(connection), position: .after(handshake))
            }
            return ready
        } catch {
            return channel.eventLoop.makeFailedFuture(error)
        }
    }

    func handle(value: Base.Value, logger: Logger) async { await base.handle(value: value, logger: logger) }
}
