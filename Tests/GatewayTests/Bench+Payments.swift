import Gateway
import Money
import Payments
import Rails
import Store
import Testing

/// Short ways to what most tests begin with.
extension Bench {
    func token(
        _ card: String = TestCard.visa, of merchant: MerchantID = .shop, terms: CardToken.Terms = CardToken.Terms()
    ) async throws -> Secret<String> {
        try await gateway.issueToken(for: presented(card), merchant: merchant, terms: terms).text
    }

    func command(
        _ token: Secret<String>, _ amount: Money = baht(1100), mid: String = Mid.direct, by merchant: Merchant? = nil,
        keepsCard: Bool? = nil, reference: Alias? = nil
    ) throws -> ChargeCommand {
        let merchant = try merchant ?? #require(directory.merchant(.shop))
        return ChargeCommand(
            merchant: merchant, dialect: FakeDialect.id, acceptor: try #require(merchant.acceptor(mid)),
            amount: amount, source: .token(token), keepsCard: keepsCard,
            reference: reference ?? newReference(of: merchant.id), echo: [7],
            returnValue: Array("back".utf8))
    }

    /// Charges a fresh token.
    @discardableResult
    func charge(
        _ card: String = TestCard.visa, _ amount: Money = baht(1100), mid: String = Mid.direct,
        by merchant: Merchant? = nil, through gateway: Gateway? = nil
    ) async throws -> Payment {
        let token = try await token(card, of: merchant?.id ?? .shop)
        return try await (gateway ?? self.gateway).charge(command(token, amount, mid: mid, by: merchant)).payment
    }

    /// A payment that asks its payer to authenticate, and the secret of their page.
    func challenged(
        _ card: String = TestCard.visa, by merchant: Merchant? = nil
    ) async throws -> (payment: Payment, secret: Secret<String>) {
        let command = try command(await token(card), mid: Mid.secure, by: merchant)
        let report = try await gateway.charge(command)
        return (report.payment, Secret(try #require(report.challengeSecret)))
    }

    /// A payment that has been captured and settled.
    func settled(_ amount: Money = baht(1100)) async throws -> Payment {
        let payment = try await charge(TestCard.visa, amount)
        clock.passMidnight()
        try await gateway.runDue()
        let settled = try await self.payment(payment.id)
        try #require(settled.state == .settled)
        return settled
    }

    func refund(_ payment: Payment, _ satang: Int64) async throws -> PaymentReport {
        try await gateway.refund(payment.id, of: .shop, amount: baht(satang), reason: "test")
    }

    func payment(_ id: ID<Payment>) async throws -> Payment {
        let found = try await store.read { try $0.payment(id) }
        return try #require(found)
    }

    func state(_ payment: Payment) async throws -> PaymentState { try await self.payment(payment.id).state }

    func refunds(of payment: Payment) async throws -> [Refund] {
        try await store.read { try $0.refunds(of: payment.id) }
    }

    /// What the bank has done for a payment: kind, code and amount in minor units.
    func entries(of payment: Payment) async throws -> [String] {
        try await bank.entries(of: payment.id).map { "\($0.kind.rawValue) \($0.code) \($0.amount.minorUnits)" }
    }

    /// What the merchant was told of a payment, oldest first.
    func told(of payment: Payment) async throws -> [String] {
        let subject = Subject.payment(payment.id).key
        return try await store.read { try $0.notices(limit: 10_000) }.map(\.notice)
            .filter { $0.subject == subject }.reversed().map { String(decoding: $0.body, as: UTF8.self) }
    }

    func payments() async throws -> [Payment] {
        try await store.read { reader in
            var payments: [Payment] = []
            try reader.forEachPayment { payments.append($0) }
            return payments
        }
    }
}
