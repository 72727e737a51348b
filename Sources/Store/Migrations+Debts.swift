extension Migration {
    /// What merchants owe is kept beside what they may use, so that it is paid first; payouts are found by any of their
    /// names.
    static let debts = Migration(
        number: 6,
        statements: [
            """
            CREATE TABLE kept_balances (
                account TEXT PRIMARY KEY, posted BIGINT NOT NULL, held BIGINT NOT NULL, moved BIGINT,
                CHECK (held >= 0 AND (posted >= held OR substr(account, 1, 11) = 'receivable:'))) {{clustered}}
            """,
            "INSERT INTO kept_balances SELECT account, posted, held, moved FROM balances",
            "DROP TABLE balances",
            "ALTER TABLE kept_balances RENAME TO balances",
            """
            INSERT INTO balances (account, posted, held)
            SELECT account, SUM(posted), SUM(held) FROM (
                SELECT debit AS account,
                    CASE WHEN kind IN ('single', 'post') THEN -amount ELSE 0 END AS posted,
                    CASE WHEN kind = 'hold' THEN amount WHEN kind = 'single' THEN 0 ELSE -hold_amount END AS held
                FROM transfers WHERE substr(debit, 1, 11) = 'receivable:'
                UNION ALL
                SELECT credit, amount, 0 FROM transfers
                WHERE substr(credit, 1, 11) = 'receivable:' AND kind IN ('single', 'post')
            ) AS moves GROUP BY account
            """,
            "CREATE INDEX aliases_of_payouts ON aliases (merchant, value) WHERE substr(subject, 1, 7) = 'payout:'",
        ])
}
