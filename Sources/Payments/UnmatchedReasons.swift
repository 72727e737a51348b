/// Why a deposit of a line's amount was not paid by it.
public enum UnmatchedReason: String, Sendable, CaseIterable {
    /// The line fits it and nothing else: reading the statement again pays it.
    case fits
    /// The line fits it, and one of the two fits another as well.
    case ambiguous
    /// The line shows another payer than the deposit expects, and does not say its reference.
    case otherPayer
    /// The bank credited the line before or after the deposit's window.
    case outsideWindow
    /// The deposit's payer has not said that they have paid.
    case unannounced
    /// The deposit's time was over before the line was read.
    case lapsed
}

extension DepositMatcher {
    /// A deposit that a line could be for, and why it has not paid it.
    public struct Candidate: Sendable, Equatable {
        public let deposit: Payment
        public let reason: UnmatchedReason
    }

    /// Which deposits these unmatched lines of one amount would pay.
    /// - Parameter rivals: other unmatched lines that may fit the same deposits; nil: there are too many to tell.
    public static func partners(
        of lines: [StatementLine], among deposits: [Payment], beside rivals: [StatementLine]?
    ) -> [ID<StatementLine>: ID<Payment>] {
        guard let rivals else { return [:] }
        let own = Set(lines.map(\.id))
        let all = matches(lines + rivals.filter { !own.contains($0.id) }, deposits)
        return Dictionary(uniqueKeysWithValues: all.map { ($0.line.id, $0.deposit.id) })
    }

    /// Which of these deposits an unmatched line could be for: those of its amount on its account that are open or
    /// have lapsed, the likeliest first, and of these the newest.
    /// - Parameter paired: the one that the line would pay.
    public static func candidates(
        for line: StatementLine, among deposits: [Payment], paired: ID<Payment>?
    ) -> [Candidate] {
        let order = UnmatchedReason.allCases
        return deposits.compactMap { deposit in
            deposit.unmatchedReason(line, isPaired: deposit.id == paired).map {
                Candidate(deposit: deposit, reason: $0)
            }
        }.sorted { a, b in
            let (first, second) = (order.firstIndex(of: a.reason) ?? 0, order.firstIndex(of: b.reason) ?? 0)
            return first == second ? a.deposit.id > b.deposit.id : first < second
        }
    }
}

extension Payment {
    /// Nil where the line cannot be for it.
    fileprivate func unmatchedReason(_ line: StatementLine, isPaired: Bool) -> UnmatchedReason? {
        guard let standing = depositStanding, let expectation, line.use == .unmatched, line.merchant == merchant,
            String(line.account) == acceptor, line.credit.amount == amount
        else { return nil }
        switch standing {
        case .paid, .cancelled: return nil
        case .lapsed: return .lapsed
        case .open where expectation.until == nil: return .unannounced
        case .open where !isInWindow(of: line): return .outsideWindow
        case .open where !mayBePaid(by: line): return .otherPayer
        case .open: return isPaired ? .fits : .ambiguous
        }
    }
}
