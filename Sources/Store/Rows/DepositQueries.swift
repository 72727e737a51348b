import Money
import Payments

/// Deposits that wait for money, found by account and amount.
enum DepositQueries {
    static let waiting = AlikeQuery(
        PaymentRows.columns,
        """
        FROM payments WHERE merchant = $1 AND acceptor = $2 AND state = 'presented' \
        AND expected_from IS NOT NULL AND amount IN (\(Slots.list(from: 7))) \
        AND expected_from <= $4 AND (expected_until >= $3 OR (expected_until IS NULL AND payers <> $6)) LIMIT $5
        """, PaymentRows.payment)
    static let cancelled = AlikeQuery(
        PaymentRows.columns,
        """
        FROM payments WHERE merchant = $1 AND acceptor = $2 AND state = 'cancelled' \
        AND expected_from IS NOT NULL AND amount IN (\(Slots.list(from: 6))) \
        AND expected_from <= $4 AND expected_until >= $3 LIMIT $5
        """, PaymentRows.payment)
    private static let nobody = SQLValue.bytes(Documents.encode([String]()))

    /// What `waiting` asks for, but for the amounts.
    static func bounds(
        _ merchant: MerchantID, _ account: Int64, _ from: Instant, _ to: Instant, _ limit: Int
    ) -> [SQLValue] {
        [
            .text(merchant.rawValue), .text(String(account)), .integer(from.microseconds), .integer(to.microseconds),
            .integer(Int64(limit)), nobody,
        ]
    }
    static let byPayload = SQL(
        """
        SELECT \(PaymentRows.columns) FROM payments WHERE merchant = $1 AND payload = $2 \
        AND expected_from IS NOT NULL ORDER BY id
        """)
    static let amounts = SQL(
        """
        SELECT DISTINCT amount FROM payments WHERE merchant = $1 AND acceptor = $2 AND state = 'presented' \
        AND expected_from IS NOT NULL AND amount BETWEEN $3 AND $4
        """)
    static let recentAmounts = SQL(
        """
        SELECT DISTINCT amount FROM payments WHERE merchant = $1 AND acceptor = $2 AND exclusive = 1 \
        AND expected_from >= $5 AND amount BETWEEN $3 AND $4
        """)
}

extension Reader {
    /// The deposits of these amounts that wait for money which was credited in a stretch of time, or that name payers
    /// and may do so yet, oldest first; at most `limit` of one amount.
    public func waitingDeposits(
        of merchant: MerchantID, account: Int64, amounts: [Money], from: Instant, to: Instant, limit: Int
    ) throws -> Alike<Payment> {
        let bounds = DepositQueries.bounds(merchant, account, from, to, limit + 1)
        var found = try alike(amounts, limit: limit, DepositQueries.waiting, bounds)
        found.values.sort { $0.id < $1.id }
        return found
    }

    /// The deposits of these amounts that were cancelled, by whatever, and whose money might have been credited in a
    /// stretch of time, oldest first; at most `limit` of one amount.
    public func cancelledDeposits(
        of merchant: MerchantID, account: Int64, amounts: [Money], from: Instant, to: Instant, limit: Int
    ) throws -> Alike<Payment> {
        let bounds = Array(DepositQueries.bounds(merchant, account, from, to, limit + 1).dropLast())
        var found = try alike(amounts, limit: limit, DepositQueries.cancelled, bounds)
        found.values.sort { $0.id < $1.id }
        return found
    }

    /// A merchant's deposits with this text in their QR code, oldest first. Looks through all payments.
    public func deposits(payload: String, of merchant: MerchantID) throws -> [Payment] {
        try rows(DepositQueries.byPayload, [.text(merchant.rawValue), .text(payload)], PaymentRows.payment)
    }

    /// The deposits that any of these names are given to, each once, in the order of the names.
    public func deposits(_ names: [Alias]) throws -> [Payment] {
        var seen: Set<Subject> = []
        return try names.compactMap { try subject(of: $0) }.filter { seen.insert($0).inserted }.compactMap { subject in
            guard case .payment(let id) = subject else { return nil }
            return try payment(id).flatMap { $0.expectation == nil ? nil : $0 }
        }
    }

    /// The amounts in a range, in minor units, for which deposits wait on a collection account.
    public func waitingAmounts(
        of merchant: MerchantID, account: Int64, in range: ClosedRange<Int64>
    ) throws -> Set<Int64> {
        Set(try rows(DepositQueries.amounts, bounds(merchant, account, range)) { try $0.integer(0) })
    }

    /// The same of exclusive deposits, whatever has become of them, that began to wait at `since` or later.
    public func recentAmounts(
        of merchant: MerchantID, account: Int64, in range: ClosedRange<Int64>, since: Instant
    ) throws -> Set<Int64> {
        let bounds = bounds(merchant, account, range) + [.integer(since.microseconds)]
        return Set(try rows(DepositQueries.recentAmounts, bounds) { try $0.integer(0) })
    }

    private func bounds(_ merchant: MerchantID, _ account: Int64, _ range: ClosedRange<Int64>) -> [SQLValue] {
        [
            .text(merchant.rawValue), .text(String(account)), .integer(range.lowerBound), .integer(range.upperBound),
        ]
    }
}
