/// A merchant's customer: who keeps cards for later payments.
public struct Customer: Sendable, Equatable {
    public let id: ID<Customer>
    public internal(set) var version: Int64
    public let merchant: MerchantID
    public let dialect: DialectID
    public internal(set) var email: String
    public internal(set) var name: String
    /// The card that pays where none is named; nil where there is none.
    public internal(set) var defaultCard: ID<CardFace>?
    public let created: Instant

    public init(
        id: ID<Customer>, version: Int64, merchant: MerchantID, dialect: DialectID, email: String, name: String,
        defaultCard: ID<CardFace>?, created: Instant
    ) {
        self.id = id
        self.version = version
        self.merchant = merchant
        self.dialect = dialect
        self.email = email
        self.name = name
        self.defaultCard = defaultCard
        self.created = created
    }
}

/// A card kept for a customer. The number lies sealed in the vault; no security code is kept.
public struct SavedCard: Sendable, Equatable {
    public let face: CardFace
    public let customer: ID<Customer>
    /// The name on the card.
    public let holder: String
    public let expiry: CardExpiry
    /// Card number and holder's name, sealed by the vault.
    public let sealedCard: [UInt8]
    public let created: Instant

    public init(
        face: CardFace, customer: ID<Customer>, holder: String, expiry: CardExpiry, sealedCard: [UInt8],
        created: Instant
    ) {
        self.face = face
        self.customer = customer
        self.holder = holder
        self.expiry = expiry
        self.sealedCard = sealedCard
        self.created = created
    }
}
