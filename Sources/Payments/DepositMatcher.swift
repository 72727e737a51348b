import Money

/// Which lines pay which deposits: a pure function of both.
public enum DepositMatcher {
    /// A line and the deposit that it pays.
    public struct Match: Sendable, Equatable {
        public let line: StatementLine
        public let deposit: Payment
    }

    /// Pairs lines and deposits where there is no choice: the same amount on the same account, credited in the
    /// deposit's window. Where a line or a deposit has more than one partner, those count whose reference the line says,
    /// or else those whose payers' accounts name the line's. What is still ambiguous is left for a person. A deposit whose
    /// window is still open takes nothing, but keeps a line whose account it names from deposits that do not.
    public static func matches(_ lines: [StatementLine], _ deposits: [Payment]) -> [Match] {
        var lineIndex: [Cell: [Int]] = [:]
        for (index, line) in lines.enumerated() where line.use == .unmatched {
            lineIndex[Cell(line), default: []].append(index)
        }
        var depositIndex: [Cell: [Int]] = [:]
        for (index, deposit) in deposits.enumerated() where deposit.state == .presented {
            depositIndex[Cell(deposit), default: []].append(index)
        }
        return lineIndex.sorted { $0.value[0] < $1.value[0] }.flatMap { cell, indices in
            pairs(indices.map { lines[$0] }, (depositIndex[cell] ?? []).map { deposits[$0] })
        }
    }

    private static func pairs(_ lines: [StatementLine], _ deposits: [Payment]) -> [Match] {
        guard !deposits.isEmpty else { return [] }
        let claims = deposits.filter { $0.expectation?.until == nil }
        let isClaimed = lines.map { line in claims.contains { $0.mayClaim(line) } }
        func fits(_ deposit: Payment, _ index: Int) -> Bool {
            let line = lines[index]
            return deposit.mayBePaid(by: line)
                && (!isClaimed[index] || deposit.names(line) || deposit.isSaid(in: line))
        }
        let ofLines = lines.indices.map { index in
            let line = lines[index]
            return only(
                deposits.indices.filter { fits(deposits[$0], index) }, { deposits[$0].isSaid(in: line) },
                { deposits[$0].names(line) })
        }
        let ofDeposits = deposits.map { deposit in
            only(
                lines.indices.filter { fits(deposit, $0) }, { deposit.isSaid(in: lines[$0]) },
                { deposit.names(lines[$0]) })
        }
        return lines.indices.compactMap { index in
            guard let partner = ofLines[index], ofDeposits[partner] == index else { return nil }
            return Match(line: lines[index], deposit: deposits[partner])
        }
    }

    /// The one candidate, or the one of several for which the first sign that any of them bears is found; nil where
    /// there is a choice, or nothing to choose.
    private static func only(_ candidates: [Int], _ signs: ((Int) -> Bool)...) -> Int? {
        if candidates.count <= 1 { return candidates.first }
        for sign in signs {
            let marked = candidates.filter(sign)
            if !marked.isEmpty { return marked.count == 1 ? marked[0] : nil }
        }
        return nil
    }
}

/// What a line and its deposit have in common.
private struct Cell: Hashable {
    let merchant: MerchantID
    let account: String
    let amount: Int64

    init(_ line: StatementLine) {
        (merchant, account, amount) = (line.merchant, String(line.account), line.credit.amount.minorUnits)
    }

    init(_ deposit: Payment) {
        (merchant, account, amount) = (deposit.merchant, deposit.acceptor, deposit.amount.minorUnits)
    }
}

extension Payment {
    /// Whether the line was, or may have been, credited in the deposit's window.
    func mayBePaid(by line: StatementLine) -> Bool {
        amount == line.credit.amount && !isSomebodyElses(line) && isInWindow(of: line)
    }

    /// Whether the line may yet turn out to be the deposit's, which says that it comes from the line's account.
    func mayClaim(_ line: StatementLine) -> Bool {
        guard let expectation, expectation.until == nil else { return false }
        return amount == line.credit.amount && expectation.from <= line.credit.creditedLast && names(line)
    }

    /// The same for the window alone.
    func isInWindow(of line: StatementLine) -> Bool {
        guard let expectation, let until = expectation.until else { return false }
        return line.credit.creditedAt <= max(expectation.from, until)
            && expectation.from <= line.credit.creditedLast
    }

    /// Whether the line shows another payer than a deposit of one payer and with a reference of its own expects, and
    /// does not say that reference.
    private func isSomebodyElses(_ line: StatementLine) -> Bool {
        guard let expectation, expectation.reference != nil, !expectation.isExclusive, !expectation.payers.isEmpty,
            line.credit.payerAccount != nil
        else { return false }
        return !names(line) && !isSaid(in: line)
    }

    /// Whether the line says the deposit's reference: as its own, or in its text.
    func isSaid(in line: StatementLine) -> Bool {
        guard let reference = expectation?.reference, !reference.isEmpty else { return false }
        return line.credit.reference == reference || line.credit.description.contains(reference)
    }

    /// Whether the deposit says that it comes from the line's account.
    func names(_ line: StatementLine) -> Bool {
        guard let account = line.credit.payerAccount else { return false }
        return expectation?.payers.contains { MaskedAccount.areSame($0, account) } ?? false
    }
}
