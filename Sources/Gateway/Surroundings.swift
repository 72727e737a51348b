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

    /// Which of these lines of one account pay which deposits.
    ///
    /// Of an amount at most `mostAlike` lines and as many deposits are held against each other. Where there are more
    /// around all of the lines, the lines are looked at in slices, each with what is around it; where there are more
    /// around a slice still, it is left as it is. Whatever is paired is paired as if there were no bound.
    /// - Parameters:
    ///   - fresh: those new lines that are not stored yet; the others are.
    ///   - before: the batch that counts as stored.
    func matches(
        for lines: [StatementLine], fresh: [StatementLine], behind before: DecidedBatch? = nil
    ) async throws -> [DepositMatcher.Match] {
        let most = mostAlike
        let around = try await read { try $0.surroundings(of: lines, limit: most) }
        var matches = pair(lines, fresh, around, behind: before)
        for amount in around.crowded.sorted() {
            let alike = lines.filter { $0.credit.amount.minorUnits == amount }
                .sorted { $0.credit.creditedAt < $1.credit.creditedAt }
            let size = (alike.count + Self.slices - 1) / Self.slices
            for start in stride(from: 0, to: alike.count, by: size) {
                let slice = Array(alike[start..<min(start + size, alike.count)])
                let around = try await read { try $0.surroundings(of: slice, limit: most) }
                matches += pair(slice, fresh, around, behind: before)
            }
        }
        return matches
    }

    /// Which of these lines pay which of the deposits around them. What other lines may pay was not loaded in full:
    /// they are judged when it is their turn.
    private func pair(
        _ lines: [StatementLine], _ fresh: [StatementLine], _ around: Surroundings, behind before: DecidedBatch?
    ) -> [DepositMatcher.Match] {
        var (others, deposits) = (around.lines, around.deposits)
        if let before {
            deposits.removeAll { before.paid.contains($0.id) }
            let (amounts, there) = (Set(deposits.map(\.amount)), Set(others.map(\.id)))
            others += before.unmatched.filter { amounts.contains($0.credit.amount) && !there.contains($0.id) }
        }
        let own = Set(lines.map(\.id))
        return DepositMatcher.matches(free(fresh + others), deposits).filter { own.contains($0.line.id) }
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
        let others = try waitingDeposits(
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
        // Other lines matter as far as the deposits' windows reach.
        let others = try unmatchedLines(
            of: line.merchant, account: line.account, amounts: waiting.values.map(\.amount),
            from: windows.map(\.from).reduce(first, min), to: windows.compactMap(\.until).reduce(last, max),
            limit: limit)
        return Surroundings(
            lines: others.values,
            deposits: waiting.values.filter { !others.crowded.contains($0.amount.minorUnits) },
            crowded: waiting.crowded.union(others.crowded))
    }
}
