import Money
import Payments

/// Card tokens as rows.
enum TokenRows {
    private static let columns = """
        key, merchant, card_id, card_brand, card_masked, card_issuer, expiry_year, expiry_month, sealed_card, \
        sealed_code, mid, currency, amount, expires, used_by, customer, conversion, remembers
        """
    private static let insertion = SQL(
        """
        INSERT INTO card_tokens (\(columns)) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
        """)
    private static let spending = SQL(
        "UPDATE card_tokens SET used_by = $2, sealed_code = NULL WHERE key = $1 AND used_by IS NULL")
    private static let emptying = SQL(
        """
        UPDATE card_tokens SET sealed_card = $2, sealed_code = NULL \
        WHERE key = $1 AND used_by IS NOT NULL AND sealed_card <> $2
        """)
    static let byKey = SQL("SELECT \(columns) FROM card_tokens WHERE key = $1")

    static func insert(_ token: CardToken) -> Statement {
        Statement(
            insertion,
            [
                .bytes(token.key), .text(token.merchant.rawValue), .text(token.card.id.hex),
                .text(token.card.brand.rawValue), .text(token.card.masked), SQLValue(token.card.issuer),
                .integer(Int64(token.expiry.year)), .integer(Int64(token.expiry.month)), .bytes(token.sealedCard),
                SQLValue(token.sealedCode), SQLValue(token.terms.mid),
                SQLValue(token.terms.currency?.rawValue), SQLValue(token.terms.amount?.minorUnits),
                .integer(token.expires.microseconds), SQLValue(token.usedBy?.hex),
                SQLValue(token.terms.customer?.hex), SQLValue(token.terms.conversion.map(Documents.encode)),
                SQLValue(token.terms.remembers.map { Int64($0 ? 1 : 0) }),
            ])
    }

    static func spend(_ key: [UInt8], _ payment: ID<Payment>) -> Statement {
        Statement(spending, [.bytes(key), .text(payment.hex)], otherwise: .tokenSpent)
    }

    static func empty(_ key: [UInt8]) -> Statement {
        Statement(emptying, [.bytes(key), .bytes(CardToken.noCard)], otherwise: .tokenSpent)
    }

    static func token(_ row: SQLRow) throws -> CardToken {
        let currency = try row.optionalText(11) == nil ? nil : row.value(11, Currency.init(rawValue:))
        let amount = try row.optionalInteger(12).map { units in
            guard let currency else { throw StoreError.damaged("an amount without a currency") }
            return Money(minorUnits: units, currency)
        }
        return CardToken(
            key: try row.bytes(0), merchant: MerchantID(rawValue: try row.text(1)),
            card: try PaymentRows.card(row, from: 2), expiry: try expiry(row, from: 6),
            sealedCard: try row.bytes(8), sealedCode: try row.optionalBytes(9),
            terms: CardToken.Terms(
                mid: try row.optionalText(10), currency: currency, amount: amount,
                customer: try row.optionalText(15).flatMap { ID(hex: $0) },
                conversion: try Documents.decode(Conversion.self, row.optionalBytes(16)),
                remembers: try row.optionalInteger(17).map { $0 != 0 }),
            expires: Instant(microseconds: try row.integer(13)),
            usedBy: try row.optionalText(14).flatMap { ID(hex: $0) })
    }

    static func expiry(_ row: SQLRow, from column: Int) throws -> CardExpiry {
        guard
            let expiry = CardExpiry(year: Int(try row.integer(column)), month: Int(try row.integer(column + 1)))
        else { throw StoreError.damaged("a card expires in no month") }
        return expiry
    }
}

extension Reader {
    /// The card token with this key, used or not.
    public func token(_ key: [UInt8]) throws -> CardToken? {
        try first(TokenRows.byKey, [.bytes(key)], TokenRows.token)
    }
}
