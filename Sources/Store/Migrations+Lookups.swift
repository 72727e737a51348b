extension Migration {
    /// Payments are found by any of their names, and the lines of an amount page by page.
    static let lookups = Migration(
        number: 9,
        statements: [
            "CREATE INDEX aliases_of_payments ON aliases (merchant, value) WHERE substr(subject, 1, 8) = 'payment:'",
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
