import Money

/// A promotion by card: which cards take part, and when.
public struct Campaign: Sendable, Codable, Equatable {
    public let id: String
    public let validFrom: Instant
    /// The first moment after its end.
    public let validTo: Instant
    /// Brands that take part; empty means all.
    public let brands: Set<CardBrand>
    /// Card numbers that take part, by their first digits; empty means all.
    public let prefixes: Set<String>

    public init(
        id: String, validFrom: Instant, validTo: Instant, brands: Set<CardBrand> = [], prefixes: Set<String> = []
    ) {
        self.id = id
        self.validFrom = validFrom
        self.validTo = validTo
        self.brands = brands
        self.prefixes = prefixes
    }
}

/// How the convenience fee of a merchant id is reckoned.
public struct ConvenienceFee: Sendable, Codable, Equatable {
    /// The fee, as a share of the amount.
    public let rate: Rate
    /// Tax, as a share of the fee.
    public let vat: Rate
    /// Whose cards pay it.
    public let brands: Set<CardBrand>

    public init(rate: Rate, vat: Rate, brands: Set<CardBrand> = [.visa, .mastercard]) {
        self.rate = rate
        self.vat = vat
        self.brands = brands
    }
}

/// The instalments that a merchant id offers.
public struct InstalmentOffers: Sendable, Codable, Equatable {
    /// An offer that is named by one id.
    public struct Scheme: Sendable, Codable, Equatable {
        public let id: String
        public let interest: Instalment.InterestPayer
        /// Numbers of months to choose from, smallest first.
        public let terms: [Int]
        public let merchantRate: Rate?

        public init(id: String, interest: Instalment.InterestPayer, terms: [Int], merchantRate: Rate? = nil) {
            self.id = id
            self.interest = interest
            self.terms = terms
            self.merchantRate = merchantRate
        }
    }

    /// An offer for one product of one supplier, as in the bank's Installment Plan Report.
    public struct Plan: Sendable, Codable, Equatable {
        public let promotion: String
        /// First and last day.
        public let validFrom: CivilDay
        public let validTo: CivilDay
        public let interest: Instalment.InterestPayer
        public let product: String
        public let supplier: String
        public let productType: String
        public let model: String
        public let planID: String
        public let modelName: String
        public let minimumPrice: Money
        public let maximumPrice: Money
        public let terms: [Int]
        /// C for credit cards, K for K-Express Cash.
        public let cardType: String
        public let merchantRate: Rate?

        public init(
            promotion: String, validFrom: CivilDay, validTo: CivilDay, interest: Instalment.InterestPayer,
            product: String, supplier: String, productType: String, model: String, planID: String, modelName: String,
            minimumPrice: Money, maximumPrice: Money, terms: [Int], cardType: String = "C", merchantRate: Rate? = nil
        ) {
            self.promotion = promotion
            self.validFrom = validFrom
            self.validTo = validTo
            self.interest = interest
            self.product = product
            self.supplier = supplier
            self.productType = productType
            self.model = model
            self.planID = planID
            self.modelName = modelName
            self.minimumPrice = minimumPrice
            self.maximumPrice = maximumPrice
            self.terms = terms
            self.cardType = cardType
            self.merchantRate = merchantRate
        }
    }

    public var schemes: [Scheme]
    public var plans: [Plan]

    public init(schemes: [Scheme], plans: [Plan]) {
        self.schemes = schemes
        self.plans = plans
    }
}
