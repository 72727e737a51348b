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
    /// window is still open takes nothing, but keeps a line whose account it names from deposits that do not. One that was
    /// cancelled without its money takes nothing either, but is a partner as before: that its time is over does not say
    /// whose the money is.
    ///
    /// Takes about as long as it takes to sort both. Where accounts of an amount are written in more shapes than banks
    /// have (`AccountShapes`), nothing of it is paired: how long that takes would be up to whoever made up the shapes.
    public static func matches(_ lines: [StatementLine], _ deposits: [Payment]) -> [Match] {
        var depositIndex: [Cell: [Int]] = [:]
        for (index, deposit) in deposits.enumerated() where deposit.isWaiting || deposit.mayHaveBeenPaid {
            depositIndex[Cell(deposit), default: []].append(index)
        }
        var lineIndex: [Cell: [Int]] = [:]
        for (index, line) in lines.enumerated() where line.use == .unmatched {
            let cell = Cell(line)
            if depositIndex[cell] != nil { lineIndex[cell, default: []].append(index) }
        }
        return lineIndex.sorted { $0.value[0] < $1.value[0] }.flatMap { cell, indices in
            alike(indices.map { lines[$0] }, (depositIndex[cell] ?? []).map { deposits[$0] })
        }
    }

    /// Those of one amount on one account.
    private static func alike(_ lines: [StatementLine], _ deposits: [Payment]) -> [Match] {
        guard !AccountShapes.areTooMany(lines.lazy.compactMap(\.credit.payerAccount)),
            !AccountShapes.areTooMany(deposits.lazy.flatMap { $0.expectation?.payers ?? [] })
        else { return [] }
        var pairing = DepositPairing(lines, deposits)
        return pairing.matches().filter(\.deposit.isWaiting)
    }
}

/// What a line and its deposit have in common.
private struct Cell: Hashable {
    let merchant: MerchantID
    let account: String
    let amount: Money

    init(_ line: StatementLine) {
        (merchant, account, amount) = (line.merchant, String(line.account), line.credit.amount)
    }

    init(_ deposit: Payment) {
        (merchant, account, amount) = (deposit.merchant, deposit.acceptor, deposit.amount)
    }
}

extension Payment {
    fileprivate var isWaiting: Bool { state == .presented && expectation != nil }

    /// Whether its payer had reason to pay, and it has ended without that.
    fileprivate var mayHaveBeenPaid: Bool { state == .cancelled && expectation?.until != nil }

    /// Whether the line was, or may have been, credited in the deposit's window, and shows no other payer.
    func mayBePaid(by line: StatementLine) -> Bool {
        amount == line.credit.amount && isInWindow(of: line) && !isSomebodyElses(line)
    }

    /// The same for the window alone.
    func isInWindow(of line: StatementLine) -> Bool {
        guard let window, expectation?.until != nil else { return false }
        return line.span.begin <= window.end && window.begin <= line.span.end
    }

    /// When its money may be credited; without an end where nobody knows that yet.
    var window: Span? {
        guard let expectation else { return nil }
        let from = expectation.from.microseconds
        return Span(begin: from, end: expectation.until.map { max(from, $0.microseconds) } ?? .max)
    }

    /// Whether it is one payer's and has a reference of its own, so that another payer's line must say that.
    var isOnePayers: Bool {
        guard let expectation else { return false }
        return expectation.reference != nil && !expectation.isExclusive && !expectation.payers.isEmpty
    }

    /// Whether the line shows another payer than a deposit of one payer and with a reference of its own expects, and
    /// does not say that reference.
    private func isSomebodyElses(_ line: StatementLine) -> Bool {
        isOnePayers && line.credit.payerAccount != nil && !names(line) && !isSaid(in: line)
    }

    /// Whether the line says the deposit's reference: as its own, or in its text.
    private func isSaid(in line: StatementLine) -> Bool {
        guard let reference = expectation?.reference, !reference.isEmpty else { return false }
        return line.credit.reference == reference || line.credit.description.contains(reference)
    }

    /// Whether the deposit says that it comes from the line's account.
    private func names(_ line: StatementLine) -> Bool {
        guard let account = line.credit.payerAccount else { return false }
        return expectation?.payers.contains { MaskedAccount.areSame($0, account) } ?? false
    }
}

extension StatementLine {
    /// When the bank may have credited it.
    var span: Span { Span(begin: credit.creditedAt.microseconds, end: credit.creditedLast.microseconds) }
}
