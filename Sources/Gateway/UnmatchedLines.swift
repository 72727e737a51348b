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
        return try await read { reader in
            let found = try reader.unmatchedLines(of: merchant, account: account, since: since, limit: limit + 1)
            let page = found.prefix(limit)
            var lines: [ID<StatementLine>: UnmatchedLine] = [:]
            for amount in Set(page.map(\.credit.amount)).sorted(by: { $0.minorUnits < $1.minorUnits }) {
                let alike = page.filter { $0.credit.amount == amount }
                for line in try Self.explained(alike, most, reader) { lines[line.line.id] = line }
            }
            return UnmatchedLines(
                lines: page.compactMap { lines[$0.id] }, hasMore: found.count > limit, at: now)
        }
    }

    /// Lines of one amount with their candidates.
    private static func explained(_ lines: [StatementLine], _ most: Int, _ reader: Reader) throws -> [UnmatchedLine] {
        guard let first = lines.first, let earliest = lines.map(\.credit.creditedAt).min(),
            let latest = lines.map(\.credit.creditedLast).max()
        else { return [] }
        let (merchant, account, amount) = (first.merchant, first.account, first.credit.amount)
        let open = try reader.openDeposits(
            of: merchant, account: account, amount: amount, limit: depositsOfAmount + 1)
        let lapsed = try reader.cancelledDeposits(
            code: invitationExpiredCode, of: merchant, account: account, amount: amount,
            since: earliest.adding(seconds: -lapsedReach), limit: depositsOfAmount)
        let paired = try pairs(lines, merchant, account, amount, earliest...latest, most, reader)
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
        _ lines: [StatementLine], _ merchant: MerchantID, _ account: Int64, _ amount: Money,
        _ credited: ClosedRange<Instant>, _ most: Int, _ reader: Reader
    ) throws -> [ID<StatementLine>: Payment] {
        let waiting = try reader.waitingDeposits(
            of: merchant, account: account, amounts: [amount], from: credited.lowerBound, to: credited.upperBound,
            limit: most)
        let windows = waiting.values.compactMap(\.expectation)
        guard waiting.crowded.isEmpty, let from = windows.map(\.from).min(),
            let until = windows.compactMap(\.until).max()
        else { return [:] }
        let rivals = try reader.unmatchedLines(
            of: merchant, account: account, amounts: [amount], from: from, to: until, limit: most)
        // Whatever has ended without its money still stands in the others' way.
        let ended = try reader.cancelledDeposits(
            of: merchant, account: account, amounts: [amount], from: credited.lowerBound, to: credited.upperBound,
            limit: most)
        let isCrowded = !rivals.crowded.isEmpty || !ended.crowded.isEmpty
        let partners = DepositMatcher.partners(
            of: lines, among: waiting.values + ended.values, beside: isCrowded ? nil : rivals.values)
        let byID = Dictionary(uniqueKeysWithValues: waiting.values.map { ($0.id, $0) })
        return partners.compactMapValues { byID[$0] }
    }
}
