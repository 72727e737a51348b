/// Whose payments these are: a short name without spaces or colons, chosen when the merchant is made.
public struct MerchantID: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public var description: String { rawValue }
}

/// The wire API that an object was made through. Each dialect names itself; the core only compares.
public struct DialectID: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public var description: String { rawValue }
}

/// A name by which a merchant or an API knows an object: unique per dialect, merchant and kind.
///
/// One mechanism serves look-up, uniqueness and replay protection: a merchant's own reference, a one-time value, the
/// number that an API shows.
public struct Alias: Hashable, Sendable {
    /// What sort of name this is, such as `reference`. Each dialect chooses its own kinds.
    public struct Kind: RawRepresentable, Hashable, Sendable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
    }

    public let dialect: DialectID
    public let merchant: MerchantID
    public let kind: Kind
    public let value: String

    public init(_ kind: Kind, _ value: String, dialect: DialectID, merchant: MerchantID) {
        self.dialect = dialect
        self.merchant = merchant
        self.kind = kind
        self.value = value
    }
}

/// A value that a merchant may use once, until it expires.
public struct Nonce: Hashable, Sendable {
    public let dialect: DialectID
    public let merchant: MerchantID
    public let value: String
    /// When it may be forgotten.
    public let expires: Instant

    public init(_ value: String, dialect: DialectID, merchant: MerchantID, expires: Instant) {
        self.dialect = dialect
        self.merchant = merchant
        self.value = value
        self.expires = expires
    }
}
