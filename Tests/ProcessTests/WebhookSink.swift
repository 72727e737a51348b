import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
import TestSupport

/// A merchant's notify address: records every body that is posted to it and answers 200.
final class WebhookSink: Sendable {
    fileprivate struct State {
        var bodies: [String] = []
        var failuresLeft = 0
    }

    fileprivate let state = Mutex(State())
    private let channel = Mutex<(any Channel)?>(nil)

    /// Starts listening on a port that the kernel picks.
    static func start() async throws -> WebhookSink {
        let sink = WebhookSink()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 256)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Receiver(sink: sink))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        sink.channel.withLock { $0 = channel }
        return sink
    }

    var url: String { "http://127.0.0.1:\(channel.withLock { $0?.localAddress?.port } ?? 0)/notify" }

    /// Every body that was answered with 200, in the order of arrival.
    var bodies: [String] { state.withLock { $0.bodies } }

    /// Answers 503 to the next `count` posts and records none of them.
    func failNext(_ count: Int) { state.withLock { $0.failuresLeft = count } }

    func stop() async throws {
        try await channel.withLock { $0 }?.close()
    }

    fileprivate func receive(_ body: String) -> HTTPResponseStatus {
        state.withLock { state in
            if state.failuresLeft > 0 {
                state.failuresLeft -= 1
                return .serviceUnavailable
            }
            state.bodies.append(body)
            return .ok
        }
    }
}

private final class Receiver: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let sink: WebhookSink
    private var body = ByteBuffer()

    init(sink: WebhookSink) { self.sink = sink }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: body.clear()
        case .body(var part): body.writeBuffer(&part)
        case .end:
            let status = sink.receive(String(buffer: body))
            let head = HTTPResponseHead(version: .http1_1, status: status, headers: ["content-length": "0"])
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }
}
