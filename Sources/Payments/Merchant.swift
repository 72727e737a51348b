import Money

/// A merchant: who takes payments here, at which acquirer ids, for which fee, within which limits.
///
/// Read on every request and changed rarely; the gateway keeps all merchants as one immutable snapshot.
public struct Merchant: Sendable, Codable, Equatable {
    public let id: MerchantID
    public var name: String
    /// The merchant ids at acquirers, by `mid`.
    public var acceptors: [Acceptor]
    /// The promotions that the merchant has set up.
    public var campaigns: [Campaign]?
    /// The merchant's own bank accounts, to which payers send money.
    public var collectionAccounts: [CollectionAccount]?
    /// Settings for each API that the merchant uses.
    public var dialects: [String: DialectSettings]

    public init(
        id: MerchantID, name: String, acceptors: [Acceptor], campaigns: [Campaign]? = nil,
        collectionAccounts: [CollectionAccount]? = nil,
        dialects: [String: DialectSettings]
    ) {
        self.id = id
        self.name = name
        self.acceptors = acceptors
        self.campaigns = campaigns
        self.collectionAccounts = collectionAccounts
        self.dialects = dialects
    }

    /// The first acceptor for a product, where the merchant names no id.
    public func acceptor(for product: Acceptor.Product) -> Acceptor? { acceptors.first { $0.product == product } }

    /// The acceptor with this merchant id, if it is this merchant's.
    public func acceptor(_ mid: String) -> Acceptor? { acceptors.first { $0.mid == mid } }

    /// The settings for one API; empty where the merchant never set any.
    public func settings(_ dialect: DialectID) -> DialectSettings { dialects[dialect.rawValue] ?? DialectSettings() }
}

/// A merchant id at an acquirer: what it may take and how.
public struct Acceptor: Sendable, Codable, Equatable {
    public let mid: String
    /// What sort of payment the id was opened for.
    public var product: Product
    /// Whether the payer must authenticate (3-D Secure) before authorisation.
    public var requiresAuthentication: Bool
    public var currencies: Set<Currency>
    public var brands: Set<CardBrand>
    /// Terminal ids that may be named beside the merchant id; empty means that any may.
    public var terminals: Set<String>
    /// Whether an authorisation that nobody captured by hand is captured at the day's cut-off.
    public var capturesItself: Bool
    public var fees: FeePlan
    /// What it offers in instalments; nil where it offers none.
    public var instalments: InstalmentOffers?
    public var convenienceFee: ConvenienceFee?

    public enum Product: String, Sendable, Codable {
        case fullPayment, currencyConversion, instalments, unionPay, alipay, promptPay, weChatPay, payPlus
    }

    public init(
        mid: String, product: Product, requiresAuthentication: Bool, currencies: Set<Currency>,
        brands: Set<CardBrand> = [.visa, .mastercard, .jcb], terminals: Set<String> = [], capturesItself: Bool = true,
        fees: FeePlan, instalments: InstalmentOffers? = nil, convenienceFee: ConvenienceFee? = nil
    ) {
        self.mid = mid
        self.product = product
        self.requiresAuthentication = requiresAuthentication
        self.currencies = currencies
        self.brands = brands
        self.terminals = terminals
        self.capturesItself = capturesItself
        self.fees = fees
        self.instalments = instalments
        self.convenienceFee = convenienceFee
    }
}

/// What a merchant has set for one API.
public struct DialectSettings: Sendable, Codable, Equatable {
    /// Where webhooks go; none are sent without it.
    public var notifyURL: String?
    /// Where the payer's browser is sent back to.
    public var callbackURL: String?
    /// Addresses, and blocks of them such as `10.0.0.0/8`, that may call with the merchant's keys; empty means any.
    public var allowedAddresses: [String]
    /// Whether a card may be verified with a small charge that is voided at once.
    public var allowsCardVerification: Bool
    public var limits: Limits
    /// What the house keeps of a deposit; nil: nothing.
    public var depositFees: FeePlan?
    /// What the house takes on top of a payout; nil: nothing.
    public var payoutFees: FeePlan?

    public init(
        notifyURL: String? = nil, callbackURL: String? = nil, allowedAddresses: [String] = [],
        allowsCardVerification: Bool = true, limits: Limits = Limits(), depositFees: FeePlan? = nil,
        payoutFees: FeePlan? = nil
    ) {
        self.notifyURL = notifyURL
        self.callbackURL = callbackURL
        self.allowedAddresses = allowedAddresses
        self.allowsCardVerification = allowsCardVerification
        self.limits = limits
        self.depositFees = depositFees
        self.payoutFees = payoutFees
    }
}

/// The most that a merchant may take, in minor units of baht; nil means no limit. Other currencies count by their
/// worth in baht.
public struct Limits: Sendable, Codable, Equatable {
    public var perTransaction: Int64?
    public var perDay: Int64?
    public var countPerDay: Int64?

    public init(perTransaction: Int64? = nil, perDay: Int64? = nil, countPerDay: Int64? = nil) {
        self.perTransaction = perTransaction
        self.perDay = perDay
        self.countPerDay = countPerDay
    }

    /// Whether one transaction may have so much baht.
    public func allows(_ baht: Money) -> Bool { perTransaction.map { baht.minorUnits <= $0 } ?? true }

    /// Whether a day's payments must be counted at all.
    public var countsDays: Bool { perDay != nil || countPerDay != nil }
}
