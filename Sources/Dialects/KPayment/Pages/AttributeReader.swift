import Checkout
import Gateway
import Money
import Payments
import WireKit

/// Reads the script's attributes with the checks of the API's own fields, and gathers what is wrong with them.
final class AttributeReader {
    private let fields: Fields
    private(set) var faults: [String] = []

    init(_ query: FormFields) {
        fields = Fields(JSONObject(members: query.fields.map { ($0.name, .string($0.value)) }))
    }

    /// The merchant whose public key it is.
    func merchant(_ directory: MerchantDirectory) -> Merchant? {
        guard let key = required("apikey", 100) else { return nil }
        guard let merchant = directory.authenticate(key, dialect: KPayment.id, role: KPayment.Role.public) else {
            fault("apikey", "no public key of this gateway")
            return nil
        }
        return merchant
    }

    func requireCard() {
        guard let method = required("payment-methods", 20) else { return }
        switch method.lowercased() {
        case "card": break
        case "redirect": fault("payment-methods", "redirect needs no page of ours: use the charge's redirect_url")
        default: fault("payment-methods", "one of card, qr, wechat, payplus is expected")
        }
    }

    /// The order that is paid.
    func order() -> String? { required("order-id", 100) }

    /// The merchant's acceptor for card payments.
    func acceptor(of merchant: Merchant) -> Acceptor? {
        guard let mid = required("mid", 15) else { return nil }
        guard let acceptor = merchant.acceptor(mid), acceptor.product.scheme == nil else {
            fault("mid", "no merchant id of this shop for cards")
            return nil
        }
        return acceptor
    }

    /// A Decimal (10,2) in a currency that the acceptor takes, baht by default.
    func amount(_ acceptor: Acceptor?) -> Money? {
        let code = text("currency", 3) ?? "THB"
        guard let currency = Currency(wire: code) else {
            fault("currency", "no currency that is taken")
            return nil
        }
        if let acceptor, !acceptor.currencies.contains(currency) { fault("currency", "not taken by this merchant id") }
        guard let digits = read("amount", { try self.fields.decimal("amount") }) else { return nil }
        let amount = read("amount") { try Money(wire: digits, currency, decimals: .floatNotSupport) }
        guard let amount else { return nil }
        if !amount.isPositive { fault("amount", "must be positive") }
        if amount.minorUnits / currency.minorUnitsPerUnit >= 100_000_000 {
            fault("amount", "more than eight digits before the point")
        }
        return amount
    }

    /// The attributes of either way to pay by instalments. Only one way may be used.
    func plan(_ acceptor: Acceptor?) -> InstalmentAttributes {
        let term = text("term", 2)
        let smartPay = text("smartpay-id", 6) ?? text("smartpayid", 6)
        let byPlan = Self.planInputs.map {
            (attribute: $0.attribute, input: $0.input, value: text($0.attribute, $0.length))
        }
        if let term, Int(term).map({ $0 > 0 }) != true { fault("term", "a number of months is expected") }
        let isByPlan = byPlan.contains { $0.value != nil }
        if isByPlan, smartPay != nil { fault("smartpay-id", "either this or the attributes of a plan") }
        if isByPlan { for missing in byPlan where missing.value == nil { fault(missing.attribute, "missing") } }
        if acceptor?.product == .instalments, !isByPlan, smartPay == nil {
            fault("smartpay-id", "missing: this merchant id is for instalments")
        }
        if let acceptor, acceptor.product != .instalments, isByPlan || smartPay != nil || term != nil {
            fault("mid", "not for instalments")
        }
        let fields = ([("smartpayId", smartPay)] + byPlan.map { ($0.input, $0.value) }).compactMap { field in
            field.1.map { (name: field.0, value: $0) }
        }
        return InstalmentAttributes(fields: fields, months: term.flatMap { Int($0) })
    }

    /// The instalments with what the merchant id offers of them today.
    func offered(
        _ plan: InstalmentAttributes, _ acceptor: Acceptor?, _ amount: Money?, at now: Instant
    ) -> InstalmentAttributes {
        guard let acceptor, acceptor.product == .instalments, let amount, faults.isEmpty else { return plan }
        guard let offer = plan.offer else {
            fault("ipan-mode", "one of 01, 02, 03, 04 is expected")
            return plan
        }
        do throws(TermsFault) {
            let terms = try acceptor.instalmentTerms(of: offer, for: amount, on: CivilDay(bangkok: now))
            if let months = plan.months, !terms.contains(months) { throw .instalmentMonths }
            return plan.offering(terms)
        } catch {
            let isPlan = if case .plan = offer { true } else { false }
            let name =
                switch error {
                case .instalmentMonths: "term"
                case .instalmentPrice: "amount"
                default: isPlan ? "plan-id" : "smartpay-id"
                }
            fault(name, KPaymentError(error).message)
            return plan
        }
    }

    /// The promotion, where one is named. It must run now.
    func campaign(of merchant: Merchant, at now: Instant) -> Campaign? {
        guard let id = text("campaign-id", 8) else { return nil }
        guard let campaign = try? merchant.campaign(id, at: now) else {
            fault("campaign-id", "no campaign of this shop that runs now")
            return nil
        }
        return campaign
    }

    /// A card that is saved is verified first (5.1.1): the merchant, and the merchant id, must be able to.
    func requireVerification(_ merchant: Merchant, _ acceptor: Acceptor?) {
        if !merchant.settings(KPayment.id).allowsCardVerification { fault("apikey", "this shop verifies no cards") }
        if let acceptor, !acceptor.requiresAuthentication {
            fault("mid", "without 3-D Secure: no card can be verified for saving")
        }
    }

    /// The attributes of an instalment plan and the inputs that hand them back.
    private static let planInputs = [
        (attribute: "plan-id", input: "planid", length: 3), (attribute: "ipan-mode", input: "ipanmode", length: 2),
        (attribute: "product-type", input: "producttype", length: 3),
        (attribute: "supplier-no", input: "supplierno", length: 20),
        (attribute: "model-no", input: "modelno", length: 10),
    ]

    func text(_ name: String, _ length: Int) -> String? { read(name) { try self.fields.text(name, length) } ?? nil }

    func flag(_ name: String) -> Bool? { read(name) { try self.fields.flag(name) } ?? nil }

    private func required(_ name: String, _ length: Int) -> String? {
        read(name) { try self.fields.requiredText(name, length) }
    }

    private func read<Value>(_ name: String, _ body: () throws -> Value) -> Value? {
        do {
            return try body()
        } catch {
            fault(name, (error as? KPaymentError)?.message ?? "cannot be read")
            return nil
        }
    }

    private func fault(_ name: String, _ why: String) { faults.append("data-\(name): \(why)") }
}
