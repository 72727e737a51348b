import Payments

/// Numbers that an API shows, handed out in blocks: the last number that is taken, per dialect, merchant and kind.
public struct CounterName: Hashable, Sendable {
    public let dialect: DialectID
    public let merchant: MerchantID
    public let kind: Alias.Kind

    public init(_ kind: Alias.Kind, dialect: DialectID, merchant: MerchantID) {
        self.dialect = dialect
        self.merchant = merchant
        self.kind = kind
    }
}

enum CounterRows {
    /// Only where nobody has taken numbers since they were read.
    private static let advance = SQL(
        """
        INSERT INTO counters (dialect, merchant, kind, value) VALUES ($1, $2, $3, $5) \
        ON CONFLICT (dialect, merchant, kind) DO UPDATE SET value = excluded.value WHERE counters.value = $4
        """, key: 3)
    static let value = SQL("SELECT value FROM counters WHERE dialect = $1 AND merchant = $2 AND kind = $3")

    static func take(_ name: CounterName, after last: Int64, upTo next: Int64) -> Statement {
        Statement(
            advance, key(name) + [.integer(last), .integer(next)], otherwise: .stale("counter \(name.kind.rawValue)"))
    }

    static func key(_ name: CounterName) -> [SQLValue] {
        [.text(name.dialect.rawValue), .text(name.merchant.rawValue), .text(name.kind.rawValue)]
    }
}

extension Reader {
    /// The last number that is taken; 0 where none is.
    public func counter(_ name: CounterName) throws -> Int64 {
        try first(CounterRows.value, CounterRows.key(name)) { try $0.integer(0) } ?? 0
    }
}
