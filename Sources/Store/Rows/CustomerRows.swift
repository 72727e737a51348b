import Payments

/// Customers and their saved cards as rows.
enum CustomerRows {
    private static let columns = "id, version, merchant, dialect, email, name, default_card, created"
    private static let cardColumns = """
        card_id, customer, card_brand, card_masked, card_issuer, holder, expiry_year, expiry_month, sealed_card, created
        """
    private static let insertion = SQL(
        "INSERT INTO customers (\(columns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING")
    private static let change = SQL(
        """
        UPDATE customers SET version = version + 1, email = $3, name = $4, default_card = $5 \
        WHERE id = $1 AND version = $2
        """)
    private static let removal = SQL("DELETE FROM customers WHERE id = $1 AND version = $2")
    private static let removalOfCards = SQL("DELETE FROM saved_cards WHERE customer = $1", key: 0)
    private static let insertionOfCard = SQL(
        """
        INSERT INTO saved_cards (\(cardColumns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
        ON CONFLICT DO NOTHING
        """)
    private static let removalOfCard = SQL("DELETE FROM saved_cards WHERE card_id = $1")
    static let byID = SQL("SELECT \(columns) FROM customers WHERE id = $1")
    static let cardsOf = SQL(
        "SELECT \(cardColumns) FROM saved_cards WHERE customer = $1 ORDER BY created, card_id")
    static let cardByID = SQL("SELECT \(cardColumns) FROM saved_cards WHERE card_id = $1")

    static func insert(_ customer: Customer) -> Statement {
        Statement(
            insertion,
            [
                .text(customer.id.hex), .integer(customer.version), .text(customer.merchant.rawValue),
                .text(customer.dialect.rawValue), .text(customer.email), .text(customer.name),
                SQLValue(customer.defaultCard?.hex), .integer(customer.created.microseconds),
            ], otherwise: stale(customer))
    }

    static func update(_ customer: Customer) -> Statement {
        Statement(
            change,
            [
                .text(customer.id.hex), .integer(customer.version - 1), .text(customer.email), .text(customer.name),
                SQLValue(customer.defaultCard?.hex),
            ], otherwise: stale(customer))
    }

    /// The customer and every card of theirs. Expects the version that is there.
    static func delete(_ customer: Customer) -> [Statement] {
        [
            Statement(
                removal, [.text(customer.id.hex), .integer(customer.version)], otherwise: stale(customer)),
            Statement(removalOfCards, [.text(customer.id.hex)]),
        ]
    }

    /// Fails with `Conflict.duplicate` where this card is saved already.
    static func insert(_ card: SavedCard) -> Statement {
        Statement(
            insertionOfCard,
            [
                .text(card.face.id.hex), .text(card.customer.hex), .text(card.face.brand.rawValue),
                .text(card.face.masked), SQLValue(card.face.issuer), .text(card.holder),
                .integer(Int64(card.expiry.year)), .integer(Int64(card.expiry.month)), .bytes(card.sealedCard),
                .integer(card.created.microseconds),
            ], otherwise: .duplicate("saved card \(card.face.id.hex)"))
    }

    static func deleteCard(_ id: ID<CardFace>) -> Statement {
        Statement(removalOfCard, [.text(id.hex)], otherwise: .stale("saved card \(id.hex)"))
    }

    private static func stale(_ customer: Customer) -> Conflict { .stale("customer \(customer.id.hex)") }

    static func customer(_ row: SQLRow) throws -> Customer {
        Customer(
            id: try row.value(0) { ID(hex: $0) }, version: try row.integer(1),
            merchant: MerchantID(rawValue: try row.text(2)), dialect: DialectID(rawValue: try row.text(3)),
            email: try row.text(4), name: try row.text(5),
            defaultCard: try row.optionalText(6).flatMap { ID(hex: $0) },
            created: Instant(microseconds: try row.integer(7)))
    }

    static func card(_ row: SQLRow) throws -> SavedCard {
        SavedCard(
            face: CardFace(
                id: try row.value(0) { ID(hex: $0) }, brand: try row.value(2, CardBrand.init(rawValue:)),
                masked: try row.text(3), issuer: try row.optionalText(4)),
            customer: try row.value(1) { ID(hex: $0) }, holder: try row.text(5),
            expiry: try TokenRows.expiry(row, from: 6), sealedCard: try row.bytes(8),
            created: Instant(microseconds: try row.integer(9)))
    }
}

extension Reader {
    /// The customer with this id, whoever's they are.
    public func customer(_ id: ID<Customer>) throws -> Customer? {
        try first(CustomerRows.byID, [.text(id.hex)], CustomerRows.customer)
    }

    /// A customer's cards, in the order in which they were saved.
    public func savedCards(of customer: ID<Customer>) throws -> [SavedCard] {
        try rows(CustomerRows.cardsOf, [.text(customer.hex)], CustomerRows.card)
    }

    /// A saved card, whosever it is.
    public func savedCard(_ id: ID<CardFace>) throws -> SavedCard? {
        try first(CustomerRows.cardByID, [.text(id.hex)], CustomerRows.card)
    }
}
