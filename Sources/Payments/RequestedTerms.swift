import Money

/// What a merchant asks for beyond the amount.
public struct RequestedTerms: Sendable, Hashable {
    /// The charge is to prove that the card is its holder's, and is voided at once.
    public var isVerification = false
    /// The currency that the payer chose; nil where they were offered none.
    public var payerCurrency: Currency?
    public var instalment: InstalmentChoice?
    /// The promotion's id.
    public var campaign: String?

    public init() {}
}

/// Which of a merchant id's instalments a payer takes.
public enum InstalmentChoice: Sendable, Hashable {
    /// An offer that is named by one id, over so many months.
    case scheme(String, months: Int)
    /// An offer for one product of one supplier, over so many months.
    case plan(InstalmentPlanKey, months: Int)
}

/// What names a plan. Codes of digits are the same where their numbers are: `3` is `003`.
public struct InstalmentPlanKey: Sendable, Hashable {
    public let planID: String
    public let interest: Instalment.InterestPayer
    public let productType: String
    public let supplier: String
    public let model: String

    public init(
        planID: String, interest: Instalment.InterestPayer, productType: String, supplier: String, model: String
    ) {
        self.planID = Self.code(planID)
        self.interest = interest
        self.productType = Self.code(productType)
        self.supplier = Self.code(supplier)
        self.model = Self.code(model)
    }

    /// A code of digits without leading zeros; any other as it is.
    private static func code(_ text: String) -> String {
        guard text.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) else { return text }
        let digits = text.drop { $0 == "0" }
        return digits.isEmpty && !text.isEmpty ? "0" : String(digits)
    }
}

/// Why terms are not on offer.
public enum TermsFault: Error, Equatable, Sendable, CaseIterable {
    /// The merchant id takes nothing but instalments.
    case instalmentMissing
    /// The merchant id takes no instalments.
    case instalmentNotTaken
    /// The merchant id has no such offer.
    case instalmentUnknown
    /// The day is not one of the offer's.
    case instalmentNotToday
    /// The amount is outside of the offer's prices, or in a currency that it has none in.
    case instalmentPrice
    /// The offer is for other numbers of months.
    case instalmentMonths
    /// The merchant id converts no currencies.
    case conversionNotOffered
    /// The card is not billed in that currency, or the amount is worth nothing in it.
    case payerCurrencyNotOffered
    /// There is no such campaign, or not now.
    case campaignUnknown
    /// The card takes no part in the campaign.
    case campaignCard
    /// The amount with its fee is more than the ledger holds.
    case overflow
}
