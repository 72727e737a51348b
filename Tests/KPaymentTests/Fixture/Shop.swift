import Gateway
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import KPayment
import Logging
import NIOCore
import Payments
import Rails
import Store
import TestSupport
import Testing
import Webhooks
import WireKit

@testable import mekong

/// A whole sandbox in this process, as a merchant's program sees it.
///
/// Its data lies in a folder of its own, and its clock begins at noon of 2 March 2026 in Bangkok.
struct Shop: Sendable {
    let host: SandboxHost
    let client: any TestClientProtocol
    /// The secret key that this merchant calls with.
    var secretKey = DemoMerchant.kpaymentSecretKey
    var publicKey = DemoMerchant.kpaymentPublicKey

    /// 2026-03-02 12:00:00 in Bangkok.
    static let noon = Instant(microseconds: 1_772_427_600_000_000)
    static let publicURL = "http://gateway.test"

    enum Mid {
        static let full = "401001001001001"
        static let fullUSD = "402202106043001"
        static let without3DS = "401001001001002"
        static let fullDCC = "451111111111001"
        static let fullDCCWithout3DS = "451111111111002"
        static let smartPay = "401202106042001"
        static let unionPay = "401001001001003"
        static let alipay = "401001001001004"
    }

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

    /// The same sandbox behind a real socket of this machine.
    func onSocket(_ body: @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        try await Application(router: host.router(), logger: Logger(label: "test") { _ in Quiet() }).test(.live, body)
    }

    /// A call of the merchant's program, with its secret key.
    func post(_ path: String, _ body: String, idempotencyKey: String? = nil) async throws -> Answer {
        var headers = [("content-type", "application/json"), ("x-api-key", secretKey)]
        if let idempotencyKey { headers.append(("idempotency-key", idempotencyKey)) }
        return try await send(.post, path, headers, body: body)
    }

    func get(_ path: String) async throws -> Answer {
        try await send(.get, path, [("x-api-key", secretKey)])
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

    /// From noon to the first second after the next midnight in Bangkok.
    func advanceToMidnight() async throws { try await advance(seconds: 43_200) }

    /// Moves the clock and does nothing else.
    func moveClock(seconds: Int64) { host.clock.offsetSeconds += seconds }

    /// Delivers every webhook that is due.
    func deliverDue() async { await host.worker.deliverDue() }

    func advance(days: Int) async throws { try await advance(seconds: days * 86_400) }
}

/// Runs `body` on a fresh sandbox and leaves nothing behind.
func withShop<Value: Sendable>(_ body: @Sendable (Shop) async throws -> Value) async throws -> Value {
    try await Gate.stores.pass {
        let folder = try DataFolder(preparing: ":memory:")
        defer { folder.removeIfTemporary() }
        let logger = Logger(label: "test") { _ in Quiet() }
        let host = try await SandboxHost.open(
            folder: folder, machine: SteadyClock(at: Shop.noon.adding(seconds: 1)), jumpPatience: longEnough,
            publicURL: Shop.publicURL, metrics: PrometheusMetrics(), logger: logger)
        let result: Result<Value, any Error>
        do {
            result = .success(
                try await Application(router: host.router(), logger: logger).test(.router) {
                    try await body(Shop(host: host, client: $0))
                })
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
}
