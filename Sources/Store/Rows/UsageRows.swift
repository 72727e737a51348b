import Money
import Payments

/// One payment counted against a merchant's day.
public struct UsageCount: Sendable, Equatable {
    public let merchant: MerchantID
    public let dialect: DialectID
    public let usage: DailyUsage
    public let limits: Limits

    public init(merchant: MerchantID, dialect: DialectID, usage: DailyUsage, limits: Limits) {
        self.merchant = merchant
        self.dialect = dialect
        self.usage = usage
        self.limits = limits
    }
}

/// What merchants have used of their days, as guarded counters.
enum UsageRows {
    private static let opening = SQL(
        """
        INSERT INTO daily_usage (merchant, dialect, day, count, baht) VALUES ($1, $2, $3, 0, 0) \
        ON CONFLICT DO NOTHING
        """, key: 3)
    private static let counting = SQL(
        """
        UPDATE daily_usage SET count = count \
        WHERE merchant = $1 AND dialect = $2 AND day = $3 AND count < $4
        """, key: 3, isCheck: true)
    /// Both at once, so that a limit that is reached changes nothing.
    private static let adding = SQL(
        """
        UPDATE daily_usage SET count = count + 1, baht = baht + $4 \
        WHERE merchant = $1 AND dialect = $2 AND day = $3 AND baht <= $5 - $4
        """, key: 3)
    private static let returning = SQL(
        """
        UPDATE daily_usage SET count = count - 1, baht = baht - $4 \
        WHERE merchant = $1 AND dialect = $2 AND day = $3
        """, key: 3)

    static let ofDay = SQL("SELECT count, baht FROM daily_usage WHERE merchant = $1 AND dialect = $2 AND day = $3")

    static func count(_ count: UsageCount) -> [Statement] {
        let key = key(count.merchant, count.dialect, count.usage)
        return [
            Statement(opening, key),
            Statement(
                counting, key + [.integer(count.limits.countPerDay ?? .max)], otherwise: .dailyCountReached),
            Statement(
                adding,
                key + [.integer(count.usage.baht.minorUnits), .integer(count.limits.perDay ?? .max)],
                otherwise: .dailyAmountReached),
        ]
    }

    static func giveBack(_ merchant: MerchantID, _ dialect: DialectID, _ usage: DailyUsage) -> Statement {
        Statement(returning, key(merchant, dialect, usage) + [.integer(usage.baht.minorUnits)])
    }

    private static func key(_ merchant: MerchantID, _ dialect: DialectID, _ usage: DailyUsage) -> [SQLValue] {
        [.text(merchant.rawValue), .text(dialect.rawValue), .integer(usage.day.number)]
    }
}

extension Reader {
    /// How many payments a merchant has counted on a day, and their worth in minor units of baht.
    public func usage(
        of merchant: MerchantID, through dialect: DialectID, on day: CivilDay
    ) throws -> (count: Int64, baht: Int64) {
        try first(
            UsageRows.ofDay, [.text(merchant.rawValue), .text(dialect.rawValue), .integer(day.number)]
        ) { (try $0.integer(0), try $0.integer(1)) } ?? (0, 0)
    }
}
