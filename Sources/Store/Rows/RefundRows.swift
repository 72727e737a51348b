import Money
import Payments

/// Refunds as rows.
enum RefundRows {
    private static let columns = """
        id, version, payment, currency, amount, fee, vat, from_available, from_receivable, state, reason, \
        error_code, created, completed, converted_currency, converted
        """

    private static let insertion = SQL(
        """
        INSERT INTO refunds (\(columns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) \
        ON CONFLICT DO NOTHING
        """)

    private static let change = SQL(
        """
        UPDATE refunds SET version = version + 1, state = $3, error_code = $4, completed = $5 \
        WHERE id = $1 AND version = $2
        """)

    static let byID = SQL("SELECT \(columns) FROM refunds WHERE id = $1")
    static let all = SQL("SELECT \(columns) FROM refunds ORDER BY id")
    static let byPayment = SQL("SELECT \(columns) FROM refunds WHERE payment = $1 ORDER BY id")

    static func insert(_ refund: Refund) -> Statement {
        Statement(
            insertion,
            [
                .text(refund.id.hex), .integer(refund.version), .text(refund.payment.hex),
                .text(refund.amount.currency.rawValue), .integer(refund.amount.minorUnits),
                .integer(refund.fee.minorUnits), .integer(refund.vat.minorUnits),
                .integer(refund.fromAvailable.minorUnits), .integer(refund.fromReceivable.minorUnits),
                .text(refund.state.rawValue), .text(refund.reason), SQLValue(refund.errorCode),
                .integer(refund.created.microseconds), SQLValue(refund.completed?.microseconds),
                SQLValue(refund.converted?.currency.rawValue), SQLValue(refund.converted?.minorUnits),
            ], otherwise: .stale("refund \(refund.id.hex)"))
    }

    static func update(_ refund: Refund) -> Statement {
        Statement(
            change,
            [
                .text(refund.id.hex), .integer(refund.version - 1), .text(refund.state.rawValue),
                SQLValue(refund.errorCode), SQLValue(refund.completed?.microseconds),
            ], otherwise: .stale("refund \(refund.id.hex)"))
    }

    static func refund(_ row: SQLRow) throws -> Refund {
        let currency = try row.value(3, Currency.init(rawValue:))
        func money(_ column: Int) throws -> Money { Money(minorUnits: try row.integer(column), currency) }
        let converted = try row.optionalInteger(15).map {
            Money(minorUnits: $0, try row.value(14, Currency.init(rawValue:)))
        }
        return Refund(
            id: try row.value(0) { ID(hex: $0) }, version: try row.integer(1),
            payment: try row.value(2) { ID(hex: $0) }, amount: try money(4), converted: converted,
            fee: try money(5), vat: try money(6), fromAvailable: try money(7), fromReceivable: try money(8),
            state: try row.value(9, RefundState.init(rawValue:)), reason: try row.text(10),
            errorCode: try row.optionalText(11), created: Instant(microseconds: try row.integer(12)),
            completed: try row.optionalInteger(13).map(Instant.init(microseconds:)))
    }
}

extension Reader {
    /// The refund with this id.
    public func refund(_ id: ID<Refund>) throws -> Refund? {
        try first(RefundRows.byID, [.text(id.hex)], RefundRows.refund)
    }

    /// Every refund of a payment, oldest first.
    public func refunds(of payment: ID<Payment>) throws -> [Refund] {
        try rows(RefundRows.byPayment, [.text(payment.hex)], RefundRows.refund)
    }

    /// Every refund, oldest first, one after another.
    public func forEachRefund(_ body: (Refund) throws -> Void) throws {
        try connection.stream(RefundRows.all) { try body(RefundRows.refund($0)) }
    }
}
