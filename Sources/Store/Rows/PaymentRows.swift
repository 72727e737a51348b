import Money
import Payments

/// Payments as rows.
enum PaymentRows {
    private static let columns = """
        id, version, merchant, dialect, acceptor, currency, amount, state, card_id, card_brand, card_masked, \
        card_issuer, created, eci, xid, cavv, directory_server_id, approval_code, failure_code, captured, captured_at, \
        fee, vat, rate, settled, usage_day, usage_baht, echo
        """

    private static let insertion = SQL(
        """
        INSERT INTO payments (\(columns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, \
        $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28) ON CONFLICT DO NOTHING
        """)

    private static let change = SQL(
        """
        UPDATE payments SET version = version + 1, state = $3, eci = $4, xid = $5, cavv = $6, \
        directory_server_id = $7, approval_code = $8, failure_code = $9, captured = $10, \
        captured_at = $11, fee = $12, vat = $13, rate = $14, settled = $15 WHERE id = $1 AND version = $2
        """)

    static let byID = SQL("SELECT \(columns) FROM payments WHERE id = $1")
    static let all = SQL("SELECT \(columns) FROM payments ORDER BY id")

    static func insert(_ payment: Payment) -> Statement {
        let fixed: [SQLValue] = [
            .text(payment.id.hex), .integer(payment.version), .text(payment.merchant.rawValue),
            .text(payment.dialect.rawValue), .text(payment.acceptor), .text(payment.amount.currency.rawValue),
            .integer(payment.amount.minorUnits), .text(payment.state.rawValue), .text(payment.card.id.hex),
            .text(payment.card.brand.rawValue), .text(payment.card.masked), SQLValue(payment.card.issuer),
            .integer(payment.created.microseconds),
        ]
        let usage: [SQLValue] = [
            SQLValue(payment.usage?.day.number), SQLValue(payment.usage?.baht.minorUnits), .bytes(payment.echo),
        ]
        return Statement(
            insertion, fixed + changing(payment) + usage, otherwise: .stale("payment \(payment.id.hex)"))
    }

    static func update(_ payment: Payment) -> Statement {
        Statement(
            change,
            [.text(payment.id.hex), .integer(payment.version - 1), .text(payment.state.rawValue)] + changing(payment),
            otherwise: .stale("payment \(payment.id.hex)"))
    }

    /// What may differ between versions, but for the state: from `eci` to `settled`.
    private static func changing(_ payment: Payment) -> [SQLValue] {
        [
            SQLValue(payment.authentication?.eci), SQLValue(payment.authentication?.xid),
            SQLValue(payment.authentication?.cavv), SQLValue(payment.authentication?.directoryServerID),
            SQLValue(payment.approvalCode), SQLValue(payment.failureCode), SQLValue(payment.captured?.minorUnits),
            SQLValue(payment.capturedAt?.microseconds),
            SQLValue(payment.settlement?.fee.minorUnits), SQLValue(payment.settlement?.vat.minorUnits),
            SQLValue(payment.settlement?.rate.scaled), SQLValue(payment.settlement?.at.microseconds),
        ]
    }

    static func payment(_ row: SQLRow) throws -> Payment {
        let currency = try row.value(5, Currency.init(rawValue:))
        func money(_ column: Int) throws -> Money? {
            try row.optionalInteger(column).map { Money(minorUnits: $0, currency) }
        }
        let captured = try money(19)
        return Payment(
            id: try row.value(0) { ID(hex: $0) }, version: try row.integer(1),
            merchant: MerchantID(rawValue: try row.text(2)), dialect: DialectID(rawValue: try row.text(3)),
            acceptor: try row.text(4), amount: Money(minorUnits: try row.integer(6), currency),
            state: try row.value(7, PaymentState.init(rawValue:)), card: try card(row, from: 8),
            created: Instant(microseconds: try row.integer(12)), authentication: try authentication(row, from: 13),
            approvalCode: try row.optionalText(17), failureCode: try row.optionalText(18), captured: captured,
            capturedAt: try row.optionalInteger(20).map(Instant.init(microseconds:)),
            settlement: try settlement(row, gross: captured, fee: money(21), vat: money(22)),
            usage: try usage(row, from: 25), echo: try row.bytes(27))
    }

    static func card(_ row: SQLRow, from column: Int) throws -> CardFace {
        CardFace(
            id: try row.value(column) { ID(hex: $0) }, brand: try row.value(column + 1, CardBrand.init(rawValue:)),
            masked: try row.text(column + 2), issuer: try row.optionalText(column + 3))
    }

    private static func authentication(_ row: SQLRow, from column: Int) throws -> Authentication? {
        guard let eci = try row.optionalText(column) else { return nil }
        return Authentication(
            eci: eci, xid: try row.text(column + 1), cavv: try row.text(column + 2),
            directoryServerID: try row.text(column + 3))
    }

    private static func settlement(
        _ row: SQLRow, gross: Money?, fee: Money?, vat: Money?
    ) throws -> Settlement? {
        guard let gross, let fee, let vat, let at = try row.optionalInteger(24) else { return nil }
        guard let net = try? gross.subtracting(fee).subtracting(vat),
            let rate = try? ExchangeRate(scaled: try row.integer(23))
        else { throw StoreError.damaged("a settlement does not add up") }
        return Settlement(gross: gross, fee: fee, vat: vat, net: net, rate: rate, at: Instant(microseconds: at))
    }

    private static func usage(_ row: SQLRow, from column: Int) throws -> DailyUsage? {
        guard let day = try row.optionalInteger(column) else { return nil }
        return DailyUsage(
            day: CivilDay(number: day), baht: Money(minorUnits: try row.integer(column + 1), .THB))
    }
}

extension Reader {
    /// The payment with this id, whoever's it is.
    public func payment(_ id: ID<Payment>) throws -> Payment? {
        try first(PaymentRows.byID, [.text(id.hex)], PaymentRows.payment)
    }

    /// Every payment, oldest first, one after another.
    public func forEachPayment(_ body: (Payment) throws -> Void) throws {
        try connection.stream(PaymentRows.all) { try body(PaymentRows.payment($0)) }
    }
}
