import Payments

/// Deleting what has ended, a bounded number of rows at a time so that no commit waits long, and deleting everything.
enum Sweeping {
    /// The most rows of a kind that one sweep deletes.
    static let batch: Int64 = 2_000
    /// How long what has ended is kept, so that a used token is told apart from one that never was.
    static let keptSeconds = CardToken.keptSeconds

    private static let wipeCodes = SQL(
        "UPDATE card_tokens SET sealed_code = NULL WHERE key >= $1 AND key < $2 AND sealed_code IS NOT NULL",
        key: 0)
    private static let deleteTokens = SQL(
        "DELETE FROM card_tokens WHERE key IN (SELECT key FROM card_tokens WHERE key < $1 ORDER BY key LIMIT $2)",
        key: 0)
    private static let deleteChallenges = SQL(
        """
        DELETE FROM challenges WHERE key IN \
        (SELECT key FROM challenges WHERE expires <= $1 ORDER BY expires LIMIT $2)
        """, key: 0)
    private static let deleteKeys = SQL(
        """
        DELETE FROM idempotency WHERE key IN \
        (SELECT key FROM idempotency WHERE expires <= $1 ORDER BY expires LIMIT $2)
        """, key: 0)
    private static let deleteNonces = SQL(
        """
        DELETE FROM nonces WHERE (dialect, merchant, value) IN \
        (SELECT dialect, merchant, value FROM nonces WHERE expires <= $1 ORDER BY expires LIMIT $2)
        """, key: 0)
    static let remaining = SQL(
        """
        SELECT 1 WHERE EXISTS (SELECT 1 FROM card_tokens WHERE key < $1) \
        OR EXISTS (SELECT 1 FROM challenges WHERE expires <= $2) \
        OR EXISTS (SELECT 1 FROM idempotency WHERE expires <= $3) \
        OR EXISTS (SELECT 1 FROM nonces WHERE expires <= $4) LIMIT 1
        """)

    private static let tables = [
        "payments", "refunds", "orders", "customers", "saved_cards", "transfers", "balances", "aliases", "card_tokens",
        "challenges", "due", "notices",
        "attempts", "payouts", "statement_lines",
        "bank_sessions", "counters", "nonces", "idempotency", "daily_usage", "merchants",
        "credentials",
    ]
    /// The directory's version stays and moves: other processes must see that everything has changed.
    static let eraseEverything: [Statement] =
        tables.map { Statement(SQL("DELETE FROM \($0)", key: 0, isLong: true), []) } + [
            Statement(SQL("DELETE FROM settings WHERE name <> 'directory'", key: 0), []), DirectoryRows.changed,
        ]

    static func wipeCodes(_ from: Instant, _ to: Instant) -> Statement {
        Statement(wipeCodes, [.bytes(CardToken.keyPrefix(from)), .bytes(CardToken.keyPrefix(to))])
    }

    static func statements(now: Instant, wallTime: Instant) -> [Statement] {
        [
            Statement(deleteTokens, [.bytes(CardToken.keyPrefix(expired(kept(now)))), .integer(batch)]),
            Statement(deleteChallenges, [.integer(kept(now).microseconds), .integer(batch)]),
            Statement(deleteKeys, [.integer(now.microseconds), .integer(batch)]),
            Statement(deleteNonces, [.integer(wallTime.microseconds), .integer(batch)]),
            ProcessRows.forgetWriters(before: kept(wallTime).microseconds),
        ]
    }

    /// Tokens made before this have expired by `now`.
    static func expired(_ now: Instant) -> Instant { now.adding(seconds: -CardToken.lifetimeSeconds) }
    static func kept(_ now: Instant) -> Instant { now.adding(seconds: -keptSeconds) }
}

extension Reader {
    /// Whether a sweep at `now` would leave something for another one.
    public func hasMoreToSweep(at now: Instant, wallTime: Instant) throws -> Bool {
        try first(
            Sweeping.remaining,
            [
                .bytes(CardToken.keyPrefix(Sweeping.expired(Sweeping.kept(now)))),
                .integer(Sweeping.kept(now).microseconds), .integer(now.microseconds), .integer(wallTime.microseconds),
            ]
        ) { _ in true } ?? false
    }
}
