import Gateway
import Money
import Payments
import Rails
import Store
import Testing

/// Short ways to orders, and to what payers pay by themselves.
extension Bench {
    var payer: SandboxPayer { SandboxPayer(push) }

    func order(
        _ amount: Money = baht(1100), of merchant: MerchantID = .shop, reference: Alias? = nil, seconds: Int64 = 3_600
    ) async throws -> Order {
        try await gateway.createOrder(
            OrderCommand(
                merchant: try #require(directory.merchant(merchant)), dialect: FakeDialect.id, amount: amount,
                means: "qr", acceptor: nil, lifetimeSeconds: seconds,
                reference: reference ?? newReference(of: merchant), echo: [3]))
    }

    func invitation(
        _ order: Order? = nil, amount: Money = baht(1100), mid: String = Mid.qr, form: Invitation.Form = .qr,
        reference: Alias? = nil, picture: String? = nil
    ) throws -> InvitationCommand {
        let merchant = try #require(directory.merchant(order?.merchant ?? .shop))
        return InvitationCommand(
            merchant: merchant, dialect: FakeDialect.id, acceptor: try #require(merchant.acceptor(mid)),
            amount: amount, scheme: form == .redirect ? .alipay : .promptPay, form: form,
            expires: order?.expires ?? clock.now().adding(seconds: 3_600), order: order?.id,
            reference: reference ?? newReference(of: merchant.id), picture: picture, echo: [7])
    }

    /// An invitation that the payer may take.
    func invited(_ form: Invitation.Form = .qr, through gateway: Gateway? = nil) async throws -> Payment {
        let command = try invitation(mid: form == .redirect ? Mid.wallet : Mid.qr, form: form)
        let payment = try await (gateway ?? self.gateway).present(command).payment
        try #require(payment.state == .presented)
        return payment
    }

    /// The payer pays at the bank, which sends no word.
    func paysSilently(_ payment: Payment, channel: String = SandboxPayer.kplus) async throws {
        let outcome = try await payer.pay(payment.id, channel: channel)
        try #require(outcome == .paid(notices: 1))
    }

    /// The payer pays, and the bank's word arrives.
    func pays(_ payment: Payment, channel: String = SandboxPayer.kplus) async throws -> Payment {
        try await paysSilently(payment, channel: channel)
        try await gateway.noticed(payment.id)
        return try await self.payment(payment.id)
    }

    func order(_ id: ID<Order>) async throws -> Order {
        let found = try await store.read { try $0.order(id) }
        return try #require(found)
    }
}
