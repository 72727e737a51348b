import Money
import Payments
import Store

/// What lines or a deposit are held against: all that could have a say in whether they belong together.
struct Surroundings: Sendable {
    var lines: [StatementLine] = []
    var deposits: [Payment] = []
    /// The amounts, in minor units, of which there are too many lines or deposits: none of their deposits is here, so
    /// that nothing of them is paired by half of what counts.
    var crowded: Set<Int64> = []
}

extension Gateway {
    /// Into how many stretches of time the lines of a crowded amount are divided, at most.
    private static let slices = 16
    /// How many amounts share a read: what is read for each is read whole again with each further question that a read
    /// asks PostgreSQL.
    private static let amountsPerRead = 32

    /// Which of these lines of one account pay which deposits.
    ///
    /// Of an amount at most `mostAlike` lines and as many deposits are held against each other. Where there are more
    /// around all of the lines, the lines are looked at in slices, each with what is around it; where there are more
    /// around a slice still, it is left as it is. Whatever is paired is paired as if there were no bound.
    func matches(for lines: [StatementLine]) async throws -> [DepositMatcher.Match] {
        let most = mostAlike
        let amounts = Dictionary(grouping: lines, by: \.credit.amount.minorUnits).sorted { $0.key < $1.key }
        var matches: [DepositMatcher.Match] = []
        for start in stride(from: 0, to: amounts.count, by: Self.amountsPerRead) {
            let group = amounts[start..<min(start + Self.amountsPerRead, amounts.count)].flatMap(\.value)
            let around = try await read { try $0.surroundings(of: group, limit: most) }
            matches += pair(group, around)
            for amount in around.crowded.sorted() {
                matches += try await matchesInSlices(of: group.filter { $0.credit.amount.minorUnits == amount })
            }
        }
        return matches
    }

    private func matchesInSlices(of lines: [StatementLine]) async throws -> [DepositMatcher.Match] {
        let most = mostAlike
        let lines = lines.sorted { $0.credit.creditedAt < $1.credit.creditedAt }
        let size = (lines.count + Self.slices - 1) / Self.slices
        var matches: [DepositMatcher.Match] = []
        for start in stride(from: 0, to: lines.count, by: size) {
            let slice = Array(lines[start..<min(start + size, lines.count)])
            matches += pair(slice, try await read { try $0.surroundings(of: slice, limit: most) })
        }
        return matches
    }

    /// Which of these lines pay which of the deposits around them. What other lines may pay was not loaded in full:
    /// they are judged when it is their turn.
    private func pair(_ lines: [StatementLine], _ around: Surroundings) -> [DepositMatcher.Match] {
        let own = Set(lines.map(\.id))
        return DepositMatcher.matches(free(around.lines), around.deposits).filter { own.contains($0.line.id) }
    }
}

extension Reader {
    /// The unmatched lines that may pay a deposit, and the other deposits that may want them.
    func surroundings(of deposit: Payment, limit: Int) throws -> Surroundings {
        guard let expectation = deposit.expectation, let until = expectation.until,
            let account = Int64(deposit.acceptor)
        else { return Surroundings() }
        let lines = try unmatchedLines(
            of: deposit.merchant, account: account, amounts: [deposit.amount], from: expectation.from, to: until,
            limit: limit)
        guard let first = lines.values.map(\.credit.creditedAt).min(),
            let last = lines.values.map(\.credit.creditedLast).max()
        else { return Surroundings(crowded: lines.crowded) }
        let others = try rivals(
            of: deposit.merchant, account: account, amounts: [deposit.amount], from: first, to: last, limit: limit)
        guard others.crowded.isEmpty else { return Surroundings(crowded: others.crowded) }
        return Surroundings(lines: lines.values, deposits: others.values.filter { $0.id != deposit.id })
    }

    /// What may be matched with these lines of one account: other lines of their amounts that nothing has used, and
    /// the deposits that wait for them.
    func surroundings(of lines: [StatementLine], limit: Int) throws -> Surroundings {
        guard let first = lines.map(\.credit.creditedAt).min(), let last = lines.map(\.credit.creditedLast).max(),
            let line = lines.first
        else { return Surroundings() }
        let waiting = try waitingDeposits(
            of: line.merchant, account: line.account, amounts: lines.map(\.credit.amount), from: first, to: last,
            limit: limit)
        let windows = waiting.values.compactMap(\.expectation)
        guard windows.contains(where: { $0.until != nil }) else { return Surroundings(crowded: waiting.crowded) }
        let ended = try cancelledDeposits(
            of: line.merchant, account: line.account, amounts: waiting.values.map(\.amount), from: first, to: last,
            limit: limit)
        // Other lines matter as far as the deposits' windows reach.
        let others = try unmatchedLines(
            of: line.merchant, account: line.account, amounts: waiting.values.map(\.amount),
            from: windows.map(\.from).reduce(first, min), to: windows.compactMap(\.until).reduce(last, max),
            limit: limit)
        let crowded = waiting.crowded.union(ended.crowded).union(others.crowded)
        return Surroundings(
            lines: others.values,
            deposits: (waiting.values + ended.values).filter { !crowded.contains($0.amount.minorUnits) },
            crowded: crowded)
    }

    /// The deposits of some amounts that wait, and those that were cancelled without their money.
    private func rivals(
        of merchant: MerchantID, account: Int64, amounts: [Money], from: Instant, to: Instant, limit: Int
    ) throws -> Alike<Payment> {
        var found = try waitingDeposits(
            of: merchant, account: account, amounts: amounts, from: from, to: to, limit: limit)
        let ended = try cancelledDeposits(
            of: merchant, account: account, amounts: amounts, from: from, to: to, limit: limit)
        found.values += ended.values
        found.crowded.formUnion(ended.crowded)
        return found
    }
}
