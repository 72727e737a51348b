import Ledger
import Money
import Payments
import TestSupport

/// A small world of deposits and lines, drawn from a seed so that they often concern one another.
struct MatcherWorld {
    var lines: [StatementLine] = []
    var deposits: [Payment] = []

    private static let payers = ["1110434783", "2220434783", "3339999999", "0434783"]
    private static let spellings = payers + ["X434783", "xxx-x-x4783-x", "***434783", "X83", "111-0-43478-3", ""]

    init(_ random: inout SplitMix64) {
        for index in 0..<Int.random(in: 0...6, using: &random) { lines.append(Self.line(index, &random)) }
        for index in 0..<Int.random(in: 0...6, using: &random) { deposits.append(Self.deposit(index, &random)) }
    }

    /// Many lines and deposits of one amount on one account.
    init(popular random: inout SplitMix64) {
        for index in 0..<Int.random(in: 4...16, using: &random) { lines.append(Self.line(index, &random, true)) }
        for index in 0..<Int.random(in: 4...16, using: &random) { deposits.append(Self.deposit(index, &random, true)) }
    }

    /// A plain line of the popular amount, and a deposit in whose window every such line is.
    static func line(_ index: Int, payer: String?) -> StatementLine {
        StatementLine(
            id: ID(high: 1, low: UInt64(index)), version: 1, merchant: shop, account: 1, number: Int64(index),
            credit: BankCredit(
                key: "\(index)", amount: baht(1), creditedAt: noon.adding(seconds: Int64(index)), payerAccount: payer),
            imported: noon)
    }

    static func deposit(_ index: Int, payers: [String]) -> Payment {
        deposit(
            index, shop, "1", baht(1), .presented,
            Expectation(payers: payers, from: noon, until: noon.adding(seconds: 86_400)))
    }

    private static let shop = MerchantID(rawValue: "shop")
    private static let references = ["R1", "R12", "R2", "AB", "ABC", "C", "ก2", "ก", "é1", "77", "778", "Q"]
    private static let texts = ["", "R12 ok", "to ABC", "xR1x", "ก2", "77 Q", "7788", "cafe\u{301}1 e", "nothing", "C"]

    private static func line(_ index: Int, _ random: inout SplitMix64, _ isPopular: Bool = false) -> StatementLine {
        let at = noon.adding(seconds: Int64.random(in: 0...20, using: &random))
        let span =
            Int64.random(in: 0...3, using: &random) == 0
            ? at.adding(seconds: Int64.random(in: 0...15, using: &random)) : nil
        let isUsed = Int.random(in: 0...9, using: &random) == 0
        return StatementLine(
            id: ID(high: 1, low: UInt64(index)), version: 1, merchant: isPopular ? shop : merchant(&random),
            account: isPopular ? 1 : Int64.random(in: 1...2, using: &random), number: Int64(index),
            credit: BankCredit(
                key: "\(index)", amount: isPopular ? baht(1) : amount(&random), creditedAt: at, creditedUntil: span,
                payerAccount: Bool.random(using: &random) ? spellings.randomElement(using: &random) : nil,
                description: texts.randomElement(using: &random) ?? "", reference: reference(&random)),
            use: isUsed ? .matched(paymentID) : .unmatched, imported: noon)
    }

    private static func deposit(_ index: Int, _ random: inout SplitMix64, _ isPopular: Bool = false) -> Payment {
        let from = noon.adding(seconds: Int64.random(in: 0...15, using: &random))
        let until =
            Int.random(in: 0...4, using: &random) == 0
            ? nil : from.adding(seconds: Int64.random(in: -2...15, using: &random))
        let count = Int.random(in: 0...2, using: &random)
        return deposit(
            index, isPopular ? shop : merchant(&random),
            isPopular ? "1" : String(Int64.random(in: 1...2, using: &random)), isPopular ? baht(1) : amount(&random),
            state(&random),
            Expectation(
                payers: (0..<count).map { _ in spellings.randomElement(using: &random) ?? "" }, from: from,
                until: until,
                reference: Int.random(in: 0...20, using: &random) == 0 ? "" : reference(&random),
                isExclusive: Int.random(in: 0...5, using: &random) == 0))
    }

    private static func deposit(
        _ index: Int, _ merchant: MerchantID, _ acceptor: String, _ amount: Money, _ state: PaymentState,
        _ expectation: Expectation
    ) -> Payment {
        Payment(
            id: ID(high: 2, low: UInt64(index)), version: 1, merchant: merchant,
            dialect: DialectID(rawValue: "fake"), acceptor: acceptor, amount: amount, state: state,
            method: .push(
                Invitation(
                    id: ID(high: 5, low: UInt64(index)), scheme: .promptPay, form: .qr,
                    expires: noon.adding(seconds: 900))),
            created: noon, expectation: expectation, echo: [])
    }

    private static func state(_ random: inout SplitMix64) -> PaymentState {
        switch Int.random(in: 0...9, using: &random) {
        case 0, 1: .cancelled
        case 2: .settled
        default: .presented
        }
    }

    private static func reference(_ random: inout SplitMix64) -> String? {
        Int.random(in: 0...2, using: &random) == 0 ? references.randomElement(using: &random) : nil
    }

    private static func merchant(_ random: inout SplitMix64) -> MerchantID {
        MerchantID(rawValue: Int.random(in: 0...3, using: &random) == 0 ? "rival" : "shop")
    }

    private static func amount(_ random: inout SplitMix64) -> Money {
        Money(
            minorUnits: Int64.random(in: 1...2, using: &random),
            Int.random(in: 0...7, using: &random) == 0 ? .USD : .THB)
    }
}

/// The matcher's rule, said once more as slowly as it can be: every line against every deposit, whole numbers of digits
/// compared place by place.
enum MatcherModel {
    static func pairs(_ world: MatcherWorld) -> Set<[String]> {
        var pairs: Set<[String]> = []
        for line in world.lines {
            for deposit in world.deposits where partner(of: line, world) == deposit.id {
                // One that has ended stands in others' way and takes nothing.
                if deposit.state == .presented, partner(of: deposit, world) == line.id {
                    pairs.insert([line.id.hex, deposit.id.hex])
                }
            }
        }
        return pairs
    }

    private static func partner(of line: StatementLine, _ world: MatcherWorld) -> ID<Payment>? {
        let all = world.deposits.filter { fits(line, $0) && isFree(line, for: $0, world) }
        return chosen(all, all.filter { isSaid(line, $0) }, all.filter { isNamed(line, $0) })?.id
    }

    private static func partner(of deposit: Payment, _ world: MatcherWorld) -> ID<StatementLine>? {
        let all = world.lines.filter { fits($0, deposit) && isFree($0, for: deposit, world) }
        return chosen(all, all.filter { isSaid($0, deposit) }, all.filter { isNamed($0, deposit) })?.id
    }

    /// The one of all; or the one that bears the first sign that any of them bears.
    private static func chosen<Candidate>(
        _ all: [Candidate], _ said: [Candidate], _ named: [Candidate]
    ) -> Candidate? {
        if all.count == 1 { return all[0] }
        let marked = said.isEmpty ? named : said
        return marked.count == 1 ? marked[0] : nil
    }

    /// Whether no deposit that may still want the line, and names its payer, stands before one that does not.
    private static func isFree(_ line: StatementLine, for deposit: Payment, _ world: MatcherWorld) -> Bool {
        if isNamed(line, deposit) || isSaid(line, deposit) { return true }
        for other in world.deposits where other.expectation?.until == nil && other.state == .presented {
            let isBefore = other.expectation.map { $0.from.microseconds > last(line) } ?? true
            let isSame =
                other.merchant == line.merchant && other.acceptor == "\(line.account)"
                && other.amount == line.credit.amount
            if isSame, !isBefore, isNamed(line, other) { return false }
        }
        return true
    }

    /// A span's end, or that of the second.
    private static func last(_ line: StatementLine) -> Int64 {
        if let until = line.credit.creditedUntil { return until.microseconds }
        let at = line.credit.creditedAt.microseconds
        return at % 1_000_000 == 0 ? at + 999_999 : at
    }

    static func fits(_ line: StatementLine, _ deposit: Payment) -> Bool {
        guard line.use == .unmatched, [.presented, .cancelled].contains(deposit.state),
            let expectation = deposit.expectation, let until = expectation.until
        else { return false }
        let window = expectation.from.microseconds...max(expectation.from, until).microseconds
        let credited = line.credit.creditedAt.microseconds...last(line)
        return line.merchant == deposit.merchant && "\(line.account)" == deposit.acceptor
            && line.credit.amount == deposit.amount && window.overlaps(credited) && !isAnothers(line, deposit)
    }

    /// Whether the deposit is one payer's, with a reference, and the line shows a payer and bears neither sign.
    private static func isAnothers(_ line: StatementLine, _ deposit: Payment) -> Bool {
        guard let expectation = deposit.expectation, expectation.reference != nil, !expectation.payers.isEmpty else {
            return false
        }
        return !expectation.isExclusive && line.credit.payerAccount != nil && !isNamed(line, deposit)
            && !isSaid(line, deposit)
    }

    /// Character by character at every place of the text.
    private static func isSaid(_ line: StatementLine, _ deposit: Payment) -> Bool {
        guard let reference = deposit.expectation?.reference.map({ Array($0) }), !reference.isEmpty else {
            return false
        }
        if line.credit.reference.map({ Array($0) }) == reference { return true }
        let text = Array(line.credit.description)
        return text.indices.contains { text[$0...].starts(with: reference) }
    }

    private static func isNamed(_ line: StatementLine, _ deposit: Payment) -> Bool {
        guard let account = line.credit.payerAccount, let payers = deposit.expectation?.payers else { return false }
        return payers.contains { couldBeOne($0, account) }
    }

    /// Whether some number of at most twelve digits is spelled by both: tried digit by digit from the end.
    private static func couldBeOne(_ a: String, _ b: String) -> Bool {
        let (a, b) = (Array(a.filter { $0 != "-" }), Array(b.filter { $0 != "-" }))
        var bothShown = false
        for place in 0..<max(a.count, b.count) {
            let (x, y) = (symbol(a, place), symbol(b, place))
            guard let x, let y else { return false }
            if x.isNumber && y.isNumber {
                if x != y { return false }
                bothShown = true
            }
        }
        return bothShown
    }

    /// The symbol at a place from the end: beyond the beginning a mark, where the text begins with one; else none.
    private static func symbol(_ text: [Character], _ place: Int) -> Character? {
        if place < text.count { return text[text.count - 1 - place] }
        guard let first = text.first, !first.isNumber else { return nil }
        return first
    }
}
