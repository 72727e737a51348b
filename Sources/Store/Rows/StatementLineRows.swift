import Money
import Payments

/// Statement lines as rows.
enum StatementLineRows {
    static let columns = """
        id, version, merchant, account, number, key, currency, amount, credited, payer_bank, payer_account, \
        payer_name, description, reference, state, payment, fee, vat, settled, imported, credited_until, \
        assigned_by, assigned_at
        """
    /// Fails where the account has a line with this key already.
    private static let insertion = SQL(
        """
        INSERT INTO statement_lines (\(columns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, \
        $14, $15, $16, $17, $18, $19, $20, $21, $22, $23) ON CONFLICT DO NOTHING
        """)
    private static let change = SQL(
        """
        UPDATE statement_lines SET version = version + 1, state = $3, payment = $4, fee = $5, vat = $6, settled = $7, \
        assigned_by = $8, assigned_at = $9 WHERE id = $1 AND version = $2
        """)
    static let byID = SQL("SELECT \(columns) FROM statement_lines WHERE id = $1")
    static let byNumber = SQL("SELECT \(columns) FROM statement_lines WHERE merchant = $1 AND number = $2")
    static let byKey = SQL(
        "SELECT \(columns) FROM statement_lines WHERE merchant = $1 AND account = $2 AND key = $3")
    static let all = SQL("SELECT \(columns) FROM statement_lines ORDER BY id")
    static let known = SQL(
        """
        SELECT key FROM statement_lines WHERE merchant = $1 AND account = $2 AND key IN (\(Slots.list(from: 3)))
        """)
    static let unmatchedByKey = SQL(
        """
        SELECT \(columns) FROM statement_lines WHERE merchant = $1 AND account = $2 AND state = 'unmatched' \
        AND key IN (\(Slots.list(from: 3)))
        """)
    static let unmatched = AlikeQuery(
        columns,
        """
        FROM statement_lines WHERE merchant = $1 AND account = $2 AND state = 'unmatched' \
        AND amount IN (\(Slots.list(from: 7))) AND credited BETWEEN $5 AND $4 \
        AND COALESCE(credited_until, credited) >= $3 LIMIT $6
        """, line)
    static let unmatchedByNumber = SQL(
        """
        SELECT \(columns) FROM statement_lines WHERE merchant = $1 AND account = $2 AND state = 'unmatched' \
        AND number BETWEEN $3 AND $4 ORDER BY number LIMIT $5
        """)
    static let newest = SQL(
        """
        SELECT \(columns) FROM statement_lines WHERE merchant = $1 AND account = $2 AND amount = $3 \
        AND credited >= $4 AND (credited, number) < ($5, $6) ORDER BY credited DESC, number DESC LIMIT $7
        """)

    static func insert(_ line: StatementLine) -> Statement {
        let credit = line.credit
        return Statement(
            insertion,
            [
                .text(line.id.hex), .integer(line.version), .text(line.merchant.rawValue), .integer(line.account),
                .integer(line.number), .text(credit.key), .text(credit.amount.currency.rawValue),
                .integer(credit.amount.minorUnits), .integer(credit.creditedAt.microseconds),
                SQLValue(credit.payerBank), SQLValue(credit.payerAccount), SQLValue(credit.payerName),
                .text(credit.description), SQLValue(credit.reference),
            ] + use(line.use) + [
                .integer(line.imported.microseconds), SQLValue(credit.creditedUntil?.microseconds),
            ] + assignment(line.assignment),
            otherwise: .duplicate("line \(credit.key)"))
    }

    static func update(_ line: StatementLine) -> Statement {
        Statement(
            change, [.text(line.id.hex), .integer(line.version - 1)] + use(line.use) + assignment(line.assignment),
            otherwise: .stale("line \(line.id.hex)"))
    }

    /// From `state` to `settled`.
    private static func use(_ use: StatementLine.Use) -> [SQLValue] {
        switch use {
        case .unmatched: [.text("unmatched"), .null, .null, .null, .null]
        case .matched(let payment): [.text("matched"), .text(payment.hex), .null, .null, .null]
        case .redeemed(let settlement):
            [
                .text("redeemed"), .null, .integer(settlement.fee.minorUnits), .integer(settlement.vat.minorUnits),
                .integer(settlement.at.microseconds),
            ]
        }
    }

    static func line(_ row: SQLRow) throws -> StatementLine {
        let currency = try row.value(6, Currency.init(rawValue:))
        let amount = Money(minorUnits: try row.integer(7), currency)
        return StatementLine(
            id: try row.value(0) { ID(hex: $0) }, version: try row.integer(1),
            merchant: MerchantID(rawValue: try row.text(2)), account: try row.integer(3), number: try row.integer(4),
            credit: BankCredit(
                key: try row.text(5), amount: amount, creditedAt: Instant(microseconds: try row.integer(8)),
                creditedUntil: try row.optionalInteger(20).map(Instant.init(microseconds:)),
                payerBank: try row.optionalText(9), payerAccount: try row.optionalText(10),
                payerName: try row.optionalText(11), description: try row.text(12),
                reference: try row.optionalText(13)),
            use: try use(row, of: amount), assignment: try assignment(row),
            imported: Instant(microseconds: try row.integer(19)))
    }

    private static func use(_ row: SQLRow, of gross: Money) throws -> StatementLine.Use {
        switch try row.text(14) {
        case "unmatched": return .unmatched
        case "matched": return .matched(try row.value(15) { ID(hex: $0) })
        case "redeemed":
            let fee = Money(minorUnits: try row.integer(16), gross.currency)
            let vat = Money(minorUnits: try row.integer(17), gross.currency)
            guard let net = try? gross.subtracting(fee).subtracting(vat) else {
                throw StoreError.damaged("a redeemed line does not add up")
            }
            return .redeemed(
                Settlement(
                    gross: gross, fee: fee, vat: vat, net: net, rate: .one,
                    at: Instant(microseconds: try row.integer(18))))
        case let other: throw StoreError.damaged("a statement line is “\(other)”")
        }
    }
}

/// A list of values in one SQL text: as many parameters as there are slots, the last value repeated.
enum Slots {
    static let count = 32

    static func list(from first: Int) -> String { (0..<count).map { "$\(first + $0)" }.joined(separator: ", ") }

    /// The values in groups that fill every slot.
    static func groups(_ values: [SQLValue]) -> [[SQLValue]] {
        stride(from: 0, to: values.count, by: count).map { start in
            let group = Array(values[start..<min(start + count, values.count)])
            return group + Array(repeating: group[group.count - 1], count: count - group.count)
        }
    }
}

extension Reader {
    /// The statement line with this id, whoever's it is.
    public func line(_ id: ID<StatementLine>) throws -> StatementLine? {
        try first(StatementLineRows.byID, [.text(id.hex)], StatementLineRows.line)
    }

    /// A merchant's statement line by the number that APIs show.
    public func line(_ number: Int64, of merchant: MerchantID) throws -> StatementLine? {
        try first(StatementLineRows.byNumber, [.text(merchant.rawValue), .integer(number)], StatementLineRows.line)
    }

    /// The line of a collection account with this natural key.
    public func line(key: String, of merchant: MerchantID, account: Int64) throws -> StatementLine? {
        try first(
            StatementLineRows.byKey, [.text(merchant.rawValue), .integer(account), .text(key)],
            StatementLineRows.line)
    }

    /// Which of these keys a collection account has a line for.
    public func knownLines(_ keys: [String], of merchant: MerchantID, account: Int64) throws -> Set<String> {
        var known: Set<String> = []
        for group in Slots.groups(keys.map { .text($0) }) {
            known.formUnion(
                try rows(
                    StatementLineRows.known, [.text(merchant.rawValue), .integer(account)] + group
                ) { try $0.text(0) })
        }
        return known
    }

    /// Which of a collection account's lines with these keys nothing has used.
    public func unmatchedLines(
        _ keys: [String], of merchant: MerchantID, account: Int64
    ) throws -> [StatementLine] {
        try Slots.groups(keys.map { .text($0) }).flatMap { group in
            try rows(
                StatementLineRows.unmatchedByKey, [.text(merchant.rawValue), .integer(account)] + group,
                StatementLineRows.line)
        }
    }

    /// The lines of a collection account in a range of numbers that nothing has used, in order, at most `limit`.
    public func unmatchedLines(
        numbers: ClosedRange<Int64>, of merchant: MerchantID, account: Int64, limit: Int
    ) throws -> [StatementLine] {
        try rows(
            StatementLineRows.unmatchedByNumber,
            [
                .text(merchant.rawValue), .integer(account), .integer(numbers.lowerBound),
                .integer(numbers.upperBound), .integer(Int64(limit)),
            ], StatementLineRows.line)
    }

    /// The lines of these amounts that nothing has used and that may have been credited in a stretch of time, or in the
    /// second before it, oldest first; at most `limit` of one amount.
    public func unmatchedLines(
        of merchant: MerchantID, account: Int64, amounts: [Money], from: Instant, to: Instant, limit: Int
    ) throws -> Alike<StatementLine> {
        let bounds: [SQLValue] = [
            .text(merchant.rawValue), .integer(account),
            .integer(from.microseconds - BankCredit.shortestSpan), .integer(to.microseconds),
            .integer(from.adding(seconds: -BankCredit.longestSpan).microseconds), .integer(Int64(limit + 1)),
        ]
        var found = try alike(amounts, limit: limit, StatementLineRows.unmatched, bounds)
        found.values.sort { ($0.credit.creditedAt, $0.id) < ($1.credit.creditedAt, $1.id) }
        return found
    }

    /// A page of a collection account's lines of an amount that were credited from `since` on: newest first, at most
    /// `limit`, only those that come after `last` where one is given.
    public func lines(
        of merchant: MerchantID, account: Int64, amount: Money, since: Instant, after last: StatementLine? = nil,
        limit: Int
    ) throws -> [StatementLine] {
        try rows(
            StatementLineRows.newest,
            [
                .text(merchant.rawValue), .integer(account), .integer(amount.minorUnits),
                .integer(since.microseconds), .integer(last?.credit.creditedAt.microseconds ?? .max),
                .integer(last?.number ?? .max), .integer(Int64(limit)),
            ], StatementLineRows.line)
    }

    /// Every statement line, oldest first, one after another.
    public func forEachLine(_ body: (StatementLine) throws -> Void) throws {
        try connection.stream(StatementLineRows.all) { try body(StatementLineRows.line($0)) }
    }
}
