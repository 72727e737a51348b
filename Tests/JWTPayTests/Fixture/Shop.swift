import Foundation
import Gateway
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JWTPay
import Ledger
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
    var key = DemoMerchant.jwtpayKey

    /// 2026-03-02 12:00:00 in Bangkok.
    static let noon = Instant(microseconds: 1_772_427_600_000_000)
    /// No connection is made there: deliveries stay pending and can be read from the control API.
    static let deafURL = "http://10.0.0.1/callback"

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

    /// A call with the merchant's key and a body as it is; `name` is its `Idempotency-Key`.
    func post(_ path: String, _ body: String, key name: String? = nil) async throws -> Answer {
        var headers = [("content-type", "application/json"), ("x-api-key", key)]
        if let name { headers.append(("idempotency-key", name)) }
        return try await send(.post, "/api/v1" + path, headers, body: body)
    }

    /// A call with the merchant's key and signature.
    func post(_ path: String, _ body: Body, key name: String? = nil) async throws -> Answer {
        try await post(path, body.signed(with: key).text, key: name)
    }

    func deposit(_ body: Body = .deposit()) async throws -> Answer { try await post("/deposit", body) }

    func withdraw(_ body: Body = .withdrawal()) async throws -> Answer { try await post("/withdraw", body) }

    func query(_ members: (String, String)...) async throws -> Answer {
        try await post("/order/query", Body(members.map { ($0.0, quoted($0.1)) } + [("timestamp", Body.now)]))
    }

    func balance() async throws -> String {
        try await post("/balance", Body([("timestamp", Body.now)])).show("data.balance")
    }

    /// An open deposit.
    func opened(_ body: Body = .deposit()) async throws -> Answer {
        let answer = try await deposit(body)
        try #require(answer.status == 200, "\(answer.text)")
        return answer
    }

    /// Puts so much, less the fee of 0.5 %, on the merchant's balance.
    func fund(_ amount: String = "100000") async throws {
        let deposit = try await opened(.deposit("fund-\(UUID().uuidString)", amount: amount))
        try #require(try await pay(deposit.number).status == 200)
    }

    /// A call of the control API.
    func control(_ method: HTTPRequest.Method, _ path: String, _ body: String? = nil) async throws -> Answer {
        try await send(method, "/sandbox" + path, [("content-type", "application/json")], body: body)
    }

    /// A call of the control API, which must go well.
    @discardableResult
    func done(_ method: HTTPRequest.Method, _ path: String, _ body: String? = nil) async throws -> Answer {
        let answer = try await control(method, path, body)
        try #require(answer.status == 200, "\(method) /sandbox\(path): \(answer.status) \(answer.text)")
        return answer
    }

    /// A payer scans and pays; extra members are raw JSON.
    func pay(_ id: String, _ more: [(String, String)] = []) async throws -> Answer {
        try await control(.post, "/qr/pay", Body([("id", quoted(id))] + more).text)
    }

    /// A line arrives on the collection account's statement.
    @discardableResult
    func credit(_ amount: String, from payer: String? = nil, _ more: [(String, String)] = []) async throws -> Answer {
        var body = Body([("amount", amount)] + more)
        if let payer { body = body.with("from_account_no", text: payer) }
        return try await done(.post, "/bank/credits", body.text)
    }

    /// Moves the clock, and does everything that falls due.
    func advance(seconds: Int) async throws { try await done(.post, "/clock/advance", "{\"seconds\":\(seconds)}") }

    func deliverDue() async { await host.worker.deliverDue() }

    /// Every webhook so far, oldest first.
    func notices() async throws -> [NoticeBody] {
        let deliveries = try #require(try await done(.get, "/webhooks?limit=10000").json.arrayValue)
        return deliveries.reversed().map { NoticeBody(text: $0.objectValue?["body"]?.stringValue ?? "") }
    }

    /// What the simulated bank has booked of a payout.
    func books(_ payout: String) async throws -> [String] {
        let books = try await done(.get, "/rails/bank?payment=\(payout)")
        return (books["operations"]?.arrayValue ?? []).map { entry in
            [entry.objectValue?["kind"], entry.objectValue?["amount"], entry.objectValue?["result"]]
                .map { $0?.stringValue ?? "-" }.joined(separator: " ")
        }
    }

    /// Changes the demo merchant in ways that the control API has no call for.
    func changeMerchant(_ change: (inout Merchant) -> Void) async throws {
        var merchant = host.gateway.directory.merchant(DemoMerchant.id) ?? DemoMerchant.merchant()
        change(&merchant)
        var changes = Changes(at: host.clock.now())
        changes.add(try MerchantDirectory.change(putting: merchant))
        try await host.gateway.store.commit(changes)
        try await host.gateway.directory.refresh(from: host.gateway.store)
    }

    /// Another merchant on the same gateway, as its own program sees it.
    func rival() async throws -> Shop {
        var rival = self
        rival.key = "jwt_test_rival_0123456789_0123456789"
        let merchant = Merchant(
            id: MerchantID(rawValue: "rival"), name: "Rival", acceptors: [],
            collectionAccounts: [
                CollectionAccount(number: 1, bank: "014", account: "5555555555", name: "Rival", promptPay: "0899999999")
            ], dialects: [:])
        var changes = Changes(at: host.clock.now())
        changes.add(try MerchantDirectory.change(putting: merchant))
        let credential = Credential(
            merchant: merchant.id, dialect: JWTPay.id, role: JWTPay.Role.key, text: Secret(rival.key))
        changes.add(try MerchantDirectory.change(putting: credential, host.gateway.vault))
        try await host.gateway.store.commit(changes)
        try await host.gateway.directory.refresh(from: host.gateway.store)
        return rival
    }

    /// The books must be right, whatever has happened.
    func audit(at location: SourceLocation = #_sourceLocation) async throws {
        do {
            _ = try await Auditor().verify(host.gateway.store)
        } catch let difference as Auditor.Difference {
            Issue.record("\(difference)", sourceLocation: location)
        }
    }
}

/// Where the gateway's data is.
enum Engine: String, CaseIterable, Sendable { case sqlite, postgresql }

/// Runs `body` on a fresh sandbox and leaves nothing behind. Afterwards its books must be right.
func withShop<Value: Sendable>(
    _ engine: Engine = .sqlite, _ body: @Sendable (Shop) async throws -> Value
) async throws -> Value {
    try await Gate.sandboxes.pass {
        let folder = try DataFolder(preparing: ":memory:")
        defer { folder.removeIfTemporary() }
        guard engine == .postgresql else { return try await onHost(folder, nil, body) }
        let cluster = try await SharedCluster.shared.cluster()
        let name = "jwt\(UUID().uuidString.lowercased().filter { $0 != "-" })"
        try await cluster.makeDatabase(name)
        let result: Result<Value, any Error>
        do {
            result = .success(try await onHost(folder, .postgresql(url: cluster.url(name)), body))
        } catch {
            result = .failure(error)
        }
        try await cluster.dropDatabase(name)
        return try result.get()
    }
}

/// Runs `body` on a sandbox that has its data here.
func onHost<Value: Sendable>(
    _ folder: DataFolder, _ database: DatabaseLocation?, logger: Logger = Logger(label: "test") { _ in Quiet() },
    _ body: @Sendable (Shop) async throws -> Value
) async throws -> Value {
    let host = try await SandboxHost.open(
        folder: folder, database: database, patience: .standard.times(20),
        machine: SteadyClock(at: Shop.noon.adding(seconds: 1)), jumpPatience: longEnough,
        publicURL: "http://gateway.test",
        metrics: PrometheusMetrics(), logger: logger)
    let result: Result<Value, any Error>
    do {
        let value = try await Application(router: host.router(), logger: logger).test(.router) { client in
            let shop = Shop(host: host, client: client)
            let value = try await body(shop)
            try await shop.audit()
            return value
        }
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
