import APISupport
import Gateway
import HTTPTypes
import KissVips
import Money
import Payments
import Store
import Testing

@testable import mekong

/// What a fault's scenes do, in short. What they are about goes by its id, or by its number.
extension Sandbox {
    private static let dialect = DialectID(rawValue: "kpayment")

    private func id<Entity>(_ name: String) throws -> ID<Entity> {
        try #require(ID(hex: name.split(separator: "_").last ?? ""), "\(name)")
    }

    func status(_ path: String, _ body: String) async throws -> String { "\(try await post(path, body).status)" }

    func payment(_ name: String) async throws -> Payment {
        let id: ID<Payment> = try id(name)
        return try #require(try await host.gateway.store.read { try $0.payment(id) })
    }

    func state(_ name: String) async throws -> String { "\(try await payment(name).state)" }

    func refund(of name: String) async throws -> String {
        let id: ID<Payment> = try id(name)
        let refunds = try await host.gateway.store.read { try $0.refunds(of: id) }
        return "\(try #require(refunds.last).state)"
    }

    func qrOrder(_ number: Int) async throws -> String {
        try await post(
            "/qr/v2/order",
            """
            {"amount":20,"currency":"THB","description":"d","source_type":"qr","reference_order":"R\(number)"}
            """
        ).id
    }

    /// The charge of an open QR.
    func qr(_ number: Int) async throws -> String {
        try await post("/qr/v2/qr", "{\"order_id\":\"\(try await qrOrder(number))\"}").id
    }

    func qrID(_ charge: String) -> String { "qr_test_" + (charge.split(separator: "_").last ?? "") }

    func pay(_ id: String) async throws -> String {
        "\(try await ask(.post, "/qr/pay", "{\"id\":\"\(id)\"}").status)"
    }

    func payIntoAccount(_ number: String) async throws -> String {
        let account = try #require(host.gateway.directory.merchant(DemoMerchant.id)?.collectionAccount(1))
        let code = try #require(KissVips.accountPayload(account))
        return "\(try await ask(.post, "/qr/pay", "{\"qr\":\"\(code)\",\"amount\":\"\(number)\"}").status)"
    }

    func depositState(_ name: String) async throws -> String {
        let deposit = try await payment(name)
        return "\(deposit.state), \(try await lines(deposit.amount.text(decimals: 2)))"
    }

    /// How many lines of an amount the statements show.
    func lines(_ amount: String) async throws -> String {
        let lines = try await host.gateway.lines(
            of: DemoMerchant.id, amount: try Money(parsing: amount, in: .THB), since: Instant(microseconds: 0),
            limit: 10, where: { _ in true })
        return "\(lines.count) line"
    }

    func wallet(_ reference: String) async throws -> Answer {
        try await post(
            "/card/v2/charge",
            """
            {"amount":"15.00","currency":"THB","description":"d","source_type":"alipay","reference_order":"W\(reference)"}
            """)
    }

    func payOnPage(_ name: String) async throws -> String {
        let page = "/ui/v2/redirect/redr_test_\(name.split(separator: "_").last ?? "")/pay"
        let type = ("content-type", "application/x-www-form-urlencoded")
        return "\(try await send(.post, page, [type], body: "").status)"
    }

    func takeBack(_ name: String) async throws -> String {
        _ = try await host.gateway.cancel(try id(name), of: DemoMerchant.id)
        return "done"
    }

    /// The token of a payer's session whose page is open.
    func session(_ number: Int) async throws -> String {
        let (gateway, now, token) = (host.gateway, host.clock.now(), "token\(number)")
        let shop = try #require(gateway.directory.merchant(DemoMerchant.id))
        _ = try await gateway.openBankSession(
            DepositCommand(
                merchant: shop, dialect: Self.dialect, account: try #require(shop.collectionAccount(1)),
                amounts: [Money(minorUnits: 20_000 + Int64(number), .THB)], scheme: .bankTransfer, form: .transfer,
                expires: now.adding(seconds: 900), expectation: Expectation(from: now, until: nil), names: [],
                echo: []), bank: "014", kind: .personal, token: token)
        _ = try await gateway.visitBankSession(token, dialect: Self.dialect)
        return token
    }

    func signIn(_ token: String) async throws -> String {
        _ = try await host.gateway.signIn(
            token, dialect: Self.dialect, userName: Secret("somchai"), password: Secret("pw"))
        return "done"
    }

    func confirm(_ token: String) async throws -> String {
        _ = try await host.gateway.confirm(token, dialect: Self.dialect, .first, Secret("123456"))
        return "done"
    }

    func sessionState(_ token: String) async throws -> String {
        "\(try await host.gateway.bankSession(token, dialect: Self.dialect).session.state)"
    }

    /// Money for a payout that goes by this number.
    func funded(_ number: Int) async throws -> String {
        _ = try await pay(try await deposit(30_000 + Int64(number)).id.hex)
        return "P\(number)"
    }

    private func alias(_ name: String) -> Alias {
        Alias(Alias.Kind(rawValue: "payout"), name, dialect: Self.dialect, merchant: DemoMerchant.id)
    }

    private func startPayout(_ name: String) async throws -> Payout {
        try await host.gateway.createPayout(
            PayoutCommand(
                merchant: try #require(host.gateway.directory.merchant(DemoMerchant.id)), dialect: Self.dialect,
                beneficiary: Beneficiary(bank: "014", account: "9876543210", name: "SOMYING K"),
                amount: Money(minorUnits: 10_000, .THB), names: [alias(name)], echo: []))
    }

    func payOut(_ name: String) async throws -> String {
        _ = try await startPayout(name)
        try await advance(seconds: 30)
        return "done"
    }

    func endPayout(_ name: String) async throws -> String {
        let payout = try await startPayout(name)
        return "\(try await ask(.post, "/payouts/\(payout.id.hex)", "{\"outcome\":\"failed\"}").status)"
    }

    func payoutState(_ name: String) async throws -> String {
        "\(try await host.gateway.payout(alias(name)).state)"
    }
}
