import Checkout
import Gateway
import Money
import Payments

/// What a payer is told of the instalments that the shop has set up (4.1.1.1, SmartPay).
extension KPaymentAPI {
    /// The term that the shop has set; nil where there is none.
    func instalments(_ settings: CheckoutSettings) -> InstalmentSummary? {
        settings.plan.months.map { instalments(settings, over: $0) }
    }

    /// The terms from which the payer chooses; nil where there is nothing to choose.
    func termChoice(_ settings: CheckoutSettings, chosen: Int? = nil, lacksChoice: Bool = false) -> TermChoice? {
        guard settings.plan.asksForTerm else { return nil }
        var choice = TermChoice(terms: settings.plan.terms.map { instalments(settings, over: $0) })
        choice.chosen = chosen
        choice.lacksChoice = lacksChoice
        return choice
    }

    private func instalments(_ settings: CheckoutSettings, over months: Int) -> InstalmentSummary {
        guard let amount = settings.amount, let offer = settings.plan.offer,
            let instalment = try? settings.acceptor.instalment(
                offer.over(months), for: amount, on: CivilDay(bangkok: gateway.clock.now()))
        else { return InstalmentSummary(months: months) }
        switch instalment.interest {
        // The bank alone knows what it charges its cardholder.
        case .cardholder: return InstalmentSummary(months: months, total: nil)
        case .merchant: return summary(amount, months, .merchant)
        case .supplier, .shared: return summary(amount, months, .supplier)
        }
    }

    /// Equal parts; what cannot be shared out equally is in the first.
    private func summary(
        _ amount: Money, _ months: Int, _ interest: InstalmentSummary.Interest
    ) -> InstalmentSummary {
        let monthly = try? amount.allocated(over: Array(repeating: 1, count: months)).first
        return InstalmentSummary(months: months, monthly: monthly ?? nil, total: amount, interest: interest)
    }
}

extension InstalmentAttributes {
    /// What the attributes ask for, as a charge would; nil where they cannot be read.
    var offer: InstalmentOffer? {
        let value = { (name: String) in fields.first { $0.name == name }?.value }
        if let scheme = value("smartpayId") { return .scheme(scheme) }
        guard let plan = value("planid"), let product = value("producttype"), let supplier = value("supplierno"),
            let model = value("modelno"),
            let interest = value("ipanmode").flatMap(Instalment.InterestPayer.init(ipanMode:))
        else { return nil }
        return .plan(
            InstalmentPlanKey(
                planID: plan, interest: interest, productType: product, supplier: supplier, model: model))
    }
}
