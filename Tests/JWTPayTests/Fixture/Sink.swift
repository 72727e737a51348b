import Hummingbird
import Logging
import NIOCore
import Synchronization

/// A merchant's server that takes webhooks.
final class Sink: Sendable {
    struct Reply: Sendable {
        var status = HTTPResponse.Status.ok
        var body = #"{"code":200,"message":"Success"}"#
    }

    private let taken = Mutex<[String]>([])
    private let replies: Mutex<[Reply]>

    private init(_ replies: [Reply]) {
        self.replies = Mutex(replies)
    }

    /// The bodies that came, in order.
    var bodies: [String] { taken.withLock { $0 } }

    /// Serves while `body` runs, which is handed the sink and its URL. Answers with `replies` in turn, then as the
    /// document says.
    static func serving(
        _ replies: [Reply] = [], _ body: @Sendable (Sink, String) async throws -> Void
    ) async throws {
        let sink = Sink(replies)
        let router = Router()
        router.post("/callback") { request, _ in
            let text = String(buffer: try await request.body.collect(upTo: 1 << 20))
            sink.taken.withLock { $0.append(text) }
            let reply = sink.replies.withLock { $0.isEmpty ? Reply() : $0.removeFirst() }
            return Response(status: reply.status, body: ResponseBody(byteBuffer: ByteBuffer(string: reply.body)))
        }
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { port.yield($0.localAddress?.port ?? 0) }, logger: Logger(label: "sink") { _ in Quiet() })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            for await port in ports {
                try await body(sink, "http://127.0.0.1:\(port)/callback")
                break
            }
            group.cancelAll()
        }
    }
}
