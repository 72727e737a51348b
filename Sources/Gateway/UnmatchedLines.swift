import Money
import Payments
import Store

/// A line that nothing has used, and the deposits that it could be for.
public struct UnmatchedLine: Sendable, Equatable {
    public let line: StatementLine
    /// The likeliest first.
    public let candidates: [DepositMatcher.Candidate]
    /// Whether there are more than these.
    public let hasMoreCandidates: Bool
}

/// Some of a collection account's unmatched lines.
public struct UnmatchedLines: Sendable, Equatable {
    /// Oldest first.
    public let lines: [UnmatchedLine]
    /// Whether there are younger ones.
    public let hasMore: Bool
    /// When they were read.
    public let at: Instant
}

extension Gateway {
    /// How many deposits are shown for a line, at most.
    public static let mostCandidates = 10
    /// How long before its line was credited a deposit that has lapsed may have been opened, in seconds.
    public static let lapsedReach: Int64 = 7 * 86_400
    /// How many deposits of one amount are looked at, open ones and lapsed ones each.
    private static let depositsOfAmount = 64

    /// The lines of a collection account that nothing has used and that were credited from `since` on, oldest first, at
    /// most `limit`, each with the deposits that it could be for. Changes nothing. Throws `GatewayFault`.
    public func unmatchedLines(
        of merchant: MerchantID, account: Int64, since: Instant, limit: Int
    ) async throws -> UnmatchedLines {
        guard directory.merchant(merchant)?.collectionAccount(account) != nil else { throw GatewayFault.notFound }
        let now = clock.now()
        let most = mostAlike
        let found = try await read { reader in
            try reader.unmatchedLines(of: merchant, account: account, since: since, limit: limit + 1)
        }
        let page = found.prefix(limit)
        // One read for each amount: PostgreSQL runs a read from its beginning for each thing that it asks.
        var lines: [ID<StatementLine>: UnmatchedLine] = [:]
        for amount in Set(page.map(\.credit.amount)) {
            let alike = page.filter { $0.credit.amount == amount }
            for line in try await read({ try Self.explained(alike, most, $0) }) { lines[line.line.id] = line }
        }
        return UnmatchedLines(lines: page.compactMap { lines[$0.id] }, hasMore: found.count > limit, at: now)
    }

    /// Lines of one amount with their candidates.
    private static func explained(_ lines: [StatementLine], _ most: Int, _ reader: Reader) throws -> [UnmatchedLine] {
        guard let first = lines.first, let earliest = lines.map(\.credit.creditedAt).min() else { return [] }
        let (merchant, account, amount) = (first.merchant, first.account, first.credit.amount)
        let open = try reader.openDeposits(
            of: merchant, account: account, amount: amount, limit: depositsOfAmount + 1)
        let lapsed = try reader.cancelledDeposits(
            code: invitationExpiredCode, of: merchant, account: account, amount: amount,
            since: earliest.adding(seconds: -lapsedReach), limit: depositsOfAmount)
        let paired = try pairs(lines, most, reader)
        let shown = open.prefix(depositsOfAmount)
        return lines.map { line in
            let since = line.credit.creditedAt.adding(seconds: -lapsedReach)
            let partner = paired[line.id]
            let older = partner.flatMap { partner in shown.contains { $0.id == partner.id } ? nil : partner }
            let all = DepositMatcher.candidates(
                for: line, among: shown + [older].compactMap { $0 } + lapsed.filter { $0.created >= since },
                paired: partner?.id)
            return UnmatchedLine(
                line: line, candidates: Array(all.prefix(mostCandidates)),
                hasMoreCandidates: all.count > mostCandidates || open.count > shown.count)
        }
    }

    /// Which of these lines of one amount the matcher would have pay which deposits. It is given what it is given when
    /// a statement is read, also those deposits that are too many to be shown, and all of them or none.
    private static func pairs(
        _ lines: [StatementLine], _ most: Int, _ reader: Reader
    ) throws -> [ID<StatementLine>: Payment] {
        let around = try reader.surroundings(of: lines, limit: most)
        let partners = DepositMatcher.partners(
            of: lines, among: around.deposits, beside: around.crowded.isEmpty ? around.lines : nil)
        let byID = Dictionary(uniqueKeysWithValues: around.deposits.map { ($0.id, $0) })
        return partners.compactMapValues { byID[$0] }
    }
}
