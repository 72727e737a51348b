import NIOCore
import NIOPosix
import NIOSSL
import NIOTLS
import Synchronization
import TestSupport

/// A connection that a test holds open: plain TCP, or TLS with one protocol offered. It says what it is told to say.
final class Caller: Sendable {
    fileprivate struct State {
        var received: [UInt8] = []
        var negotiated: String?
        var hasShakenHands = false
    }

    /// How an HTTP/2 connection begins: the preface and empty settings (RFC 9113, section 3.4).
    static let http2Preface: [UInt8] = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + [0, 0, 0, 4, 0, 0, 0, 0, 0]

    fileprivate let state = Mutex(State())
    private let channel = Mutex<(any Channel)?>(nil)

    /// - Parameter offering: the protocol to offer over TLS; nil never starts TLS.
    static func connecting(to port: Int, offering: String? = nil) async throws -> Caller {
        let caller = Caller()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let offering {
                        var tls = TLSConfiguration.makeClientConfiguration()
                        tls.certificateVerification = .none
                        tls.applicationProtocols = [offering]
                        let context = try NIOSSLContext(configuration: tls)
                        try channel.pipeline.syncOperations.addHandler(
                            NIOSSLClientHandler(context: context, serverHostname: nil))
                    }
                    try channel.pipeline.syncOperations.addHandler(Listener(caller: caller))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        caller.channel.withLock { $0 = channel }
        guard let offering else { return caller }
        let isDone = try await eventually { caller.state.withLock { $0.hasShakenHands } }
        guard isDone, caller.state.withLock({ $0.negotiated }) == offering else {
            throw HarnessError("no TLS with \(offering)")
        }
        return caller
    }

    var received: String { String(decoding: state.withLock { $0.received }, as: UTF8.self) }
    var isOpen: Bool { channel.withLock { $0?.isActive ?? false } }

    func send(_ bytes: [UInt8]) async throws {
        guard let channel = channel.withLock({ $0 }) else { return }
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
    }

    /// Waits until something was received that contains `text`.
    func receive(_ text: String) async throws {
        let isThere = try await eventually { received.contains(text) }
        guard isThere else { throw HarnessError("\(text) was not received: \(received)") }
    }

    /// Reads nothing more, and so answers nothing.
    func turnDeaf() async throws {
        try await channel.withLock { $0 }?.setOption(.autoRead, value: false).get()
    }

    func close() { channel.withLock { $0 }?.close(promise: nil) }
}

private final class Listener: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let caller: Caller

    init(caller: Caller) { self.caller = caller }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = Array(unwrapInboundIn(data).readableBytesView)
        caller.state.withLock { $0.received += bytes }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case .handshakeCompleted(let negotiated)? = event as? TLSUserEvent else { return }
        caller.state.withLock { ($0.hasShakenHands, $0.negotiated) = (true, negotiated) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
