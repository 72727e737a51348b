import Money
import Payments

/// Payments as rows.
enum PaymentRows {
    static let columns = """
        id, version, merchant, dialect, acceptor, currency, amount, state, method, source_id, source, card_masked, \
        card_issuer, expires, terms, order_id, created, usage_day, usage_baht, echo, eci, xid, cavv, \
        directory_server_id, approval_code, channel, payload, failure_code, captured, captured_at, fee, vat, rate, \
        settled, expected_from, payers, exclusive, \
        expected_reference, expected_until, line
        """

    private static let insertion = SQL(
        """
        INSERT INTO payments (\(columns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, \
        $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, \
        $40) \
        ON CONFLICT DO NOTHING
        """)

    private static let change = SQL(
        """
        UPDATE payments SET version = version + 1, state = $3, eci = $4, xid = $5, cavv = $6, \
        directory_server_id = $7, approval_code = $8, channel = $9, payload = $10, failure_code = $11, \
        captured = $12, captured_at = $13, fee = $14, vat = $15, rate = $16, settled = $17, \
        expected_until = $18, line = $19, expected_from = $20 \
        WHERE id = $1 AND version = $2
        """)

    static let byID = SQL("SELECT \(columns) FROM payments WHERE id = $1")
    static let all = SQL("SELECT \(columns) FROM payments ORDER BY id")

    static func insert(_ payment: Payment) -> Statement {
        let fixed: [SQLValue] = [
            .text(payment.id.hex), .integer(payment.version), .text(payment.merchant.rawValue),
            .text(payment.dialect.rawValue), .text(payment.acceptor), .text(payment.amount.currency.rawValue),
            .integer(payment.amount.minorUnits), .text(payment.state.rawValue),
        ]
        let beside: [SQLValue] = [
            SQLValue(Documents.encode(payment.terms)), SQLValue(payment.order?.hex),
            .integer(payment.created.microseconds), SQLValue(payment.usage?.day.number),
            SQLValue(payment.usage?.baht.minorUnits), .bytes(payment.echo),
        ]
        return Statement(
            insertion,
            fixed + method(payment.method) + beside + outcome(payment) + expectation(payment.expectation)
                + pairing(payment),
            otherwise: .stale("payment \(payment.id.hex)"))
    }

    /// From `method` to `expires`.
    private static func method(_ method: PaymentMethod) -> [SQLValue] {
        switch method {
        case .card(let face):
            [
                .text(cardMethod), .text(face.id.hex), .text(face.brand.rawValue), .text(face.masked),
                SQLValue(face.issuer), .null,
            ]
        case .push(let invitation):
            [
                .text(invitation.form.rawValue), .text(invitation.id.hex), .text(invitation.scheme.rawValue), .null,
                .null, .integer(invitation.expires.microseconds),
            ]
        }
    }

    static func update(_ payment: Payment) -> Statement {
        Statement(
            change,
            [.text(payment.id.hex), .integer(payment.version - 1), .text(payment.state.rawValue)] + outcome(payment)
                + pairing(payment) + [SQLValue(payment.expectation?.from.microseconds)],
            otherwise: .stale("payment \(payment.id.hex)"))
    }

    /// The method of a payment that is no invitation; those are stored by their form.
    private static let cardMethod = "card"

    /// What may differ between versions, but for the state: from `eci` to `settled`.
    private static func outcome(_ payment: Payment) -> [SQLValue] {
        [
            SQLValue(payment.authentication?.eci), SQLValue(payment.authentication?.xid),
            SQLValue(payment.authentication?.cavv), SQLValue(payment.authentication?.directoryServerID),
            SQLValue(payment.approvalCode), SQLValue(payment.channel), SQLValue(payment.payload),
            SQLValue(payment.failureCode), SQLValue(payment.captured?.minorUnits),
            SQLValue(payment.capturedAt?.microseconds),
            SQLValue(payment.settlement?.fee.minorUnits), SQLValue(payment.settlement?.vat.minorUnits),
            SQLValue(payment.settlement?.rate.scaled), SQLValue(payment.settlement?.at.microseconds),
        ]
    }

    /// From `expected_from` to `expected_reference`.
    private static func expectation(_ expectation: Expectation?) -> [SQLValue] {
        guard let expectation else { return [.null, .null, .null, .null] }
        return [
            .integer(expectation.from.microseconds), .bytes(Documents.encode(expectation.payers)),
            .integer(expectation.isExclusive ? 1 : 0), SQLValue(expectation.reference),
        ]
    }

    /// What may differ between versions of a deposit, but for when its window begins: `expected_until` and `line`.
    private static func pairing(_ payment: Payment) -> [SQLValue] {
        [SQLValue(payment.expectation?.until?.microseconds), SQLValue(payment.line?.hex)]
    }

    static func payment(_ row: SQLRow) throws -> Payment {
        let currency = try row.value(5, Currency.init(rawValue:))
        func money(_ column: Int) throws -> Money? {
            try row.optionalInteger(column).map { Money(minorUnits: $0, currency) }
        }
        let captured = try money(28)
        return Payment(
            id: try row.value(0) { ID(hex: $0) }, version: try row.integer(1),
            merchant: MerchantID(rawValue: try row.text(2)), dialect: DialectID(rawValue: try row.text(3)),
            acceptor: try row.text(4), amount: Money(minorUnits: try row.integer(6), currency),
            state: try row.value(7, PaymentState.init(rawValue:)), method: try method(row, from: 8),
            terms: try Documents.terms(try row.optionalBytes(14)),
            order: try row.optionalText(15).flatMap { ID(hex: $0) },
            created: Instant(microseconds: try row.integer(16)), authentication: try authentication(row, from: 20),
            approvalCode: try row.optionalText(24), channel: try row.optionalText(25),
            payload: try row.optionalText(26), failureCode: try row.optionalText(27), captured: captured,
            capturedAt: try row.optionalInteger(29).map(Instant.init(microseconds:)),
            settlement: try settlement(row, gross: captured, fee: money(30), vat: money(31)),
            expectation: try expectation(row), line: try row.optionalText(39).flatMap { ID(hex: $0) },
            usage: try usage(row, from: 17), echo: try row.bytes(19))
    }

    private static func method(_ row: SQLRow, from column: Int) throws -> PaymentMethod {
        if try row.text(column) == cardMethod { return .card(try card(row, from: column + 1)) }
        return .push(
            Invitation(
                id: try row.value(column + 1) { ID(hex: $0) },
                scheme: try row.value(column + 2, PushScheme.init(rawValue:)),
                form: try row.value(column, Invitation.Form.init(rawValue:)),
                expires: Instant(microseconds: try row.integer(column + 5))))
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

    private static func expectation(_ row: SQLRow) throws -> Expectation? {
        guard let from = try row.optionalInteger(34) else { return nil }
        return Expectation(
            payers: try Documents.decode([String].self, row.optionalBytes(35)) ?? [],
            from: Instant(microseconds: from),
            until: try row.optionalInteger(38).map(Instant.init(microseconds:)),
            reference: try row.optionalText(37),
            isExclusive: try row.integer(36) != 0)
    }

    private static func settlement(
        _ row: SQLRow, gross: Money?, fee: Money?, vat: Money?
    ) throws -> Settlement? {
        guard let gross, let fee, let vat, let at = try row.optionalInteger(33) else { return nil }
        guard let net = try? gross.subtracting(fee).subtracting(vat),
            let rate = try? ExchangeRate(scaled: try row.integer(32))
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
