import Money
import Payments

/// Orders as rows.
enum OrderRows {
    private static let columns = """
        id, version, merchant, dialect, currency, amount, means, acceptor, created, expires, payment, paid, echo
        """
    private static let insertion = SQL(
        """
        INSERT INTO orders (\(columns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
        ON CONFLICT DO NOTHING
        """)
    private static let change = SQL(
        "UPDATE orders SET version = version + 1, payment = $3, paid = $4 WHERE id = $1 AND version = $2")
    private static let paying = SQL(
        "UPDATE orders SET version = version + 1, paid = 1 WHERE id = $1 AND payment = $2 AND paid = 0")
    static let byID = SQL("SELECT \(columns) FROM orders WHERE id = $1")

    static func insert(_ order: Order) -> Statement {
        Statement(
            insertion,
            [
                .text(order.id.hex), .integer(order.version), .text(order.merchant.rawValue),
                .text(order.dialect.rawValue), .text(order.amount.currency.rawValue),
                .integer(order.amount.minorUnits), .text(order.means), SQLValue(order.acceptor),
                .integer(order.created.microseconds), .integer(order.expires.microseconds),
                SQLValue(order.payment?.hex), .integer(order.isPaid ? 1 : 0), .bytes(order.echo),
            ], otherwise: stale(order.id))
    }

    static func update(_ order: Order) -> Statement {
        Statement(
            change,
            [
                .text(order.id.hex), .integer(order.version - 1), SQLValue(order.payment?.hex),
                .integer(order.isPaid ? 1 : 0),
            ], otherwise: stale(order.id))
    }

    /// The order's attempt has succeeded.
    static func pay(_ order: ID<Order>, _ payment: ID<Payment>) -> Statement {
        Statement(paying, [.text(order.hex), .text(payment.hex)], otherwise: stale(order))
    }

    private static func stale(_ order: ID<Order>) -> Conflict { .stale("order \(order.hex)") }

    static func order(_ row: SQLRow) throws -> Order {
        let currency = try row.value(4, Currency.init(rawValue:))
        return Order(
            id: try row.value(0) { ID(hex: $0) }, version: try row.integer(1),
            merchant: MerchantID(rawValue: try row.text(2)), dialect: DialectID(rawValue: try row.text(3)),
            amount: Money(minorUnits: try row.integer(5), currency), means: try row.text(6),
            acceptor: try row.optionalText(7), created: Instant(microseconds: try row.integer(8)),
            expires: Instant(microseconds: try row.integer(9)),
            payment: try row.optionalText(10).flatMap { ID(hex: $0) }, isPaid: try row.integer(11) != 0,
            echo: try row.bytes(12))
    }
}

extension Reader {
    /// The order with this id, whoever's it is.
    public func order(_ id: ID<Order>) throws -> Order? {
        try first(OrderRows.byID, [.text(id.hex)], OrderRows.order)
    }
}
