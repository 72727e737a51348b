/// Lets through the statements of one account. A file may hold several; those of others are refused by their line, and
/// a file that has none of this account as a whole.
struct AccountGate {
    /// The account's number at the bank.
    let account: String
    private var hasOwn = false
    private var others: [RefusedLine] = []
    private var firstOther: String?

    init(_ account: String) { self.account = account }

    /// Whether a statement is the account's, and what must be told of others by now.
    mutating func admits(_ found: String, line: Int) -> (isOwn: Bool, refused: [RefusedLine]) {
        if AccountNumber.isSame(found, account) {
            defer { others = [] }
            hasOwn = true
            return (true, others)
        }
        let refusal = RefusedLine(line: line, reason: "the statement is of account \(found.shown), not \(account)")
        firstOther = firstOther ?? found
        if hasOwn { return (false, [refusal]) }
        // Told only where the file is not refused as a whole.
        if others.count < 100 { others.append(refusal) }
        return (false, [])
    }

    /// At the end of the file. Throws where it was of other accounts alone.
    func finish(or reason: String) throws {
        if hasOwn { return }
        guard let firstOther else { throw StatementFault(reason) }
        throw StatementFault("the file is of account \(firstOther.shown), not \(account)")
    }
}

/// How statements write account numbers.
enum AccountNumber {
    /// Whether a statement's text names the account: its digits, perhaps divided, behind a bank's code and before a
    /// currency.
    static func isSame(_ text: String, _ account: String) -> Bool {
        var digits = bare(text.split(separator: "/").last.map(String.init) ?? text)
        // A currency may follow, as in 0123456789THB.
        let tail = digits.suffix(3)
        if tail.count == 3, digits.count > 3, tail.allSatisfy(\.isLetter) { digits.removeLast(3) }
        return !digits.isEmpty && digits == bare(account)
    }

    private static func bare(_ text: String) -> String {
        text.uppercased().filter { $0 != " " && $0 != "-" && $0 != "." }
    }
}

extension String {
    /// The text as it may stand in a message: short, and without anything that is not printed.
    var shown: String {
        let plain = unicodeScalars.map { $0.value < 32 || $0.value == 127 ? "?" : Character($0) }
        return plain.count > 40 ? String(plain.prefix(40)) + "…" : String(plain)
    }

    /// The text without white space around it and controls within, at most so many characters of it; nil where nothing
    /// is left.
    func tidied(atMost limit: Int) -> String? {
        let isPlain = utf8.allSatisfy { $0 >= 32 && $0 != 127 } && utf8.first != 32 && utf8.last != 32
        if isPlain { return isEmpty ? nil : utf8.count <= limit ? self : String(prefix(limit)) }
        let scalars = unicodeScalars.map { $0.value < 32 || $0.value == 127 ? " " : $0 }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        let words = String(view).split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
        return words.isEmpty ? nil : String(words.prefix(limit))
    }
}
