import Gateway
import Money
import Payments
import WireKit

/// 6.1.1 Create Charge for payers who pay on a wallet's page (4.2): Alipay, UnionPay, WeChat.
extension KPaymentAPI {
    /// How long a wallet's page may be paid on, in seconds.
    static let redirectSeconds: Int64 = 3_600

    func createRedirectCharge(_ call: Call, _ fields: Fields) async throws -> [UInt8] {
        let text = try RedirectText(fields)
        let command = try await redirectCommand(text, call.merchant)
        return try await answer(
            call, "charge", refusal: { _ in .pendingState }, render: { ChargeMessage(dialect, $0).created() },
            { answering in
                do {
                    return try await gateway.present(command, answering: answering)
                } catch GatewayFault.noRoute {
                    throw KPaymentError.noSourceOfFund
                }
            })
    }

    private func redirectCommand(_ text: RedirectText, _ merchant: Merchant) async throws -> InvitationCommand {
        guard let currency = Currency(wire: text.currency) else { throw KPaymentError.currencyInvalid }
        let amount = try Money(wire: text.amount, currency, decimals: .floatNotSupport)
        guard amount.isPositive else { throw KPaymentError.amountInvalid }
        let acceptor = try acceptor(text, currency, merchant)
        let order = try await order(
            text.order, of: merchant.id, for: text.product == .weChatPay ? [.redirect, .wechat] : [.redirect], amount)
        let now = gateway.clock.now()
        let end = now.adding(seconds: Self.redirectSeconds)
        return InvitationCommand(
            merchant: merchant, dialect: KPayment.id, acceptor: acceptor, amount: amount,
            scheme: text.product.scheme ?? .alipay, form: .redirect, expires: order.map { min($0.expires, end) } ?? end,
            order: order?.id,
            reference: Alias(
                KPayment.Names.reference, text.echo.referenceOrder, dialect: KPayment.id, merchant: merchant.id),
            returnURL: { [dialect] in dialect.returnURL($0) }, echo: text.echo.bytes)
    }

    /// The merchant id that was named, or the merchant's own for this wallet.
    private func acceptor(
        _ text: RedirectText, _ currency: Currency, _ merchant: Merchant
    ) throws(KPaymentError) -> Acceptor {
        guard let mid = text.mid else {
            guard let acceptor = merchant.acceptor(for: text.product), isServed(acceptor) else {
                throw .noSourceOfFund
            }
            guard acceptor.currencies.contains(currency) else { throw .midNotExist }
            return acceptor
        }
        guard let acceptor = merchant.acceptor(mid), acceptor.product == text.product,
            acceptor.currencies.contains(currency),
            text.tid.map({ acceptor.terminals.isEmpty || acceptor.terminals.contains($0) }) ?? true
        else { throw .midNotExist }
        return acceptor
    }

    /// The order that a charge names: for these means, this amount and currency. Nil where it names none.
    func order(
        _ name: String?, of merchant: MerchantID, for means: Set<OrderMeans>, _ amount: Money
    ) async throws -> Order? {
        guard let name else { return nil }
        let order = try await orderReport(name, merchant).order
        guard let own = OrderMeans(rawValue: order.means), means.contains(own) else { throw KPaymentError.orderInvalid }
        guard order.amount == amount else { throw KPaymentError(OrderFault.amountMismatch) }
        return order
    }
}

/// A redirect charge's fields as text, of the right types and lengths.
struct RedirectText {
    let amount: String
    let currency: String
    let product: Acceptor.Product
    let mid: String?
    let tid: String?
    let order: String?
    let echo: Echo

    static let sources: [(name: String, product: Acceptor.Product)] = [
        ("alipay", .alipay), ("unionpay", .unionPay), ("wechat", .weChatPay),
    ]

    /// Whether the request is for a wallet's page.
    static func reads(_ fields: Fields) -> Bool { sources.contains { fields.says("source_type", $0.name) } }

    init(_ fields: Fields) throws(KPaymentError) {
        let additional = try fields.nested("additional_data")
        amount = try fields.decimal("amount")
        currency = try fields.requiredText("currency", 3)
        let word = try fields.word("source_type", Self.sources.map(\.name))
        product = Self.sources.first { $0.name == word }?.product ?? .alipay
        _ = try fields.word("mode", ["token", "customer", "register3D"])
        let isMobile = try fields.word("callback_type", ["web", "mobile"]) == "mobile"
        echo = Echo(
            description: try fields.requiredText("description", 255),
            referenceOrder: try fields.requiredText("reference_order", 50), ref1: try fields.text("ref_1", 128),
            ref2: try fields.text("ref_2", 128), ref3: try fields.text("ref_3", 128), isMobile: isMobile)
        order = try fields.text("order_id", 100)
        mid = try additional?.text("mid", 20)
        tid = try additional?.text("tid", 20)
    }
}
