import Money
import Payments

/// Payouts as rows.
enum PayoutRows {
    private static let columns = """
        id, version, merchant, dialect, bank, account, name, currency, transfer, fee, vat, remark, state, failure, \
        created, ended, echo
        """
    private static let insertion = SQL(
        """
        INSERT INTO payouts (\(columns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, \
        $16, $17) ON CONFLICT DO NOTHING
        """)
    private static let change = SQL(
        """
        UPDATE payouts SET version = version + 1, state = $3, failure = $4, ended = $5 \
        WHERE id = $1 AND version = $2
        """)
    static let byID = SQL("SELECT \(columns) FROM payouts WHERE id = $1")
    static let byName = SQL(
        """
        SELECT subject FROM aliases WHERE merchant = $1 AND value = $2 AND substr(subject, 1, 7) = 'payout:' \
        ORDER BY dialect, kind LIMIT 1
        """)
    static let all = SQL("SELECT \(columns) FROM payouts ORDER BY id")

    static func insert(_ payout: Payout) -> Statement {
        Statement(
            insertion,
            [
                .text(payout.id.hex), .integer(payout.version), .text(payout.merchant.rawValue),
                .text(payout.dialect.rawValue), .text(payout.beneficiary.bank), .text(payout.beneficiary.account),
                .text(payout.beneficiary.name), .text(payout.transfer.currency.rawValue),
                .integer(payout.transfer.minorUnits), .integer(payout.fee.minorUnits),
                .integer(payout.vat.minorUnits), .text(payout.remark), .text(payout.state.rawValue),
                SQLValue(payout.failure), .integer(payout.created.microseconds),
                SQLValue(payout.ended?.microseconds), .bytes(payout.echo),
            ], otherwise: stale(payout))
    }

    static func update(_ payout: Payout) -> Statement {
        Statement(
            change,
            [
                .text(payout.id.hex), .integer(payout.version - 1), .text(payout.state.rawValue),
                SQLValue(payout.failure), SQLValue(payout.ended?.microseconds),
            ], otherwise: stale(payout))
    }

    private static func stale(_ payout: Payout) -> Conflict { .stale("payout \(payout.id.hex)") }

    static func payout(_ row: SQLRow) throws -> Payout {
        let currency = try row.value(7, Currency.init(rawValue:))
        func money(_ column: Int) throws -> Money { Money(minorUnits: try row.integer(column), currency) }
        return Payout(
            id: try row.value(0) { ID(hex: $0) }, version: try row.integer(1),
            merchant: MerchantID(rawValue: try row.text(2)), dialect: DialectID(rawValue: try row.text(3)),
            beneficiary: Beneficiary(bank: try row.text(4), account: try row.text(5), name: try row.text(6)),
            transfer: try money(8), fee: try money(9), vat: try money(10), remark: try row.text(11),
            state: try row.value(12, PayoutState.init(rawValue:)), failure: try row.optionalText(13),
            created: Instant(microseconds: try row.integer(14)),
            ended: try row.optionalInteger(15).map(Instant.init(microseconds:)), echo: try row.bytes(16))
    }
}

extension Reader {
    /// The payout with this id, whoever's it is.
    public func payout(_ id: ID<Payout>) throws -> Payout? {
        try first(PayoutRows.byID, [.text(id.hex)], PayoutRows.payout)
    }

    /// A merchant's payout by any of its names, whichever API gave it.
    public func payout(named name: String, of merchant: MerchantID) throws -> ID<Payout>? {
        let subject = try first(PayoutRows.byName, [.text(merchant.rawValue), .text(name)]) {
            try $0.value(0, Subject.init(key:))
        }
        guard case .payout(let id) = subject else { return nil }
        return id
    }

    /// Every payout, oldest first, one after another.
    public func forEachPayout(_ body: (Payout) throws -> Void) throws {
        try connection.stream(PayoutRows.all) { try body(PayoutRows.payout($0)) }
    }
}
