import Foundation
import Gateway
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Payments
import Rails
import Store
import TestSupport
import Testing
import Webhooks

@testable import mekong

/// A whole sandbox in this process. Its clock begins at noon of 2 March 2026 in Bangkok.
struct Sandbox: Sendable {
    let host: SandboxHost
    let client: any TestClientProtocol

    /// 2026-03-02 12:00:00 in Bangkok.
    static let noon = Instant(microseconds: 1_772_427_600_000_000)
    static let full = "401001001001001"
    static let without3DS = "401001001001002"

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

    /// A call of the control API.
    func control(_ method: HTTPRequest.Method, _ path: String, _ body: String? = nil) async throws -> Answer {
        try await send(method, "/sandbox" + path, [("content-type", "application/json")], body: body)
    }

    /// A call of the control API that must go well.
    @discardableResult
    func done(_ method: HTTPRequest.Method, _ path: String, _ body: String? = nil) async throws -> Answer {
        let answer = try await control(method, path, body)
        try #require(answer.status == 200, "\(method) /sandbox\(path): \(answer.status) \(answer.text)")
        return answer
    }

    func set(_ settings: String) async throws { try await done(.put, "/merchant", settings) }

    func advance(seconds: Int) async throws { try await done(.post, "/clock/advance", "{\"seconds\":\(seconds)}") }

    /// Charges 200.50 baht to a card.
    func charge(
        _ number: String = "4417706600005830", mid: String = without3DS, amount: String = "200.50",
        currency: String = "THB", reference: String? = nil
    ) async throws -> Answer {
        let token = try await send(
            .post, "/ui/v2/token", [("x-api-key", DemoMerchant.kpaymentPublicKey)],
            body: "{\"number\":\"\(number)\",\"name\":\"SOMCHAI J\",\"expiry\":\"12/30\",\"cvv\":\"123\"}")
        try #require(token.status == 200, "\(token.text)")
        let reference = reference ?? String(token.show("token").suffix(24))
        return try await post(
            "/card/v2/charge",
            """
            {"amount":\(amount),"currency":"\(currency)","description":"d","source_type":"card","mode":"token",\
            "token":"\(token.show("token"))","reference_order":"\(reference)",\
            "additional_data":{"mid":"\(mid)"}}
            """)
    }

    func inquire(_ name: String) async throws -> Answer {
        try await send(.get, "/card/v2/charge/\(name)", [("x-api-key", DemoMerchant.kpaymentSecretKey)])
    }

    func post(_ path: String, _ body: String) async throws -> Answer {
        try await send(.post, path, [("x-api-key", DemoMerchant.kpaymentSecretKey)], body: body)
    }

    func void(_ charge: Answer) async throws -> Answer {
        try await post("/card/v2/charge/\(charge.id)/void", "{\"reason\":\"r\"}")
    }
}

/// Runs `body` on a fresh sandbox and leaves nothing behind.
func withSandbox<Value: Sendable>(_ body: @Sendable (Sandbox) async throws -> Value) async throws -> Value {
    let folder = try DataFolder(preparing: ":memory:")
    defer { folder.removeIfTemporary() }
    return try await withSandbox(in: folder, machine: SteadyClock(at: Sandbox.noon.adding(seconds: 1)), body)
}

/// Runs `body` on the sandbox whose data is in `folder`, from start to stop.
func withSandbox<Value: Sendable>(
    in folder: DataFolder, machine: any GatewayClock = SystemClock(), _ body: @Sendable (Sandbox) async throws -> Value
) async throws -> Value {
    try await Gate.stores.pass { try await serving(folder, machine: machine, body) }
}

/// The same for one of several sandboxes, which share a turn; on a database where one is named.
func serving<Value: Sendable>(
    _ folder: DataFolder, on database: DatabaseLocation? = nil, machine: any GatewayClock = SystemClock(),
    _ body: @Sendable (Sandbox) async throws -> Value
) async throws -> Value {
    let logger = Logger(label: "test") { _ in Quiet() }
    let host = try await SandboxHost.open(
        folder: folder, database: database, patience: .standard.times(20), machine: machine,
        jumpPatience: longEnough, publicURL: "http://gateway.test", metrics: PrometheusMetrics(), logger: logger)
    let result: Result<Value, any Error>
    do {
        result = .success(
            try await Application(router: host.router(), logger: logger).test(.router) {
                try await body(Sandbox(host: host, client: $0))
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
