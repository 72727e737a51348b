import Money

/// A single-use stand-in for a card that a payer typed in.
public struct CardToken: Sendable, Equatable {
    /// How the token is looked up: the moment it was made and a keyed hash of its text. The text is not kept.
    public let key: [UInt8]
    public let merchant: MerchantID
    public let card: CardFace
    public let expiry: CardExpiry
    /// The card number and holder's name, sealed by the vault.
    public let sealedCard: [UInt8]
    /// The security code, sealed under a key that only the token's text yields; nil once used.
    public let sealedCode: [UInt8]?
    /// What the token was made for, where the maker said so. A payment for anything else is refused.
    public let terms: Terms
    public let expires: Instant
    public let usedBy: ID<Payment>?

    /// What a token may be bound to.
    public struct Terms: Sendable, Equatable {
        public let mid: String?
        /// The amount's currency where there is an amount.
        public let currency: Currency?
        public let amount: Money?
        /// Whose saved card it stands for.
        public let customer: ID<Customer>?
        /// What the card would be charged in its own currency, where that was offered.
        public let conversion: Conversion?
        /// What the payer said when they were asked whether their card may be remembered; nil where nobody asked.
        public let remembers: Bool?

        public init(
            mid: String? = nil, currency: Currency? = nil, amount: Money? = nil, customer: ID<Customer>? = nil,
            conversion: Conversion? = nil, remembers: Bool? = nil
        ) {
            self.mid = mid
            self.currency = amount?.currency ?? currency
            self.amount = amount
            self.customer = customer
            self.conversion = conversion
            self.remembers = remembers
        }

        /// Whether a payment keeps to them.
        public func allow(mid: String, amount: Money) -> Bool {
            (self.mid ?? mid) == mid && (currency ?? amount.currency) == amount.currency
                && (self.amount ?? amount) == amount
        }

        /// Holds the merchant's word of whether the card is to be kept against the payer's. The merchant may keep less
        /// than the payer allows, and must say so; where the payer was not asked, the merchant answers for it.
        /// - Parameter isKept: nil where the merchant says nothing.
        public func requireConsent(toKeep isKept: Bool?) throws(ConsentFault) {
            guard let remembers else { return }
            if remembers, isKept == nil { throw .unanswered }
            if !remembers, isKept == true { throw .notGiven }
        }
    }

    public init(
        key: [UInt8], merchant: MerchantID, card: CardFace, expiry: CardExpiry, sealedCard: [UInt8],
        sealedCode: [UInt8]?, terms: Terms, expires: Instant, usedBy: ID<Payment>? = nil
    ) {
        self.key = key
        self.merchant = merchant
        self.card = card
        self.expiry = expiry
        self.sealedCard = sealedCard
        self.sealedCode = sealedCode
        self.terms = terms
        self.expires = expires
        self.usedBy = usedBy
    }

    /// How long a token lives, in seconds.
    public static let lifetimeSeconds: Int64 = 600

    /// How long after that the card of a charged token may still be taken out of it, to be kept, in seconds.
    public static let keptSeconds: Int64 = 86_400

    /// How the keys of tokens made at `instant` begin: milliseconds since 1970, six bytes, so that keys are ordered by
    /// time.
    public static func keyPrefix(_ instant: Instant) -> [UInt8] {
        let milliseconds = UInt64(max(0, instant.microseconds / 1_000))
        return (0..<6).map { UInt8(truncatingIfNeeded: milliseconds >> UInt64(40 - 8 * $0)) }
    }
}

/// Why a card is not kept, or a payment not made, for what the payer said of their card.
public enum ConsentFault: Error, Equatable, Sendable {
    /// The payer lets their card be remembered, and the merchant does not say whether it is to be.
    case unanswered
    /// The payer was asked and did not agree.
    case notGiven
}

/// Something that a payer must do before a payment goes on: here, prove who they are to the card's issuer.
public struct Challenge: Sendable, Equatable {
    /// Keyed hash of the secret in the page's address. The secret itself is not kept.
    public let key: [UInt8]
    public let payment: ID<Payment>
    /// Card number and holder's name, sealed by the vault; gone when the challenge ends.
    public let sealedCard: [UInt8]?
    /// The security code, sealed under the challenge's secret; gone at authorisation.
    public let sealedCode: [UInt8]?
    /// What the dialect wants back when the payer returns, sealed under the challenge's secret.
    public let sealedReturn: [UInt8]
    public let expiry: CardExpiry
    public let expires: Instant

    public init(
        key: [UInt8], payment: ID<Payment>, sealedCard: [UInt8]?, sealedCode: [UInt8]?, sealedReturn: [UInt8],
        expiry: CardExpiry, expires: Instant
    ) {
        self.key = key
        self.payment = payment
        self.sealedCard = sealedCard
        self.sealedCode = sealedCode
        self.sealedReturn = sealedReturn
        self.expiry = expiry
        self.expires = expires
    }

    /// How long a payer has, in seconds.
    public static let lifetimeSeconds: Int64 = 900
}
