import Money

/// The numbers of months over which a payer may pay, to choose one from: the form sends `term`.
public struct TermChoice: Sendable {
    let terms: [InstalmentSummary]
    /// The months that were chosen before; where there is one number only, it is chosen.
    public var chosen: Int?
    /// Whether the form came back without a choice.
    public var lacksChoice = false

    public init(terms: [InstalmentSummary]) {
        self.terms = terms
    }

    func values(_ language: Language) -> [String: Any] {
        let words = PageWords(ChoiceWords.table, language)
        let chosen = chosen ?? (terms.count == 1 ? terms.first?.months : nil)
        var values: [String: Any] = [
            "legend": words["termsLegend"], "missing": words["termMissing"],
            "choices": terms.map { term in
                [
                    "months": String(term.months), "monthsText": words.filled("monthsCount", String(term.months)),
                    "note": term.monthly.map { words.filled("monthlyAmount", $0.shown) } ?? words["bankInterest"],
                    "isChosen": term.months == chosen,
                ] as [String: Any]
            },
        ]
        // Absent where there is none: the page around it may have a problem of its own.
        if lacksChoice { values["termProblem"] = words["termMissing"] }
        return values
    }
}
