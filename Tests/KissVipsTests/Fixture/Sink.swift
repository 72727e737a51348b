import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// A merchant's server that takes webhooks.
final class Sink: Sendable {
    struct Delivery: Sendable {
        let headers: HTTPFields
        let body: String

        func header(_ name: String) -> String { HTTPField.Name(name).flatMap { headers[$0] } ?? "-" }
    }

    private let taken = Mutex<[Delivery]>([])
    private let statuses: Mutex<[HTTPResponse.Status]>

    private init(_ statuses: [HTTPResponse.Status]) {
        self.statuses = Mutex(statuses)
    }

    var deliveries: [Delivery] { taken.withLock { $0 } }

    /// Serves while `body` runs, which is handed the sink and its URL. Answers with `statuses` in turn, then with 200.
    static func serving(
        _ statuses: [HTTPResponse.Status] = [], _ body: @Sendable (Sink, String) async throws -> Void
    ) async throws {
        let sink = Sink(statuses)
        let router = Router()
        router.post("/notify") { request, _ in
            let text = String(buffer: try await request.body.collect(upTo: 1 << 20))
            sink.taken.withLock { $0.append(Delivery(headers: request.headers, body: text)) }
            return sink.statuses.withLock { $0.isEmpty ? .ok : $0.removeFirst() }
        }
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { port.yield($0.localAddress?.port ?? 0) }, logger: Logger(label: "sink") { _ in Quiet() })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            for await port in ports {
                try await body(sink, "http://127.0.0.1:\(port)/notify")
                break
            }
            group.cancelAll()
        }
    }
}
