import Payments

/// Challenges as rows.
enum ChallengeRows {
    private static let columns = """
        key, payment, sealed_card, sealed_code, sealed_return, expiry_year, expiry_month, expires
        """
    private static let insertion = SQL("INSERT INTO challenges (\(columns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
    private static let wiping = SQL("UPDATE challenges SET sealed_card = NULL, sealed_code = NULL WHERE key = $1")
    private static let wipingByPayment = SQL(
        "UPDATE challenges SET sealed_card = NULL, sealed_code = NULL WHERE payment = $1", key: 0)
    static let byKey = SQL("SELECT \(columns) FROM challenges WHERE key = $1")

    static func insert(_ challenge: Challenge) -> Statement {
        Statement(
            insertion,
            [
                .bytes(challenge.key), .text(challenge.payment.hex), SQLValue(challenge.sealedCard),
                SQLValue(challenge.sealedCode), .bytes(challenge.sealedReturn),
                .integer(Int64(challenge.expiry.year)), .integer(Int64(challenge.expiry.month)),
                .integer(challenge.expires.microseconds),
            ])
    }

    static func wipe(_ key: [UInt8]) -> Statement { Statement(wiping, [.bytes(key)]) }
    static func wipe(of payment: ID<Payment>) -> Statement { Statement(wipingByPayment, [.text(payment.hex)]) }

    static func challenge(_ row: SQLRow) throws -> Challenge {
        Challenge(
            key: try row.bytes(0), payment: try row.value(1) { ID(hex: $0) }, sealedCard: try row.optionalBytes(2),
            sealedCode: try row.optionalBytes(3), sealedReturn: try row.bytes(4),
            expiry: try TokenRows.expiry(row, from: 5), expires: Instant(microseconds: try row.integer(7)))
    }
}

extension Reader {
    /// The challenge with this key, ended or not.
    public func challenge(_ key: [UInt8]) throws -> Challenge? {
        try first(ChallengeRows.byKey, [.bytes(key)], ChallengeRows.challenge)
    }
}
