import Gateway
import Money
import Payments
import WireKit

/// 6.3 Order API.
extension KPaymentAPI {
    /// How long an order may be paid, in seconds, as every sample shows.
    static let orderSeconds: Int64 = 3_600

    func createOrder(_ call: Call) async throws -> [UInt8] {
        let command = try await orderCommand(call)
        let render = { @Sendable (order: Order) -> [UInt8] in OrderMessage(dialect, order).bytes }
        do {
            guard let key = call.idempotencyKey else { return render(try await gateway.createOrder(command)) }
            return try await gateway.once(
                key, merchant: call.merchant.id, scope: "order", request: call.body.allBytes,
                // An order and its response are one commit: nothing can come between.
                resume: { _ in throw GatewayFault.notFound },
                run: { render(try await gateway.createOrder(command, ticket: $0, render: render)) })
        } catch let fault as GatewayFault {
            throw KPaymentError(fault) { _ in .amountInvalid }.ofOrders
        }
    }

    func inquireOrder(_ call: Call) async throws -> [UInt8] {
        OrderMessage(dialect, try await orderReport(call.parameter("id"), call.merchant.id).order).bytes
    }

    /// The order that a text names, if it is this merchant's.
    func orderReport(_ text: String, _ merchant: MerchantID) async throws -> OrderReport {
        guard let id = dialect.id(ofOrder: text) else { throw KPaymentError.orderInvalid }
        do {
            return try await gateway.order(id, of: merchant, dialect: KPayment.id)
        } catch GatewayFault.notFound {
            throw KPaymentError.orderInvalid
        }
    }

    /// Reads the request, in the order in which faults are told.
    private func orderCommand(_ call: Call) async throws -> OrderCommand {
        let fields = try call.fields()
        try fields.require("amount", "currency", "description", "source_type", "reference_order")
        let text = try OrderText(fields)
        guard let currency = Currency(wire: text.currency) else { throw KPaymentError.currencyInvalid }
        let amount = try Money(wire: text.amount, currency, decimals: .floatNotSupport)
        guard amount.isPositive else { throw KPaymentError.amountInvalid }
        try requireSource(text, currency, call.merchant)
        if let customer = text.echo.customer {
            guard let id: ID<Customer> = dialect.id(customer, "cust"),
                try await gateway.knowsCustomer(id, of: call.merchant.id)
            else { throw KPaymentError.customerInvalid }
        }
        return OrderCommand(
            merchant: call.merchant, dialect: KPayment.id, amount: amount, means: text.means.rawValue,
            acceptor: text.echo.additional?.mid, lifetimeSeconds: Self.orderSeconds,
            reference: Alias(
                KPayment.Names.reference, text.echo.referenceOrder, dialect: KPayment.id, merchant: call.merchant.id),
            echo: text.echo.bytes)
    }

    /// Somebody must be able to take the money by the order's means.
    private func requireSource(
        _ text: OrderText, _ currency: Currency, _ merchant: Merchant
    ) throws(KPaymentError) {
        let additional = text.echo.additional
        let named = try additional?.mid.map { (mid) throws(KPaymentError) in
            guard let acceptor = merchant.acceptor(mid) else { throw .midNotExist }
            return acceptor
        }
        // A shop names one merchant id in all that it asks for; one for cards does not say who takes a code's money.
        let isPassedOver = named.map { text.means.isPushed && !text.means.products.contains($0.product) } ?? false
        if let acceptor = named, !isPassedOver {
            guard acceptor.currencies.contains(currency) else { throw .midCurrencyConflict }
            guard text.means.products.contains(acceptor.product) else { throw .noSourceOfFund }
            if let tid = additional?.tid, !acceptor.terminals.isEmpty, !acceptor.terminals.contains(tid) {
                throw .midNotExist
            }
        } else {
            let acceptors = merchant.acceptors.filter { text.means.products.contains($0.product) }
            guard acceptors.contains(where: isServed) else { throw .noSourceOfFund }
            guard acceptors.contains(where: { $0.currencies.contains(currency) }) else { throw .currencyInvalid }
        }
        try requireInstalments(additional, merchant)
        if let campaign = additional?.campaign, (try? merchant.campaign(campaign, at: gateway.clock.now())) == nil {
            throw .campaignInvalid
        }
    }

    /// An offer of instalments that an order names must exist, with its number of months.
    private func requireInstalments(
        _ additional: OrderEcho.Additional?, _ merchant: Merchant
    ) throws(KPaymentError) {
        guard additional?.smartPay != nil || additional?.term != nil else { return }
        let acceptors = merchant.acceptors.filter { additional?.mid == nil || $0.mid == additional?.mid }
        let schemes = acceptors.flatMap { $0.instalments?.schemes ?? [] }.filter { $0.id == additional?.smartPay }
        let isOffered = schemes.contains { scheme in additional?.term.map { scheme.terms.contains($0) } ?? true }
        guard isOffered else { throw .smartPayInvalid }
    }

    /// Whether this gateway has a rail for what the acceptor takes.
    func isServed(_ acceptor: Acceptor) -> Bool {
        guard let scheme = acceptor.product.scheme else { return true }
        return gateway.offers(scheme)
    }
}

extension Acceptor.Product {
    /// The network by which payers pay themselves; nil for cards.
    var scheme: PushScheme? {
        switch self {
        case .fullPayment, .currencyConversion, .instalments: nil
        case .unionPay: .unionPay
        case .alipay: .alipay
        case .promptPay: .promptPay
        case .weChatPay: .weChatPay
        case .payPlus: .payPlus
        }
    }
}
