import APISupport
import Foundation
import Gateway
import HTTPTypes
import JWTPay
import Logging
import Payments
import TestSupport
import Testing

@testable import mekong

/// A whole sandbox in this process, as a merchant's program sees it.
///
/// Its data lies in a folder of its own, and its clock begins at noon of 2 March 2026 in Bangkok.
struct Shop: SandboxCaller {
    let sandbox: Sandbox
    var key = DemoMerchant.jwtpayKey

    /// No connection is made there: deliveries stay pending and can be read from the control API.
    static let deafURL = "http://10.0.0.1/callback"

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

    /// A payer scans and pays; extra members are raw JSON.
    func pay(_ id: String, _ more: [(String, String)] = []) async throws -> Answer {
        try await ask(.post, "/qr/pay", Body([("id", quoted(id))] + more).text)
    }

    /// A line arrives on the collection account's statement.
    @discardableResult
    func credit(_ amount: String, from payer: String? = nil, _ more: [(String, String)] = []) async throws -> Answer {
        var body = Body([("amount", amount)] + more)
        if let payer { body = body.with("from_account_no", text: payer) }
        return try await control(.post, "/bank/credits", body.text)
    }

    /// What the simulated bank has booked of a payout.
    func books(_ payout: String) async throws -> [String] { try await books("bank", of: payout) }

    /// Another merchant on the same gateway, as its own program sees it.
    func rival() async throws -> Shop {
        var rival = self
        rival.key = "jwt_test_rival_0123456789_0123456789"
        let merchant = Merchant(
            id: MerchantID(rawValue: "rival"), name: "Rival", acceptors: [],
            collectionAccounts: [
                CollectionAccount(number: 1, bank: "014", account: "5555555555", name: "Rival", promptPay: "0899999999")
            ], dialects: [:])
        let credential = Credential(
            merchant: merchant.id, dialect: JWTPay.id, role: JWTPay.Role.key, text: Secret(rival.key))
        try await put(merchant, [credential])
        return rival
    }
}

/// Runs `body` on a fresh sandbox and leaves nothing behind. Afterwards its books must be right.
func withShop<Value: Sendable>(
    _ database: DatabaseKind = .sqlite, _ body: @Sendable (Shop) async throws -> Value
) async throws -> Value {
    try await withSandbox(on: database) { try await body(Shop(sandbox: $0)) }
}

/// Runs `body` on a sandbox that has its data here.
func withShop<Value: Sendable>(
    in folder: DataFolder, logger: Logger = .quiet, _ body: @Sendable (Shop) async throws -> Value
) async throws -> Value {
    try await withSandbox(in: folder, machine: Sandbox.steadyClock, logger: logger) {
        try await body(Shop(sandbox: $0))
    }
}
