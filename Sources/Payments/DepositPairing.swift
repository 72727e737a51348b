/// Lines and deposits of one amount on one account, held against each other.
///
/// Who says a deposit's reference goes before who names its payer, and both before who merely fits. So of either side's
/// candidates the first of the three kinds of which there is any decides, and whether that is one or more than one is
/// all that counts.
struct DepositPairing {
    private let lines: [StatementLine]
    private let deposits: [Payment]
    private var waiting: WaitingSide
    private var arrived: ArrivedSide

    init(_ lines: [StatementLine], _ deposits: [Payment]) {
        (self.lines, self.deposits) = (lines, deposits)
        waiting = WaitingSide(deposits)
        arrived = ArrivedSide(lines, &waiting)
    }

    /// The lines and deposits that are each other's only partner, in the order of the lines.
    mutating func matches() -> [DepositMatcher.Match] {
        var matches: [DepositMatcher.Match] = []
        for index in lines.indices {
            guard let deposit = partners(ofLine: index).only, partners(ofDeposit: deposit).only == index else {
                continue
            }
            matches.append(DepositMatcher.Match(line: lines[index], deposit: deposits[deposit]))
        }
        return matches
    }

    private mutating func partners(ofLine index: Int) -> Few {
        let span = arrived.spans[index]
        var found = Few.none
        for reference in arrived.said[index] { waiting.said[reference].map { found.formUnion($0.meeting(span)) } }
        if found != .none { return found }
        if let payer = arrived.payers[index] { found = waiting.named.naming(payer, meeting: span) }
        if found != .none || arrived.isClaimed[index] { return found }
        // A line that shows its payer bears a sign for one payer's deposit, or is somebody else's.
        return (lines[index].credit.payerAccount == nil ? waiting.any : waiting.anyones).meeting(span)
    }

    private mutating func partners(ofDeposit index: Int) -> Few {
        let (deposit, window) = (deposits[index], waiting.windows[index])
        var found = Few.none
        if let reference = deposit.expectation?.reference, let sayers = arrived.saying[reference] {
            found = sayers.meeting(window)
        }
        if found != .none { return found }
        for payer in deposit.expectation?.payers ?? [] {
            found.formUnion(arrived.named.naming(AccountPattern(payer), meeting: window))
        }
        if found != .none { return found }
        return (deposit.isOnePayers ? arrived.withoutPayer : arrived.unclaimed).meeting(window)
    }
}

/// Deposits by what they ask of a line.
private struct WaitingSide {
    let windows: [Span]
    /// Whose windows are known: all of them, and those that are not one payer's.
    let any: SpanIndex
    let anyones: SpanIndex
    /// Of these, by the reference that a line says and by the payer that it shows.
    let said: [String: SpanIndex]
    var named: AccountIndex
    /// Whose windows are still open, by their payers.
    var claims: AccountIndex
    let hasPayers: Bool

    init(_ deposits: [Payment]) {
        let windows = deposits.map { $0.window ?? Span(begin: .max, end: .min) }
        let known = deposits.indices.filter { deposits[$0].expectation?.until != nil }
        let open = deposits.indices.filter { deposits[$0].expectation?.until == nil }
        self.windows = windows
        any = SpanIndex(known, windows)
        anyones = SpanIndex(known.filter { !deposits[$0].isOnePayers }, windows)
        said = Dictionary(grouping: known) { deposits[$0].expectation?.reference ?? "" }
            .filter { !$0.key.isEmpty }.mapValues { SpanIndex($0, windows) }
        func names(_ some: [Int]) -> [(item: Int, account: AccountPattern)] {
            some.flatMap { i in (deposits[i].expectation?.payers ?? []).map { (i, AccountPattern($0)) } }
        }
        let (named, claims) = (names(known), names(open))
        hasPayers = !named.isEmpty || !claims.isEmpty
        self.named = AccountIndex(named, windows)
        self.claims = AccountIndex(claims, windows)
    }
}

/// Lines by what they say of their deposit.
private struct ArrivedSide {
    let spans: [Span]
    /// Which references each says, and which payer it shows, as far as any deposit asks.
    let said: [Set<String>]
    let payers: [AccountPattern?]
    /// Whether a deposit whose window is still open names its payer.
    let isClaimed: [Bool]
    let saying: [String: SpanIndex]
    var named: AccountIndex
    let withoutPayer: SpanIndex
    let unclaimed: SpanIndex

    init(_ lines: [StatementLine], _ waiting: inout WaitingSide) {
        let spans = lines.map(\.span)
        let references = ReferenceIndex(Set(waiting.said.keys))
        let said = lines.map { references.said(in: $0.credit) }
        let hasPayers = waiting.hasPayers
        let payers = lines.map { hasPayers ? $0.credit.payerAccount.map(AccountPattern.init) : nil }
        var isClaimed = [Bool](repeating: false, count: lines.count)
        for (index, payer) in payers.enumerated() {
            if let payer { isClaimed[index] = waiting.claims.naming(payer, meeting: spans[index]) != .none }
        }
        var sayers: [String: [Int]] = [:]
        for index in lines.indices { for reference in said[index] { sayers[reference, default: []].append(index) } }
        (self.spans, self.said, self.payers, self.isClaimed) = (spans, said, payers, isClaimed)
        saying = sayers.mapValues { SpanIndex($0, spans) }
        named = AccountIndex(payers.indices.compactMap { i in payers[i].map { (i, $0) } }, spans)
        withoutPayer = SpanIndex(lines.indices.filter { lines[$0].credit.payerAccount == nil }, spans)
        unclaimed = SpanIndex(lines.indices.filter { !isClaimed[$0] }, spans)
    }
}
