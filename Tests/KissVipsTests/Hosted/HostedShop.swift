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

/// A payer's browser with scripts switched off: opens pages, fills the form that has the field and follows redirects.
struct PayerBrowser: Sendable {
    let shop: HostedShop
    var language: String?

    struct Page: Sendable {
        let path: String
        let answer: Answer

        var html: String { answer.text }
        var heading: String { html.firstMatch(of: /<h1>(.*?)<\/h1>/).map { String($0.1) } ?? "" }

        /// The action of the form that has a field, or a button, and its hidden fields.
        func form(with mark: String) -> (action: String, fields: [(name: String, value: String)])? {
            for match in html.matches(of: /<form\b([^>]*)>(.*?)<\/form>/.dotMatchesNewlines()) {
                let inside = String(match.2)
                guard inside.contains("name=\"\(mark)\"") || inside.contains(">\(mark)</button>") else { continue }
                let fields = inside.matches(of: /<input type="hidden" name="([^"]*)" value="([^"]*)"/).map {
                    (name: String($0.1), value: Self.plain(String($0.2)))
                }
                let action = String(match.1).firstMatch(of: /action="([^"]*)"/).map { Self.plain(String($0.1)) }
                return (action ?? "", fields)
            }
            return nil
        }

        private static func plain(_ text: String) -> String {
            [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
                .reduce(text) { $0.replacing($1.0, with: $1.1) }
        }
    }

    func open(_ path: String) async throws -> Page { try await land(path, try await shop.send(.get, path, headers)) }

    func openPG(_ token: String) async throws -> Page { try await open("/pg?token=" + token) }

    /// Fills the form that has the first of these fields, and submits it.
    func fill(_ page: Page, _ fields: (String, String)...) async throws -> Page {
        let form = try #require(page.form(with: fields[0].0), "no form has \(fields[0].0): \(page.heading)")
        return try await post(form.action, FormBody.encode(fields.map { (name: $0.0, value: $0.1) }))
    }

    /// Presses the button of a form that has nothing to fill.
    func press(_ page: Page, _ button: String) async throws -> Page {
        let form = try #require(page.form(with: button), "no button \(button): \(page.heading)")
        return try await post(form.action, "")
    }

    func post(_ path: String, _ body: String) async throws -> Page {
        let type = ("content-type", "application/x-www-form-urlencoded")
        return try await land(path, try await shop.send(.post, path, headers + [type], body: body))
    }

    func signIn(_ page: Page, _ user: String = "somchai", _ password: String = "pw") async throws -> Page {
        try await fill(page, ("username", user), ("password", password))
    }

    private var headers: [(String, String)] { language.map { [("accept-language", $0)] } ?? [] }

    private func land(_ path: String, _ answer: Answer) async throws -> Page {
        guard answer.status == 303 else { return Page(path: path, answer: answer) }
        return try await open(answer.header("location") ?? "")
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
