import NIOCore
import NIOEmbedded
import NIOTLS
import Testing

@testable import mekong

/// Connections that keep the server waiting, by a time that the test moves.
@Suite struct ConnectionGuardTests {
    private let loop = EmbeddedEventLoop()

    private func connection(tls: Bool) throws -> EmbeddedChannel {
        let limits = ConnectionLimits()
        let connection = ConnectionGuard(limits, tls: tls)
        let channel = EmbeddedChannel(handlers: [connection, HandshakeWitness(connection)], loop: loop)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        return channel
    }

    private func pass(_ seconds: Int64) { loop.advanceTime(by: .seconds(seconds)) }

    @Test func `when the server stops, nobody waits for one that never starts TLS`() throws {
        let channel = try connection(tls: true)
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        loop.run()
        #expect(!channel.isActive)
    }

    @Test func `one that never starts TLS is dropped after five seconds`() throws {
        let channel = try connection(tls: true)
        pass(4)
        #expect(channel.isActive)
        pass(1)
        #expect(!channel.isActive)
    }

    @Test func `one that has shaken hands is not`() throws {
        let channel = try connection(tls: true)
        channel.pipeline.fireUserInboundEventTriggered(TLSUserEvent.handshakeCompleted(negotiatedProtocol: nil))
        pass(60)
        #expect(channel.isActive)
    }

    @Test(arguments: [true, false]) func `when the server stops, one with requests has seven seconds`(tls: Bool) throws
    {
        let channel = try connection(tls: tls)
        if tls {
            channel.pipeline.fireUserInboundEventTriggered(TLSUserEvent.handshakeCompleted(negotiatedProtocol: nil))
        }
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        pass(6)
        #expect(channel.isActive)
        pass(1)
        #expect(!channel.isActive)
    }
}
