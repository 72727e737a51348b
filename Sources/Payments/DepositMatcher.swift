import Money

/// Which lines pay which deposits: a pure function of both.
public enum DepositMatcher {
    /// A line and the deposit that it pays.
    public struct Match: Sendable, Equatable {
        public let line: StatementLine
        public let deposit: Payment
    }

    /// Pairs lines and deposits where there is no choice: the same amount on the same account, credited in the
    /// deposit's window. Where a line or a deposit has more than one partner, those count whose payers' accounts name
    /// the line's. What is still ambiguous is left for a person.
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
        let ofLines = lines.map { line in
            only(deposits.indices.filter { deposits[$0].mayBePaid(by: line) }) { deposits[$0].names(line) }
        }
        let ofDeposits = deposits.map { deposit in
            only(lines.indices.filter { deposit.mayBePaid(by: lines[$0]) }) { deposit.names(lines[$0]) }
        }
        return lines.indices.compactMap { index in
            guard let partner = ofLines[index], ofDeposits[partner] == index else { return nil }
            return Match(line: lines[index], deposit: deposits[partner])
        }
    }

    /// The one candidate, or the one of several that is named; nil where there is a choice, or nothing to choose.
    private static func only(_ candidates: [Int], isNamed: (Int) -> Bool) -> Int? {
        if candidates.count <= 1 { return candidates.first }
        let named = candidates.filter(isNamed)
        return named.count == 1 ? named[0] : nil
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
    /// Whether the line is in the deposit's window.
    func mayBePaid(by line: StatementLine) -> Bool {
        guard let expectation, let until = expectation.until else { return false }
        return amount == line.credit.amount
            && (expectation.from...max(expectation.from, until)).contains(line.credit.creditedAt)
    }

    /// Whether the deposit says that it comes from the line's account.
    func names(_ line: StatementLine) -> Bool {
        guard let account = line.credit.payerAccount else { return false }
        return expectation?.payers.contains { MaskedAccount.areSame($0, account) } ?? false
    }
}

/// Account numbers as banks show them: in full, or masked but for their last digits.
public enum MaskedAccount {
    /// Whether two spellings can be one account: equal digits, or one is the tail of the other behind a mask.
    public static func areSame(_ a: String, _ b: String) -> Bool {
        let (a, b) = (parts(a), parts(b))
        guard !a.digits.isEmpty, !b.digits.isEmpty else { return false }
        if !a.isMasked && !b.isMasked { return a.digits == b.digits }
        if a.isMasked && b.isMasked { return a.digits.hasSuffix(b.digits) || b.digits.hasSuffix(a.digits) }
        let (full, tail) = a.isMasked ? (b.digits, a.digits) : (a.digits, b.digits)
        return full.hasSuffix(tail)
    }

    /// The digits behind the last mark, and whether there was one.
    private static func parts(_ text: String) -> (digits: String, isMasked: Bool) {
        let plain = text.filter { $0 != "-" && $0 != " " }
        let tail = plain.reversed().prefix { $0.isASCII && $0.isNumber }.reversed()
        return (String(tail), tail.count < plain.count)
    }
}
