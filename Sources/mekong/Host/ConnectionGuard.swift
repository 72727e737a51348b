import NIOCore
import NIOTLS

/// Ends a connection that keeps the server waiting. It sits next to the socket, so that closing asks nobody: what is
/// above it may wait for an answer from the other end, and for ever.
final class ConnectionGuard: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let limits: ConnectionLimits
    private var isShakingHands: Bool
    private var timer: Scheduled<Void>?

    init(_ limits: ConnectionLimits, tls: Bool) {
        self.limits = limits
        isShakingHands = tls
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if isShakingHands { close(context, in: limits.handshake) }
    }

    func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent:
            // Nothing was asked yet, and nobody above would end the connection.
            if isShakingHands { return context.close(promise: nil) }
            close(context, in: limits.stopping)
        case is IdleStateHandler.IdleStateEvent: return context.close(promise: nil)
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    fileprivate func handshakeEnded() {
        isShakingHands = false
        timer?.cancel()
    }

    private func close(_ context: ChannelHandlerContext, in limit: Duration) {
        timer?.cancel()
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(limit)) { context.close(promise: nil) }
    }
}

/// Tells the guard of the handshake's end, which is known only above TLS.
final class HandshakeWitness: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let connection: ConnectionGuard

    init(_ connection: ConnectionGuard) { self.connection = connection }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent { connection.handshakeEnded() }
        context.fireUserInboundEventTriggered(event)
    }
}
