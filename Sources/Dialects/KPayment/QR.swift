import Gateway
import Money
import Payments
import WireKit

/// 6.4 QR API, and `POST /qr/v2/qr`, which shows an order's QR without a page.
extension KPaymentAPI {
    /// Makes the QR of an order, or gives its open one again. The order's amount, currency and reference are the QR's.
    func createQR(_ call: Call) async throws -> [UInt8] {
        let fields = try call.fields()
        try fields.require("order_id")
        let text = try QRText(fields)
        let order = try await orderReport(text.order, call.merchant.id).order
        try text.requireAgreement(with: order)
        let command = try invitation(of: order, call.merchant, by: text)
        return try await answer(
            call, "qr", refusal: { _ in .amountInvalid }, render: { QRMessage(dialect, $0).presented() },
            { try await gateway.present(command, answering: $0) }, ofOrders: true)
    }

    func inquireQR(_ call: Call) async throws -> [UInt8] {
        let name = call.parameter("id")
        guard dialect.id(ofOrder: name) != nil else { return QRMessage(dialect, try await qr(call)).inquired() }
        guard let attempt = try await orderReport(name, call.merchant.id).attempt, attempt.isQR else {
            throw KPaymentError.noTransactionFound
        }
        return QRMessage(dialect, attempt).inquired()
    }

    func voidQR(_ call: Call) async throws -> [UInt8] {
        let payment = try await qr(call).payment
        let message = { @Sendable (report: PaymentReport) in QRMessage(dialect, report).voided() }
        return try await answer(
            call, "void:\(payment.id)",
            refusal: { fault in
                guard case .wrongState(let state) = fault else { return .internalError }
                return .voidRefused(PushFailure.forVoid(in: state))
            },
            render: message, { try await gateway.void(payment.id, of: payment.merchant, answering: $0) })
    }

    func cancelQR(_ call: Call) async throws -> [UInt8] {
        guard let id: ID<Payment> = dialect.id(call.parameter("id"), "qr") else { throw KPaymentError.chargeNotExist }
        let report = try await gateway.report(on: id, of: call.merchant.id, dialect: KPayment.id)
        guard report.isQR else { throw KPaymentError.chargeNotExist }
        return try await answer(
            call, "cancel:\(id)", refusal: { _ in .cancelStateInvalid },
            render: { QRMessage(dialect, $0).cancelled() },
            { try await gateway.cancel(id, of: call.merchant.id, answering: $0) })
    }

    /// The QR charge that a path names by its id.
    private func qr(_ call: Call) async throws -> PaymentReport {
        let report = try await charge(call)
        guard report.isQR else { throw KPaymentError.chargeNotExist }
        return report
    }

    /// Makes an order's QR as its page would; nil where the order cannot be paid so, or not any more.
    public func show(_ order: Order) async throws -> ID<Payment>? {
        guard let merchant = gateway.directory.merchant(order.merchant),
            let command = try? invitation(of: order, merchant)
        else { return nil }
        do {
            return try await gateway.present(command).payment.id
        } catch GatewayFault.order {
            return nil
        }
    }

    /// How an order is shown to its payer.
    func invitation(
        of order: Order, _ merchant: Merchant, by text: QRText = QRText()
    ) throws(KPaymentError) -> InvitationCommand {
        let means = OrderMeans(rawValue: order.means)
        guard let product = text.product ?? means?.products.first, means?.products.contains(product) ?? false,
            let scheme = product.scheme, means == .qr || means == .wechat || means == .payPlus
        else { throw text.product == nil ? .orderInvalid : .invalidParameter("sof", "the order is for other means") }
        let named = order.acceptor.flatMap { merchant.acceptor($0) }
        let acceptor = named?.product == product ? named : merchant.acceptor(for: product)
        guard let acceptor, acceptor.currencies.contains(order.amount.currency), gateway.offers(scheme) else {
            throw .noSourceOfFund
        }
        let echo = OrderEcho(order.echo)
        let phone = text.phone ?? echo.additional?.phone
        let form: Invitation.Form = scheme == .payPlus ? (phone == nil ? .appLink : .notification) : .qr
        return InvitationCommand(
            merchant: merchant, dialect: KPayment.id, acceptor: acceptor, amount: order.amount, scheme: scheme,
            form: form, expires: order.expires, order: order.id,
            reference: Alias(
                KPayment.Names.reference, echo.referenceOrder, dialect: KPayment.id, merchant: merchant.id),
            phone: phone, picture: echo.image, echo: echo.charge(describedAs: text.description).bytes)
    }
}

extension PaymentReport {
    /// Whether the payer pays by a QR code or an app.
    var isQR: Bool { payment.method.invitation.map { $0.form != .redirect } ?? false }
}

extension OrderEcho {
    /// What is kept beside a charge that pays the order.
    func charge(describedAs other: String?) -> Echo {
        var echo = Echo(
            description: other ?? description, referenceOrder: referenceOrder, ref1: ref1, ref2: ref2, ref3: ref3)
        echo.metadata = metadata
        return echo
    }
}

/// A request for an order's QR.
struct QRText {
    var order = ""
    /// `sof`, the source of funds; nil for the order's usual one.
    var product: Acceptor.Product?
    var description: String?
    /// Whom Pay PLUS tells.
    var phone: String?
    private var amount: String?
    private var currency: String?

    static let sources: [(name: String, product: Acceptor.Product)] = [
        ("ThaiQR", .promptPay), ("WeChat", .weChatPay), ("PayPLUS", .payPlus),
    ]

    init() {}

    init(_ fields: Fields) throws(KPaymentError) {
        order = try fields.requiredText("order_id", 100)
        amount = fields.has("amount") ? try fields.decimal("amount") : nil
        currency = try fields.text("currency", 3)
        description = try fields.text("description", 255)
        _ = try fields.text("reference_order", 50)
        phone = try OrderText.phone(fields)
        let source = try fields.word("sof", Self.sources.map(\.name))
        product = Self.sources.first { $0.name == source }?.product
    }

    /// What is said again of the order must be as it was said.
    func requireAgreement(with order: Order) throws(KPaymentError) {
        if let currency {
            guard let known = Currency(wire: currency) else { throw .currencyInvalid }
            guard known == order.amount.currency else { throw KPaymentError(OrderFault.amountMismatch) }
        }
        guard let amount else { return }
        let money = try Money(wire: amount, order.amount.currency, decimals: .floatNotSupport)
        guard money.isPositive else { throw .amountInvalid }
        guard money == order.amount else { throw KPaymentError(OrderFault.amountMismatch) }
    }
}
