import Gateway
import Money
import Payments
import WireKit

/// 6.1.1 Create Charge.
extension KPaymentAPI {
    func createCharge(_ call: Call) async throws -> [UInt8] {
        let fields = try call.fields()
        try fields.require("amount", "currency", "description", "source_type", "reference_order")
        if RedirectText.reads(fields) { return try await createRedirectCharge(call, fields) }
        let command = try await command(call, fields)
        return try await answer(
            call, "charge", refusal: { _ in .pendingState }, render: { ChargeMessage(dialect, $0).created() },
            { try await gateway.charge(command, answering: $0) })
    }

    /// Reads the request, in the order in which faults are told: mandatory fields, types and lengths, source and
    /// mode, currency, amount, merchant id, and what is named that does not exist.
    private func command(_ call: Call, _ fields: Fields) async throws -> ChargeCommand {
        if fields.says("source_type", "card") {
            try fields.require("mid", in: "additional_data")
            if fields.says("mode", "customer") {
                try fields.require("customer_id", in: "customer")
            } else {
                try fields.require("token")
            }
        }
        try OfferFields.requireMembers(fields)
        let text = try ChargeText(fields)
        guard let currency = Currency(wire: text.currency) else { throw KPaymentError.currencyInvalid }
        let amount = try Money(wire: text.amount, currency, decimals: .floatNotSupport)
        guard amount.isPositive else { throw KPaymentError.amountInvalid }
        try text.requireVerifyingAmount(amount)
        let acceptor = try acceptor(text, currency, call.merchant)
        let order = try await order(text.order, of: call.merchant.id, for: [.card], amount)
        return ChargeCommand(
            merchant: call.merchant, dialect: KPayment.id, acceptor: acceptor, amount: amount,
            source: try source(text), terms: try text.terms(), keepsCard: text.keepsCard, order: order?.id,
            reference: Alias(
                KPayment.Names.reference, text.echo.referenceOrder, dialect: KPayment.id,
                merchant: call.merchant.id),
            echo: text.echo.bytes,
            returnValue: ReturnValue(token: text.token, saveCard: text.keepsCard ?? false).bytes)
    }

    /// The acceptor that takes payments by card under this merchant id, terminal and currency.
    private func acceptor(
        _ text: ChargeText, _ currency: Currency, _ merchant: Merchant
    ) throws(KPaymentError) -> Acceptor {
        guard let acceptor = merchant.acceptor(text.mid), acceptor.currencies.contains(currency) else {
            throw .midNotExist
        }
        if let tid = text.tid, !acceptor.terminals.isEmpty, !acceptor.terminals.contains(tid) { throw .midNotExist }
        switch acceptor.product {
        case .fullPayment, .currencyConversion, .instalments: return acceptor
        case .unionPay, .alipay, .promptPay, .weChatPay, .payPlus: throw .midNotExist
        }
    }

    /// The card that is charged: a token's, or a customer's own.
    private func source(_ text: ChargeText) throws(KPaymentError) -> CardSource {
        let customer = try text.customer.map(customerID)
        if text.mode == ChargeText.Mode.customer, let customer {
            return .saved(customer, try text.card.map(cardID))
        }
        return .token(Secret(tokenBody(text.token)), of: customer)
    }

    /// The token without its prefix; something that no token is, where the prefix is another.
    func tokenBody(_ token: String) -> String {
        let prefix = dialect.prefix("tokn")
        return token.hasPrefix(prefix) ? String(token.dropFirst(prefix.count)) : ""
    }
}

/// A charge request's fields as text, of the right types and lengths.
private struct ChargeText {
    let amount: String
    let currency: String
    let mode: Mode
    /// Whose card it is, where one is named, and which.
    let customer: String?
    let card: String?
    let token: String
    private let saveCard: Bool?
    let mid: String
    let tid: String?
    let echo: Echo
    let offers: OfferFields
    let order: String?

    enum Mode: String, CaseIterable {
        case token, customer, register3D
    }

    init(_ fields: Fields) throws(KPaymentError) {
        let additional = try fields.nested("additional_data")
        amount = try fields.decimal("amount")
        currency = try fields.requiredText("currency", 3)
        _ = try fields.word("source_type", ["card", "alipay", "unionpay", "wechat"])
        mode = try fields.word("mode", Mode.allCases.map(\.rawValue)).flatMap(Mode.init(rawValue:)) ?? .token
        saveCard = try fields.flag("savecard")
        // Where nothing is said, a card is verified in an app.
        let callback = try fields.word("callback_type", ["web", "mobile"])
        let isMobile = callback.map { $0 == "mobile" } ?? (mode == .register3D)
        echo = Echo(
            description: try fields.requiredText("description", 255),
            referenceOrder: try fields.requiredText("reference_order", 50), ref1: try fields.text("ref_1", 128),
            ref2: try fields.text("ref_2", 128), ref3: try fields.text("ref_3", 128), isMobile: isMobile)
        tid = try additional?.text("tid", 20)
        mid = try additional?.text("mid", 20) ?? ""
        token = try fields.text("token", 50) ?? ""
        offers = try OfferFields(fields, additional: additional)
        let owner = try fields.nested("customer")
        customer = try owner?.text("customer_id", 256)
        card = try owner?.text("card_id", 50)
        try owner?.require("customer_id")
        order = try fields.text("order_id", 100)
    }

    /// Whether the card is to be kept. To verify one is to keep it, unless something else is said.
    var keepsCard: Bool? { saveCard ?? (mode == .register3D ? true : nil) }

    /// What is asked for beyond the amount.
    func terms() throws(KPaymentError) -> RequestedTerms {
        var terms = try offers.requested()
        terms.isVerification = mode == .register3D
        return terms
    }

    /// A card is verified with an amount of 1.
    func requireVerifyingAmount(_ amount: Money) throws(KPaymentError) {
        guard mode == .register3D else { return }
        guard let one = try? Money(parsing: "1", in: amount.currency), amount == one else { throw .amountInvalid }
        if order != nil { throw .invalidParameter("order_id", "verifying a card pays no order") }
    }
}
