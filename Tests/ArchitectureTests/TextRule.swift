import Testing

/// Words that must not stand in the code of some parts.
struct TextRule: Sendable, CustomTestStringConvertible {
    let name: String
    /// Regular expressions.
    let patterns: [String]
    /// The parts that the rule is for; nil for all.
    let parts: Set<String>?
    /// Whether comments are judged as well.
    var includesComments = false
    /// A file that declares this is let off.
    var exempts: String?

    var testDescription: String { name }

    static let all = [
        TextRule(
            name: "money is never a floating-point number or a Foundation decimal",
            patterns: [#"\b(Decimal|NSDecimalNumber|Double|Float|Float16|Float32|Float64|CGFloat)\b"#],
            parts: ["Money", "EMVQR", "Ledger", "Payments", "Store"]),
        TextRule(
            name: "nothing stops the process but a broken promise, and nothing is printed past the log",
            patterns: [#"\btry!"#, #"\bfatalError\("#, #"(^|[^\w.])(print|debugPrint|dump)\("#], parts: nil),
        TextRule(
            name: "nothing is left for later", patterns: [#"\b(TODO|FIXME)\b"#], parts: nil, includesComments: true),
        TextRule(
            name: "use cases read no clock but the one they are handed, and wait for none",
            patterns: [
                #"\bDate\(\)"#, #"\bDate\.now\b"#, #"\bTask\.sleep\b"#, #"\bclock_gettime\b"#, #"\bContinuousClock\b"#,
                #"\bSuspendingClock\b"#, #"\bDispatchTime\b"#,
            ],
            parts: ["Gateway"], exempts: "struct SystemClock"),
        TextRule(
            name: "the domain reads no clock and no randomness",
            patterns: [
                #"\bDate\b"#, #"\bTask\.sleep\b"#, #"\bContinuousClock\b"#, #"\.random\("#,
                #"\bSystemRandomNumberGenerator\b"#, #"\.(shuffled|randomElement)\("#,
            ],
            parts: ["Money", "EMVQR", "Ledger", "Payments"]),
    ]

    /// The numbers, from one, of the lines that break the rule.
    func broken(by lines: [String]) throws -> [Int] {
        let expressions = try patterns.map { try Regex($0) }
        return lines.enumerated().filter { _, line in expressions.contains { line.contains($0) } }.map { $0.offset + 1 }
    }
}
