import NIOCore
import NIOHTTP1
import WireKit

/// Answers `Expect: 100-continue` (RFC 9110, section 10.1.1) once the request's body is wanted, unless some of it has
/// come by itself.
final class ContinueHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private var isAwaited = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let head) = unwrapInboundIn(data) {
            // Who speaks HTTP/1.0 would take an interim answer for the last one.
            let isAsked = head.headers["expect"].contains { $0.lowercased() == "100-continue" }
            isAwaited = isAsked && head.version == .http1_1
        } else {
            isAwaited = false
        }
        context.fireChannelRead(data)
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard event is BodyIsWanted else { return context.triggerUserOutboundEvent(event, promise: promise) }
        promise?.succeed()
        guard isAwaited else { return }
        isAwaited = false
        let interim = HTTPResponseHead(version: .http1_1, status: .continue)
        context.writeAndFlush(wrapOutboundOut(.head(interim)), promise: nil)
    }
}

/// Puts what knows of HTTP/1's versions behind its decoder, wherever a connection comes to speak it; HTTP/2 has none.
final class VersionInstaller: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    func handlerAdded(context: ChannelHandlerContext) {
        let pipeline = context.pipeline.syncOperations
        guard let decoder = try? pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self) else { return }
        do {
            try pipeline.addHandlers([ContinueHandler(), OldVersionHandler()], position: .after(decoder))
        } catch {
            context.fireErrorCaught(error)
        }
    }
}
