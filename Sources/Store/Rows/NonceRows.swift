import Payments

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
