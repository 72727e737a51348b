import Payments

/// Names as rows.
enum AliasRows {
    private static let insertion = SQL(
        """
        INSERT INTO aliases (dialect, merchant, kind, value, subject) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT DO NOTHING
        """, key: 4)
    static let subject = SQL(
        "SELECT subject FROM aliases WHERE dialect = $1 AND merchant = $2 AND kind = $3 AND value = $4")

    static func insert(_ alias: Alias, _ subject: Subject) -> Statement {
        Statement(
            insertion, key(alias) + [.text(subject.key)],
            otherwise: .aliasTaken(kind: alias.kind.rawValue, value: alias.value))
    }

    static func key(_ alias: Alias) -> [SQLValue] {
        [
            .text(alias.dialect.rawValue), .text(alias.merchant.rawValue), .text(alias.kind.rawValue),
            .text(alias.value),
        ]
    }
}

extension Reader {
    /// What a name stands for.
    public func subject(of alias: Alias) throws -> Subject? {
        try first(AliasRows.subject, AliasRows.key(alias)) { try $0.value(0, Subject.init(key:)) }
    }
}
