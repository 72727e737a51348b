import Money
import Payments

/// Deposits that wait for money, found by account and amount.
enum DepositQueries {
    static let waiting = SQL(
        """
        SELECT \(PaymentRows.columns) FROM payments WHERE merchant = $1 AND acceptor = $2 AND state = 'presented' \
        AND expected_from IS NOT NULL AND amount IN (\(Slots.list(from: 7))) \
        AND expected_from <= $4 AND (expected_until >= $3 OR (expected_until IS NULL AND payers <> $6)) LIMIT $5
        """)
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
    static let byName = SQL(
        """
        SELECT subject FROM aliases WHERE merchant = $1 AND value = $2 AND substr(subject, 1, 8) = 'payment:' \
        ORDER BY dialect, kind
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
        var found = try alike(amounts, limit: limit) { group in
            try rows(DepositQueries.waiting, bounds + group, PaymentRows.payment)
        }
        found.values.sort { $0.id < $1.id }
        return found
    }

    /// A merchant's deposits with this text in their QR code, oldest first. Looks through all payments.
    public func deposits(payload: String, of merchant: MerchantID) throws -> [Payment] {
        try rows(DepositQueries.byPayload, [.text(merchant.rawValue), .text(payload)], PaymentRows.payment)
    }

    /// A merchant's deposit by any of its names, whichever API gave it.
    public func deposit(named name: String, of merchant: MerchantID) throws -> Payment? {
        try deposits(named: name, of: merchant).first
    }

    /// The same for all that some API has given this name.
    public func deposits(named name: String, of merchant: MerchantID) throws -> [Payment] {
        let subjects = try rows(DepositQueries.byName, [.text(merchant.rawValue), .text(name)]) {
            try $0.value(0, Subject.init(key:))
        }
        var seen: Set<Subject> = []
        return try subjects.filter { seen.insert($0).inserted }.compactMap { subject in
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
