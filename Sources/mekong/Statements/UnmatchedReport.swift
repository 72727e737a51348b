import Gateway
import Payments
import WireKit

/// Lines that wait for a person, as a command or an answer shows them. Account numbers are masked.
struct UnmatchedReport: Sendable {
    let found: UnmatchedLines
    let merchant: MerchantID
    let account: Int64

    /// In words, times in Bangkok.
    var text: String {
        let count = found.lines.count
        var text = "merchant \(merchant), account \(account): \(count)\(found.hasMore ? " of the" : "") "
        text += count == 1 && !found.hasMore ? "line that nothing has used" : "lines that nothing has used"
        for line in found.lines { text += "\n" + self.text(line) }
        if found.hasMore { text += "\n\nthere are younger ones: name a --since, or a greater --limit" }
        return text
    }

    private func text(_ unmatched: UnmatchedLine) -> String {
        let (line, credit) = (unmatched.line, unmatched.line.credit)
        var text = "\nline \(line.number)  \(credit.creditedAt.bangkok)"
        if let until = credit.creditedUntil { text += " to \(until.bangkok)" }
        text += "  \(credit.amount)  \(Self.age(found.at.seconds(since: credit.creditedAt)))"
        let payer = [credit.payerName, credit.payerAccount.map(MaskedAccount.masked), bank(credit.payerBank)]
        text += "\n  payer: " + Self.words(payer)
        text += "\n  says: " + Self.words([credit.reference, credit.description])
        if unmatched.candidates.isEmpty { text += "\n  no deposit of this amount waits or has lapsed lately" }
        for candidate in unmatched.candidates { text += "\n  " + self.text(candidate) }
        if unmatched.hasMoreCandidates { text += "\n  and more deposits" }
        return text
    }

    private func text(_ candidate: DepositMatcher.Candidate) -> String {
        let deposit = candidate.deposit
        var text = "deposit \(deposit.id)  \(deposit.dialect), opened \(deposit.created.bangkok)"
        if let reference = deposit.expectation?.reference { text += ", reference \(reference.printable)" }
        if let payers = deposit.expectation?.payers, !payers.isEmpty {
            text += ", from " + payers.map { MaskedAccount.masked($0).printable }.joined(separator: " or ")
        }
        return text + ": " + candidate.reason.words
    }

    private func bank(_ code: String?) -> String? {
        code.map { ThaiBank.named($0)?.shortCode ?? "bank \($0)" }
    }

    private static func words(_ parts: [String?]) -> String {
        let said = parts.compactMap { $0?.printable }.filter { !$0.isEmpty }
        return said.isEmpty ? "–" : said.joined(separator: ", ")
    }

    /// In the largest whole unit: "3 days old".
    private static func age(_ seconds: Int64) -> String {
        let units: [(Int64, String)] = [(86_400, "day"), (3_600, "hour"), (60, "minute")]
        guard let (length, name) = units.first(where: { seconds >= $0.0 }) else { return "new" }
        let count = seconds / length
        return "\(count) \(name)\(count == 1 ? "" : "s") old"
    }
}

extension UnmatchedReason {
    /// Why the deposit was not paid, for a person.
    var words: String {
        switch self {
        case .fits: "fits and nothing else does; the next reading of the statement pays it"
        case .ambiguous: "ambiguous, several deposits or lines fit"
        case .otherPayer: "expects another payer"
        case .outsideWindow: "credited outside its window"
        case .unannounced: "its payer has not said that they have paid"
        case .lapsed: "has lapsed"
        }
    }

    /// The same for programs.
    var code: String {
        switch self {
        case .fits: "fits"
        case .ambiguous: "ambiguous"
        case .otherPayer: "other_payer"
        case .outsideWindow: "outside_window"
        case .unannounced: "unannounced"
        case .lapsed: "lapsed"
        }
    }
}

extension Instant {
    /// `2026-03-02 10:15:00` in Bangkok.
    var bangkok: String { CivilTime(microseconds: microseconds, offsetSeconds: CivilTime.bangkok).spaced() }
}

extension String {
    /// What payers and banks have written, for a terminal: nothing in it moves the cursor or turns the line round.
    var printable: String {
        var text = ""
        for scalar in unicodeScalars {
            let turns = (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
            let breaks: [Unicode.GeneralCategory] = [.control, .lineSeparator, .paragraphSeparator]
            text.unicodeScalars.append(
                turns || breaks.contains(scalar.properties.generalCategory) ? " " : scalar)
        }
        return text
    }
}
