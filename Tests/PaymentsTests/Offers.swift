import Money
import Payments

/// Merchant ids with something to offer, and requests for it.
enum Offers {
    static func days(_ first: Int64, _ last: Int64) -> (CivilDay, CivilDay) {
        let today = CivilDay(bangkok: noon).number
        return (CivilDay(number: today + first), CivilDay(number: today + last))
    }

    static func plan(
        _ interest: Instalment.InterestPayer = .supplier, _ terms: [Int] = [3, 10],
        days: (CivilDay, CivilDay) = days(0, 0), prices: (Int64, Int64) = (1_000, 2_000)
    ) -> InstalmentOffers.Plan {
        InstalmentOffers.Plan(
            promotion: "P", validFrom: days.0, validTo: days.1, interest: interest, product: "ALL", supplier: "99903",
            productType: "003", model: "123456", planID: "999", modelName: "M", minimumPrice: baht(prices.0),
            maximumPrice: baht(prices.1), terms: terms, merchantRate: Rate(partsPerMillion: 7))
    }

    static func key(
        _ interest: Instalment.InterestPayer = .supplier, productType: String = "3", model: String = "123456"
    ) -> InstalmentPlanKey {
        InstalmentPlanKey(
            planID: "999", interest: interest, productType: productType, supplier: "99903", model: model)
    }

    static func acceptor(
        _ product: Acceptor.Product, plans: [InstalmentOffers.Plan] = [plan()], fee: ConvenienceFee? = nil,
        offers: Bool = true
    ) -> Acceptor {
        let schemes = [
            InstalmentOffers.Scheme(
                id: "0001", interest: .merchant, terms: [3, 10], merchantRate: Rate(partsPerMillion: 30_000))
        ]
        return Acceptor(
            mid: "401", product: product, requiresAuthentication: false, currencies: [.THB, .USD], fees: sampleFees,
            instalments: offers ? InstalmentOffers(schemes: schemes, plans: plans) : nil, convenienceFee: fee)
    }

    static let campaigns = [
        Campaign(id: "A", validFrom: noon, validTo: noon.adding(seconds: 10)),
        Campaign(
            id: "B", validFrom: noon, validTo: noon.adding(seconds: 10), brands: [.visa, .unionpay],
            prefixes: ["44177066", "5404"]),
    ]

    static func merchant(_ acceptor: Acceptor) -> Merchant {
        Merchant(
            id: MerchantID(rawValue: "shop"), name: "Shop", acceptors: [acceptor], campaigns: campaigns, dialects: [:])
    }

    static func requested(
        _ change: (inout RequestedTerms) -> Void
    ) -> RequestedTerms {
        var terms = RequestedTerms()
        change(&terms)
        return terms
    }

    static func offered(
        _ terms: RequestedTerms, _ acceptor: Acceptor, _ amount: Money = baht(1_500), at now: Instant = noon
    ) throws(TermsFault) -> OfferedTerms {
        try terms.offered(by: merchant(acceptor), acceptor, for: amount, at: now)
    }

    static let visa = CardNumber("4417706600005830")!
    static let mastercard = CardNumber("5404888000072727")!
    static let jcb = CardNumber("3564580000056476")!
}
