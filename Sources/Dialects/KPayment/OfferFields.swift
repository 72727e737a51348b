import Money
import Payments
import WireKit

/// What a request says of instalments, campaign and the payer's own currency (6.1.1, rows 13, 15.3 to 15.5 and 17;
/// orders have rows 15 alone).
struct OfferFields {
    private var smartPayID: String?
    private var term: Int?
    private var plan: InstalmentChoice?
    private var campaign: String?
    private var payerCurrency: String?

    /// Fails where a part of what is asked for is missing.
    static func requireMembers(_ fields: Fields) throws(KPaymentError) {
        if let dcc = try? fields.nested("dcc_data") { try dcc.require("dcc_currency") }
        if let additional = try? fields.nested("additional_data"), additional.has("smartpay_id") {
            try additional.require("term")
        }
        if let smartpay = try? fields.nested("smartpay") {
            try smartpay.require("plan_id", "ipan_mode", "product_type", "payment_term", "supplier_no", "model_no")
        }
    }

    /// Reads an order's fields, or the first part of a charge's.
    init(additional: Fields?) throws(KPaymentError) {
        // The table says five characters, the Order API's sample has six.
        smartPayID = try additional?.text("smartpay_id", 6)
        term = try additional?.wholeNumber("term", 9)
        campaign = try additional?.text("campaign_id", 8)
    }

    /// Reads a charge's fields.
    init(_ fields: Fields, additional: Fields?) throws(KPaymentError) {
        try self.init(additional: additional)
        if let smartpay = try fields.nested("smartpay") { plan = try Self.plan(smartpay) }
        if let dcc = try fields.nested("dcc_data") {
            let text = try dcc.text("dcc_currency", 20) ?? ""
            // The table's own sample has blanks round it.
            let code = String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            guard code.unicodeScalars.count <= 3 else {
                throw .invalidParameter("dcc_data.dcc_currency", "longer than 3 characters")
            }
            payerCurrency = code
        }
    }

    private static func plan(_ fields: Fields) throws(KPaymentError) -> InstalmentChoice {
        let planID = try fields.code("plan_id", 3) ?? ""
        let mode = try fields.code("ipan_mode", 2) ?? ""
        let productType = try fields.code("product_type", 3) ?? ""
        let months = try fields.wholeNumber("payment_term", 2) ?? 0
        let supplier = try fields.code("supplier_no", 5) ?? ""
        let model = try fields.code("model_no", 6) ?? ""
        guard let interest = Instalment.InterestPayer(ipanMode: mode) else {
            throw .invalidParameter("smartpay.ipan_mode", "one of 01, 02, 03, 04 is expected")
        }
        return .plan(
            InstalmentPlanKey(
                planID: planID, interest: interest, productType: productType, supplier: supplier, model: model),
            months: months)
    }

    /// What is asked for, where it says one thing.
    func requested() throws(KPaymentError) -> RequestedTerms {
        var terms = RequestedTerms()
        terms.campaign = campaign
        terms.instalment = try instalment()
        if let payerCurrency {
            guard let currency = Currency(wire: payerCurrency) else { throw .currencyInvalid }
            terms.payerCurrency = currency
        }
        return terms
    }

    private func instalment() throws(KPaymentError) -> InstalmentChoice? {
        if let plan {
            if smartPayID != nil { throw .smartPay("either smartpay_id or smartpay is expected, not both") }
            if let term, case .plan(_, let months) = plan, term != months {
                throw .smartPay("term and payment_term differ")
            }
            return plan
        }
        switch (smartPayID, term) {
        case (nil, nil): return nil
        case (let id?, let term?): return .scheme(id, months: term)
        case (nil, .some): throw .smartPay("term without smartpay_id")
        case (.some, nil): throw .mandatoryIsEmpty("additional_data.term")
        }
    }
}

extension Instalment.InterestPayer {
    /// From the codes of 6.1.1 and the Installment Plan Report: 01 merchant, 02 cardholder, 03 supplier, 04 shared.
    init?(ipanMode code: String) {
        switch code {
        case "01", "1": self = .merchant
        case "02", "2": self = .cardholder
        case "03", "3": self = .supplier
        case "04", "4": self = .shared
        default: return nil
        }
    }

    /// As the report writes it.
    var ipanMode: String {
        switch self {
        case .merchant: "01"
        case .cardholder: "02"
        case .supplier: "03"
        case .shared: "04"
        }
    }
}

extension KPaymentError {
    /// What the merchant does not offer, in this document's words.
    init(_ fault: TermsFault) {
        switch fault {
        case .instalmentMissing: self = .smartPay("this merchant id takes nothing but instalments")
        case .instalmentNotTaken: self = .smartPay("this merchant id takes no instalments")
        case .instalmentUnknown: self = .smartPay("no such offer")
        case .instalmentNotToday: self = .smartPay("the plan is not valid today")
        case .instalmentPrice: self = .smartPay("the amount is outside of the plan's prices")
        case .instalmentMonths: self = .smartPay("the term is not offered")
        case .conversionNotOffered:
            self = .invalidParameter("dcc_data", "this merchant id converts no currencies")
        case .payerCurrencyNotOffered: self = .currencyInvalid
        case .campaignUnknown: self = .campaignInvalid
        case .campaignCard: self = .campaignCardInvalid
        case .overflow: self = .amountInvalid
        }
    }
}
