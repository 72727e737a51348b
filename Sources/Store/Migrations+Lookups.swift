extension Migration {
    /// Deposits that have ended without money are found by their windows, and the lines of an amount page by page.
    static let lookups = Migration(
        number: 9,
        statements: [
            """
            CREATE INDEX payments_ended ON payments (merchant, acceptor, amount, expected_until)
            WHERE state = 'cancelled' AND expected_from IS NOT NULL
            """,
            "DROP INDEX statement_lines_by_amount",
            """
            CREATE INDEX statement_lines_by_amount
            ON statement_lines (merchant, account, amount, credited, number)
            """,
            // Of two that serve equally well SQLite takes the one that was made last: that must be the small one.
            "DROP INDEX statement_lines_unmatched",
            """
            CREATE INDEX statement_lines_unmatched ON statement_lines (merchant, account, amount, credited)
            WHERE state = 'unmatched'
            """,
        ])
}
