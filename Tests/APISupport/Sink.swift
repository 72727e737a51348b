import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// A merchant's server that takes webhooks.
public final class Sink: Sendable {
    public struct Delivery: Sendable {
        public let headers: HTTPFields
        public let body: String

        public func header(_ name: String) -> String { HTTPField.Name(name).flatMap { headers[$0] } ?? "-" }
    }

    public struct Reply: Sendable {
        public var status: HTTPResponse.Status
        public var body: String

        public init(status: HTTPResponse.Status = .ok, body: String = "") {
            self.status = status
            self.body = body
        }
    }

    private let taken = Mutex<[Delivery]>([])
    private let replies: Mutex<[Reply]>
    private let last: Reply

    private init(_ replies: [Reply], _ last: Reply) {
        self.replies = Mutex(replies)
        self.last = last
    }

    /// What came, in order.
    public var deliveries: [Delivery] { taken.withLock { $0 } }
    public var bodies: [String] { deliveries.map(\.body) }

    /// Serves while `body` runs, which is handed the sink and its URL. Answers with `statuses` in turn, then with 200.
    public static func serving(
        _ statuses: [HTTPResponse.Status] = [], _ body: @Sendable (Sink, String) async throws -> Void
    ) async throws {
        try await serving(statuses.map { Reply(status: $0) }, then: Reply(), body)
    }

    /// The same with answers that have bodies, and another than 200 at last.
    public static func serving(
        _ replies: [Reply], then last: Reply, _ body: @Sendable (Sink, String) async throws -> Void
    ) async throws {
        let sink = Sink(replies, last)
        let router = Router()
        router.post("/notify") { request, _ in
            let text = String(buffer: try await request.body.collect(upTo: 1 << 20))
            let reply = sink.take(Delivery(headers: request.headers, body: text))
            return Response(status: reply.status, body: ResponseBody(byteBuffer: ByteBuffer(string: reply.body)))
        }
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { port.yield($0.localAddress?.port ?? 0) }, logger: .quiet)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            for await port in ports {
                try await body(sink, "http://127.0.0.1:\(port)/notify")
                break
            }
            group.cancelAll()
        }
    }

    private func take(_ delivery: Delivery) -> Reply {
        taken.withLock { $0.append(delivery) }
        return replies.withLock { $0.isEmpty ? last : $0.removeFirst() }
    }
}
