import Payments

/// Payers' sessions at their banks as rows.
enum BankSessionRows {
    private static let columns = "payment, version, token, bank, kind, state, problem, opened, ended"
    private static let insertion = SQL(
        """
        INSERT INTO bank_sessions (\(columns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING
        """)
    private static let change = SQL(
        """
        UPDATE bank_sessions SET version = version + 1, state = $3, problem = $4, opened = $5, ended = $6 \
        WHERE payment = $1 AND version = $2
        """)
    static let byPayment = SQL("SELECT \(columns) FROM bank_sessions WHERE payment = $1")
    static let byToken = SQL("SELECT \(columns) FROM bank_sessions WHERE token = $1")
    static let all = SQL("SELECT \(columns) FROM bank_sessions ORDER BY payment")

    static func insert(_ session: BankSession) -> Statement {
        Statement(
            insertion,
            [
                .text(session.payment.hex), .integer(session.version), .text(session.token), .text(session.bank),
                .text(session.kind.rawValue), .text(session.state.rawValue), SQLValue(session.problem?.rawValue),
                SQLValue(session.opened?.microseconds), SQLValue(session.ended?.microseconds),
            ], otherwise: .duplicate("bank session of \(session.payment.hex)"))
    }

    static func update(_ session: BankSession) -> Statement {
        Statement(
            change,
            [
                .text(session.payment.hex), .integer(session.version - 1), .text(session.state.rawValue),
                SQLValue(session.problem?.rawValue), SQLValue(session.opened?.microseconds),
                SQLValue(session.ended?.microseconds),
            ], otherwise: .stale("bank session of \(session.payment.hex)"))
    }

    static func session(_ row: SQLRow) throws -> BankSession {
        BankSession(
            payment: try row.value(0) { ID(hex: $0) }, version: try row.integer(1), token: try row.text(2),
            bank: try row.text(3), kind: try row.value(4, BankAccountKind.init(rawValue:)),
            state: try row.value(5, BankSessionState.init(rawValue:)),
            problem: try row.optionalText(6).flatMap(BankSessionProblem.init(rawValue:)),
            opened: try row.optionalInteger(7).map(Instant.init(microseconds:)),
            ended: try row.optionalInteger(8).map(Instant.init(microseconds:)))
    }
}

extension Reader {
    /// The session beside a deposit, where it has one.
    public func bankSession(of payment: ID<Payment>) throws -> BankSession? {
        try first(BankSessionRows.byPayment, [.text(payment.hex)], BankSessionRows.session)
    }

    /// The session whose page has this token.
    public func bankSession(token: String) throws -> BankSession? {
        try first(BankSessionRows.byToken, [.text(token)], BankSessionRows.session)
    }

    /// Every session, oldest first, one after another.
    public func forEachBankSession(_ body: (BankSession) throws -> Void) throws {
        try connection.stream(BankSessionRows.all) { try body(BankSessionRows.session($0)) }
    }
}
