import APISupport
import Gateway
import HTTPTypes
import KissVips
import Payments
import TestSupport
import Testing
import WireKit

@testable import mekong

/// The sandbox as the hosted pages need it: its merchant's calls, and its payers' browsers.
struct HostedShop: SandboxCaller {
    var shop: Shop

    var sandbox: Sandbox { shop.sandbox }
    var folder: String { sandbox.folder }

    /// A signed call of the merchant's program.
    func call(_ name: String, _ fields: [(String, JSON)] = [], idempotencyKey: String? = nil) async throws -> Answer {
        let members = fields.map { ($0.0, String(decoding: $0.1.encoded(), as: UTF8.self)) }
        return try await shop.call(name, Body(members), key: idempotencyKey)
    }

    func get(_ path: String) async throws -> Answer { try await send(.get, path) }

    /// The id of a token's deposit, as it would stand in the other kind of page's address.
    func uuid(of token: String) async throws -> String {
        var uuid = try await host.gateway.bankSession(token, dialect: KissVips.id).payment.id.hex
        for offset in [20, 16, 12, 8] { uuid.insert("-", at: uuid.index(uuid.startIndex, offsetBy: offset)) }
        return uuid
    }

    static let samplePG: [(String, JSON)] = [
        ("from_bank_config_id", .number("5")), ("amount", .number("10")),
        ("postback_url", .string("https://shop.example/back?order=7#top")),
        ("callback_url", .string("https://shop.example/callback")), ("ref", .string("Testing")),
    ]

    /// The token of a new deposit.
    func createPG(_ more: [(String, JSON)] = []) async throws -> String {
        let changed = Set(more.map(\.0))
        let answer = try await call(
            "create_pg_deposit", Self.samplePG.filter { !changed.contains($0.0) } + more)
        try #require(answer.status == 200, "\(answer.text)")
        return answer.show("response.token")
    }

    /// How the merchant sees it.
    func deposit(_ token: String) async throws -> Answer {
        try await call("get_pg_deposit_by_token", [("token", .string(token))])
    }

    func status(_ token: String) async throws -> String { try await deposit(token).show("response.deposit.status") }

    /// The call backs so far, oldest first: as `status error_message`.
    func callBacks() async throws -> [String] {
        try await notices().map { $0.show("status", "error_message") }
    }
}

extension Browser {
    func openPG(_ token: String) async throws -> Page { try await open("/pg?token=" + token) }

    func signIn(_ page: Page, _ user: String = "somchai", _ password: String = "pw") async throws -> Page {
        try await fill(page, ("username", user), ("password", password))
    }
}

/// Runs `body` on a fresh sandbox and leaves nothing behind. Afterwards the books must be right.
func withHostedShop<Value: Sendable>(
    on database: DatabaseKind = .sqlite, _ body: @Sendable (HostedShop) async throws -> Value
) async throws -> Value {
    try await withShop(on: database) { shop in
        try await body(HostedShop(shop: shop))
    }
}
