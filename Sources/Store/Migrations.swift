/// One numbered step of the schema. Steps are only ever appended.
public struct Migration: Sendable {
    public let number: Int64
    public let statements: [String]

    /// Every step, in order. `{{clustered}}` becomes what an engine says to keep a table in the order of its key.
    public static let all: [Migration] = [
        foundation, processes, methods, deposits, spans, debts, assignments, consent, lookups,
    ]

    /// Throws where a database at `current` is newer than this program.
    static func check(_ current: Int64, against migrations: [Migration]) throws {
        guard current <= migrations.last?.number ?? 0 else {
            throw StoreError.damaged("the database has schema \(current), which is newer than this program")
        }
    }

    /// Instants are microseconds UTC, money is minor units; ids are time-ordered text.
    private static let foundation = Migration(
        number: 1,
        statements: [
            """
            CREATE TABLE payments (
                id TEXT PRIMARY KEY, version BIGINT NOT NULL, merchant TEXT NOT NULL, dialect TEXT NOT NULL,
                acceptor TEXT NOT NULL, currency TEXT NOT NULL, amount BIGINT NOT NULL, state TEXT NOT NULL,
                card_id TEXT NOT NULL, card_brand TEXT NOT NULL, card_masked TEXT NOT NULL, card_issuer TEXT,
                created BIGINT NOT NULL, eci TEXT, xid TEXT, cavv TEXT, directory_server_id TEXT, approval_code TEXT,
                failure_code TEXT, captured BIGINT, captured_at BIGINT, fee BIGINT, vat BIGINT, rate BIGINT, settled BIGINT,
                usage_day BIGINT, usage_baht BIGINT, echo BYTEA NOT NULL)
            """,
            """
            CREATE TABLE refunds (
                id TEXT PRIMARY KEY, version BIGINT NOT NULL, payment TEXT NOT NULL, currency TEXT NOT NULL,
                amount BIGINT NOT NULL, fee BIGINT NOT NULL, vat BIGINT NOT NULL, from_available BIGINT NOT NULL,
                from_receivable BIGINT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL, error_code TEXT,
                created BIGINT NOT NULL, completed BIGINT)
            """,
            "CREATE INDEX refunds_by_payment ON refunds (payment)",
            """
            CREATE TABLE transfers (
                id TEXT PRIMARY KEY, debit TEXT NOT NULL, credit TEXT NOT NULL, currency TEXT NOT NULL,
                amount BIGINT NOT NULL CHECK (amount > 0), kind TEXT NOT NULL, hold TEXT, hold_amount BIGINT,
                created BIGINT NOT NULL)
            """,
            "CREATE UNIQUE INDEX transfers_by_hold ON transfers (hold) WHERE hold IS NOT NULL",
            """
            CREATE TABLE balances (
                account TEXT PRIMARY KEY, posted BIGINT NOT NULL, held BIGINT NOT NULL,
                CHECK (posted >= held AND held >= 0)) {{clustered}}
            """,
            """
            CREATE TABLE aliases (
                dialect TEXT NOT NULL, merchant TEXT NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL,
                subject TEXT NOT NULL, PRIMARY KEY (dialect, merchant, kind, value)) {{clustered}}
            """,
            """
            CREATE TABLE card_tokens (
                key BYTEA PRIMARY KEY, merchant TEXT NOT NULL, card_id TEXT NOT NULL, card_brand TEXT NOT NULL,
                card_masked TEXT NOT NULL, card_issuer TEXT, expiry_year BIGINT NOT NULL, expiry_month BIGINT NOT NULL,
                sealed_card BYTEA NOT NULL, sealed_code BYTEA, mid TEXT, currency TEXT, amount BIGINT,
                expires BIGINT NOT NULL, used_by TEXT)
            """,
            """
            CREATE TABLE challenges (
                key BYTEA PRIMARY KEY, payment TEXT NOT NULL, sealed_card BYTEA, sealed_code BYTEA,
                sealed_return BYTEA NOT NULL, expiry_year BIGINT NOT NULL, expiry_month BIGINT NOT NULL,
                expires BIGINT NOT NULL)
            """,
            "CREATE INDEX challenges_by_payment ON challenges (payment)",
            "CREATE INDEX challenges_by_end ON challenges (expires)",
            "CREATE TABLE due (subject TEXT PRIMARY KEY, at BIGINT NOT NULL) {{clustered}}",
            "CREATE INDEX due_by_instant ON due (at)",
            """
            CREATE TABLE notices (
                id TEXT PRIMARY KEY, merchant TEXT NOT NULL, dialect TEXT NOT NULL, subject TEXT NOT NULL,
                event TEXT NOT NULL, url TEXT NOT NULL, body BYTEA NOT NULL, created BIGINT NOT NULL,
                state TEXT NOT NULL, attempts BIGINT NOT NULL, next BIGINT)
            """,
            "CREATE INDEX notices_by_next ON notices (merchant, next) WHERE state = 'pending'",
            "CREATE INDEX notices_by_subject ON notices (subject) WHERE state = 'pending'",
            """
            CREATE TABLE attempts (
                notice TEXT NOT NULL, number BIGINT NOT NULL, at BIGINT NOT NULL, status BIGINT, error TEXT,
                PRIMARY KEY (notice, number)) {{clustered}}
            """,
            """
            CREATE TABLE idempotency (
                key BYTEA PRIMARY KEY, request BYTEA NOT NULL, subject TEXT NOT NULL, response BYTEA,
                expires BIGINT NOT NULL)
            """,
            "CREATE INDEX idempotency_by_end ON idempotency (expires)",
            """
            CREATE TABLE daily_usage (
                merchant TEXT NOT NULL, dialect TEXT NOT NULL, day BIGINT NOT NULL, count BIGINT NOT NULL,
                baht BIGINT NOT NULL, PRIMARY KEY (merchant, dialect, day)) {{clustered}}
            """,
            "CREATE TABLE merchants (id TEXT PRIMARY KEY, document BYTEA NOT NULL)",
            """
            CREATE TABLE credentials (
                lookup BYTEA PRIMARY KEY, merchant TEXT NOT NULL, dialect TEXT NOT NULL, role TEXT NOT NULL,
                sealed BYTEA NOT NULL)
            """,
            "CREATE TABLE keys (id BIGINT PRIMARY KEY, purpose TEXT NOT NULL, sealed BYTEA NOT NULL)",
            "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
        ])

    /// Several processes on one database: which of them live, who attends to what, and how far each has committed.
    private static let processes = Migration(
        number: 2,
        statements: [
            "CREATE TABLE writers (id TEXT PRIMARY KEY, number BIGINT NOT NULL, at BIGINT NOT NULL) {{clustered}}",
            "CREATE TABLE processes (id TEXT PRIMARY KEY, beat BIGINT NOT NULL) {{clustered}}",
            "ALTER TABLE due ADD COLUMN owner TEXT",
            "CREATE INDEX due_by_owner ON due (owner) WHERE owner IS NOT NULL",
            "ALTER TABLE notices ADD COLUMN owner TEXT",
            "CREATE INDEX notices_by_instant ON notices (next) WHERE state = 'pending'",
        ])

    /// Payments by other means than a plain card charge: terms, orders, invitations to pay, customers and their cards.
    private static let methods = Migration(
        number: 3,
        statements: [
            "ALTER TABLE payments RENAME TO payments_of_cards",
            """
            CREATE TABLE payments (
                id TEXT PRIMARY KEY, version BIGINT NOT NULL, merchant TEXT NOT NULL, dialect TEXT NOT NULL,
                acceptor TEXT NOT NULL, currency TEXT NOT NULL, amount BIGINT NOT NULL, state TEXT NOT NULL,
                method TEXT NOT NULL, source_id TEXT NOT NULL, source TEXT NOT NULL, card_masked TEXT, card_issuer TEXT,
                expires BIGINT, terms BYTEA, order_id TEXT, created BIGINT NOT NULL, usage_day BIGINT, usage_baht BIGINT,
                echo BYTEA NOT NULL, eci TEXT, xid TEXT, cavv TEXT, directory_server_id TEXT, approval_code TEXT,
                channel TEXT, payload TEXT, failure_code TEXT, captured BIGINT, captured_at BIGINT, fee BIGINT,
                vat BIGINT, rate BIGINT, settled BIGINT)
            """,
            """
            INSERT INTO payments (
                id, version, merchant, dialect, acceptor, currency, amount, state, method, source_id, source,
                card_masked, card_issuer, created, usage_day, usage_baht, echo, eci, xid, cavv, directory_server_id,
                approval_code, failure_code, captured, captured_at, fee, vat, rate, settled)
            SELECT id, version, merchant, dialect, acceptor, currency, amount, state, 'card', card_id, card_brand,
                card_masked, card_issuer, created, usage_day, usage_baht, echo, eci, xid, cavv, directory_server_id,
                approval_code, failure_code, captured, captured_at, fee, vat, rate, settled FROM payments_of_cards
            """,
            "DROP TABLE payments_of_cards",
            "ALTER TABLE refunds ADD COLUMN converted_currency TEXT",
            "ALTER TABLE refunds ADD COLUMN converted BIGINT",
            "ALTER TABLE card_tokens ADD COLUMN customer TEXT",
            "ALTER TABLE card_tokens ADD COLUMN conversion BYTEA",
            """
            CREATE TABLE orders (
                id TEXT PRIMARY KEY, version BIGINT NOT NULL, merchant TEXT NOT NULL, dialect TEXT NOT NULL,
                currency TEXT NOT NULL, amount BIGINT NOT NULL, means TEXT NOT NULL, acceptor TEXT,
                created BIGINT NOT NULL, expires BIGINT NOT NULL, payment TEXT, paid BIGINT NOT NULL,
                echo BYTEA NOT NULL)
            """,
            """
            CREATE TABLE customers (
                id TEXT PRIMARY KEY, version BIGINT NOT NULL, merchant TEXT NOT NULL, dialect TEXT NOT NULL,
                email TEXT NOT NULL, name TEXT NOT NULL, default_card TEXT, created BIGINT NOT NULL)
            """,
            """
            CREATE TABLE saved_cards (
                card_id TEXT PRIMARY KEY, customer TEXT NOT NULL, card_brand TEXT NOT NULL, card_masked TEXT NOT NULL,
                card_issuer TEXT, holder TEXT NOT NULL, expiry_year BIGINT NOT NULL, expiry_month BIGINT NOT NULL,
                sealed_card BYTEA NOT NULL, created BIGINT NOT NULL)
            """,
            "CREATE INDEX saved_cards_by_customer ON saved_cards (customer)",
        ])

    /// Money through banks: deposits that a statement's line pays, payouts, numbers, and values that are used once.
    private static let deposits = Migration(
        number: 4,
        statements: [
            "ALTER TABLE balances ADD COLUMN moved BIGINT",
            "ALTER TABLE payments ADD COLUMN expected_from BIGINT",
            "ALTER TABLE payments ADD COLUMN expected_until BIGINT",
            "ALTER TABLE payments ADD COLUMN payers BYTEA",
            "ALTER TABLE payments ADD COLUMN exclusive BIGINT",
            "ALTER TABLE payments ADD COLUMN line TEXT",
            "ALTER TABLE payments ADD COLUMN expected_reference TEXT",
            """
            CREATE INDEX payments_waiting ON payments (merchant, acceptor, amount, expected_until)
            WHERE state = 'presented' AND expected_from IS NOT NULL
            """,
            """
            CREATE UNIQUE INDEX payments_exclusive ON payments (merchant, acceptor, amount)
            WHERE state = 'presented' AND exclusive = 1
            """,
            "CREATE INDEX payments_exclusive_recent ON payments (merchant, acceptor, expected_from) WHERE exclusive = 1",
            """
            CREATE TABLE statement_lines (
                id TEXT PRIMARY KEY, version BIGINT NOT NULL, merchant TEXT NOT NULL, account BIGINT NOT NULL,
                number BIGINT NOT NULL, key TEXT NOT NULL, currency TEXT NOT NULL, amount BIGINT NOT NULL,
                credited BIGINT NOT NULL, payer_bank TEXT, payer_account TEXT, payer_name TEXT,
                description TEXT NOT NULL, reference TEXT, state TEXT NOT NULL, payment TEXT, fee BIGINT, vat BIGINT,
                settled BIGINT, imported BIGINT NOT NULL)
            """,
            "CREATE UNIQUE INDEX statement_lines_by_key ON statement_lines (merchant, account, key)",
            "CREATE UNIQUE INDEX statement_lines_by_number ON statement_lines (merchant, number)",
            "CREATE INDEX statement_lines_by_amount ON statement_lines (merchant, account, amount, credited)",
            """
            CREATE INDEX statement_lines_unmatched ON statement_lines (merchant, account, amount, credited)
            WHERE state = 'unmatched'
            """,
            """
            CREATE TABLE payouts (
                id TEXT PRIMARY KEY, version BIGINT NOT NULL, merchant TEXT NOT NULL, dialect TEXT NOT NULL,
                bank TEXT NOT NULL, account TEXT NOT NULL, name TEXT NOT NULL, currency TEXT NOT NULL,
                transfer BIGINT NOT NULL, fee BIGINT NOT NULL, vat BIGINT NOT NULL, remark TEXT NOT NULL,
                state TEXT NOT NULL, failure TEXT, created BIGINT NOT NULL, ended BIGINT, echo BYTEA NOT NULL)
            """,
            """
            CREATE TABLE counters (
                dialect TEXT NOT NULL, merchant TEXT NOT NULL, kind TEXT NOT NULL, value BIGINT NOT NULL,
                PRIMARY KEY (dialect, merchant, kind)) {{clustered}}
            """,
            """
            CREATE TABLE nonces (
                dialect TEXT NOT NULL, merchant TEXT NOT NULL, value TEXT NOT NULL, expires BIGINT NOT NULL,
                PRIMARY KEY (dialect, merchant, value)) {{clustered}}
            """,
            "CREATE INDEX nonces_by_end ON nonces (expires)",
            "ALTER TABLE notices ADD COLUMN once BIGINT",
            """
            CREATE TABLE bank_sessions (
                payment TEXT PRIMARY KEY, version BIGINT NOT NULL, token TEXT NOT NULL, bank TEXT NOT NULL,
                kind TEXT NOT NULL, state TEXT NOT NULL, problem TEXT, opened BIGINT, ended BIGINT)
            """,
            "CREATE UNIQUE INDEX bank_sessions_by_token ON bank_sessions (token)",
            "ALTER TABLE notices ADD COLUMN expected_answer TEXT",
        ])

    /// Statement lines of which the bank tells the day alone: until when they may have been credited.
    private static let spans = Migration(
        number: 5, statements: ["ALTER TABLE statement_lines ADD COLUMN credited_until BIGINT"])
}
