import Money
import Payments

/// Lines that wait for a person, and the deposits that they could be for.
enum AssignmentQueries {
    static let unmatched = SQL(
        """
        SELECT \(StatementLineRows.columns) FROM statement_lines WHERE merchant = $1 AND account = $2 \
        AND state = 'unmatched' AND credited >= $3 ORDER BY credited, number LIMIT $4
        """)
    static let open = SQL(
        """
        SELECT \(PaymentRows.columns) FROM payments WHERE merchant = $1 AND acceptor = $2 AND amount = $3 \
        AND state = 'presented' AND expected_from IS NOT NULL ORDER BY id DESC LIMIT $4
        """)
    static let lapsed = SQL(
        """
        SELECT \(PaymentRows.columns) FROM payments WHERE merchant = $1 AND acceptor = $2 AND amount = $3 \
        AND state = 'cancelled' AND expected_from IS NOT NULL AND failure_code = $5 AND created >= $6 \
        ORDER BY created DESC, id DESC LIMIT $4
        """)
}

extension StatementLineRows {
    /// `assigned_by` and `assigned_at`.
    static func assignment(_ assignment: Assignment?) -> [SQLValue] {
        [SQLValue(assignment?.person), SQLValue(assignment?.at.microseconds)]
    }

    static func assignment(_ row: SQLRow) throws -> Assignment? {
        guard let person = try row.optionalText(21) else { return nil }
        return Assignment(stored: person, at: Instant(microseconds: try row.integer(22)))
    }
}

extension Reader {
    /// A collection account's lines that nothing has used and that were credited from `since` on, oldest first, at
    /// most `limit`.
    public func unmatchedLines(
        of merchant: MerchantID, account: Int64, since: Instant, limit: Int
    ) throws -> [StatementLine] {
        try rows(
            AssignmentQueries.unmatched,
            [
                .text(merchant.rawValue), .integer(account), .integer(since.microseconds), .integer(Int64(limit)),
            ], StatementLineRows.line)
    }

    /// The deposits of an amount that wait on a collection account, whatever their window, newest first, at most
    /// `limit`.
    public func openDeposits(
        of merchant: MerchantID, account: Int64, amount: Money, limit: Int
    ) throws -> [Payment] {
        try rows(
            AssignmentQueries.open, bounds(merchant, account, amount, limit), PaymentRows.payment)
    }

    /// The deposits of an amount that were opened from `since` on and were cancelled with this code, newest first, at
    /// most `limit`.
    public func cancelledDeposits(
        code: String, of merchant: MerchantID, account: Int64, amount: Money, since: Instant, limit: Int
    ) throws -> [Payment] {
        try rows(
            AssignmentQueries.lapsed,
            bounds(merchant, account, amount, limit) + [.text(code), .integer(since.microseconds)],
            PaymentRows.payment)
    }

    private func bounds(_ merchant: MerchantID, _ account: Int64, _ amount: Money, _ limit: Int) -> [SQLValue] {
        [
            .text(merchant.rawValue), .text(String(account)), .integer(amount.minorUnits), .integer(Int64(limit)),
        ]
    }
}
