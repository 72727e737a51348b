extension Migration {
    /// Who said that a line pays its deposit, and deposits that have lapsed, found by their amount.
    static let assignments = Migration(
        number: 7,
        statements: [
            "ALTER TABLE statement_lines ADD COLUMN assigned_by TEXT",
            "ALTER TABLE statement_lines ADD COLUMN assigned_at BIGINT",
            """
            CREATE INDEX payments_lapsed ON payments (merchant, acceptor, amount, created)
            WHERE state = 'cancelled' AND expected_from IS NOT NULL
            """,
        ])
}
