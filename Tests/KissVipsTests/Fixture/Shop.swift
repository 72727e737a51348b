import Gateway
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import KissVips
import Logging
import NIOCore
import Payments
import Rails
import Store
import Synchronization
import TestSupport
import Testing
import Webhooks
import WireKit

@testable import mekong

/// A whole sandbox in this process, as a merchant's program sees it.
///
/// Its clock begins at noon of 2 March 2026 in Bangkok; what requests are signed with is real time.
struct Shop: Sendable {
    let host: SandboxHost
    let client: any TestClientProtocol
    var code = DemoMerchant.kissvipsMerchantCode
    var key = DemoMerchant.kissvipsKey
    /// Where its data lies, but for a database's.
    var folder = ""
    private let times = Times()

    /// 2026-03-02 12:00:00 in Bangkok.
    static let noon = Instant(microseconds: 1_772_427_600_000_000)
    static let publicURL = "http://gateway.test"
    /// No connection is made there: call backs stay pending and can be read from the control API.
    static let deafURL = "http://10.0.0.1/callback"

    init(host: SandboxHost, client: any TestClientProtocol) {
        self.host = host
        self.client = client
    }

    /// Times that no request of this test has used. They begin a minute ahead, of the two that are allowed, so that
    /// each is fresh for three minutes.
    private final class Times: Sendable {
        private let last = Mutex<Int64>(0)

        func take() -> String {
            let hundredths = last.withLock { last in
                last = max(last + 1, SystemClock().now().microseconds / 10_000 + 6_000)
                return last
            }
            return "\(hundredths / 100)." + (hundredths % 100 < 10 ? "0" : "") + "\(hundredths % 100)"
        }
    }

    func newTime() -> String { times.take() }

    /// The members that every request has, signed.
    func signed(_ time: String? = nil) -> Body {
        let time = time ?? newTime()
        return Body([
            ("merchant_code", quoted(code)), ("time", time), ("signature", quoted(signature(time))),
        ])
    }

    func signature(_ time: String) -> String { md5(time + key) }

    func send(
        _ method: HTTPRequest.Method, _ path: String, _ headers: [(String, String)] = [], body: String? = nil
    ) async throws -> Answer {
        var fields = HTTPFields()
        for (name, value) in headers {
            fields.append(HTTPField(name: try #require(HTTPField.Name(name)), value: value))
        }
        return try await client.execute(
            uri: path, method: method, headers: fields, body: body.map(ByteBuffer.init(string:))
        ) { Answer($0) }
    }

    /// A body as it stands, signed or not.
    func post(_ name: String, _ body: String, key: String? = nil) async throws -> Answer {
        var headers = [("content-type", "application/json")]
        if let key { headers.append(("idempotency-key", key)) }
        return try await send(.post, "/api/\(name)", headers, body: body)
    }

    /// A signed call of the merchant's program.
    func call(_ name: String, _ body: Body = Body(), key: String? = nil) async throws -> Answer {
        var whole = signed()
        whole.members += body.members
        return try await post(name, whole.text, key: key)
    }

    /// A call that must go well.
    func done(_ name: String, _ body: Body = Body()) async throws -> Answer {
        let answer = try await call(name, body)
        try #require(answer.outcome == "200 OK", "\(name): \(answer.text)")
        return answer
    }

    /// A call of the control API, whatever comes of it.
    func order(_ path: String, _ body: String) async throws -> Answer {
        try await send(.post, "/sandbox" + path, [("content-type", "application/json")], body: body)
    }

    /// A call of the control API, which must go well.
    @discardableResult
    func control(_ method: HTTPRequest.Method, _ path: String, _ body: String? = nil) async throws -> Answer {
        let answer = try await send(method, "/sandbox" + path, [("content-type", "application/json")], body: body)
        try #require(answer.status == 200, "\(method) /sandbox\(path): \(answer.status) \(answer.text)")
        return answer
    }

    /// Moves the clock, and does everything that falls due.
    func advance(seconds: Int) async throws {
        try await control(.post, "/clock/advance", "{\"seconds\":\(seconds)}")
    }

    /// Moves the clock and does nothing else.
    func moveClock(seconds: Int64) { host.clock.offsetSeconds += seconds }
}

/// Which database keeps the gateway's data.
enum Database: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case sqlite, postgresql

    var testDescription: String { rawValue }
}

/// Numbers the databases of this process.
private let databases = Atomic(0)

/// Runs `body` on a fresh sandbox and leaves nothing behind. Afterwards the books must be right.
func withShop<Value: Sendable>(
    on database: Database = .sqlite, _ body: @Sendable (Shop) async throws -> Value
) async throws -> Value {
    try await Gate.stores.pass {
        guard database == .postgresql else { return try await open(nil, body) }
        let cluster = try await SharedCluster.shared.cluster()
        let name = "kissvips\(databases.add(1, ordering: .relaxed).newValue)"
        try await cluster.makeDatabase(name)
        let value = try await open(try DatabaseLocation(parsing: cluster.url(name)), body)
        try await cluster.dropDatabase(name)
        return value
    }
}

private func open<Value: Sendable>(
    _ database: DatabaseLocation?, _ body: @Sendable (Shop) async throws -> Value
) async throws -> Value {
    let folder = try DataFolder(preparing: ":memory:")
    defer { folder.removeIfTemporary() }
    let logger = Logger(label: "test") { _ in Quiet() }
    let host = try await SandboxHost.open(
        folder: folder, database: database, patience: .standard.times(20),
        machine: SteadyClock(at: Shop.noon.adding(seconds: 1)), jumpPatience: longEnough,
        publicURL: Shop.publicURL,
        metrics: PrometheusMetrics(), logger: logger)
    let result: Result<Value, any Error>
    do {
        let value = try await Application(router: host.router(), logger: logger).test(.router) {
            var shop = Shop(host: host, client: $0)
            shop.folder = folder.path
            return try await body(shop)
        }
        _ = try await Auditor().verify(host.gateway.store)
        result = .success(value)
    } catch {
        result = .failure(error)
    }
    // The worker ends its connections when it is asked to stop.
    let worker = Task { try await host.worker.run() }
    worker.cancel()
    _ = await worker.result
    try await host.gateway.store.close()
    try host.bank.close()
    return try result.get()
}
