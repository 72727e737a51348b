import Payments

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

enum NonceRows {
    private static let insertion = SQL(
        "INSERT INTO nonces (dialect, merchant, value, expires) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        key: 3)

    static func spend(_ nonce: Nonce) -> Statement {
        Statement(
            insertion,
            [
                .text(nonce.dialect.rawValue), .text(nonce.merchant.rawValue), .text(nonce.value),
                .integer(nonce.expires.microseconds),
            ], otherwise: .duplicate("nonce"))
    }
}
