import Money

/// Reads what a record says of the amount, and of its direction.
struct CSVAmounts {
    private let map: ColumnMap
    private let currency: Currency

    init(_ map: ColumnMap, _ currency: Currency) { (self.map, self.currency) = (map, currency) }

    /// The amount that arrived; nil where money left. Throws `Unreadable`.
    func credit(_ text: (ColumnMap.Meaning) -> String?) throws -> Money? {
        map.columns[.credit] != nil ? try split(text) : try signed(text)
    }

    private func split(_ text: (ColumnMap.Meaning) -> String?) throws -> Money? {
        let credit = filled(text(.credit))
        let debit = filled(text(.debit))
        guard credit == nil || debit == nil else { throw Unreadable("both a credit and a debit are given") }
        if let credit { return try money(credit) }
        guard let debit else { throw Unreadable("neither a credit nor a debit is given") }
        // Some banks write what left with a sign.
        _ = try money(debit.hasPrefix("-") ? String(debit.dropFirst()) : debit)
        return nil
    }

    private func signed(_ text: (ColumnMap.Meaning) -> String?) throws -> Money? {
        guard let amount = text(.amount) else { throw Unreadable("the amount is missing") }
        let isNegative = amount.hasPrefix("-")
        let money = try money(isNegative || amount.hasPrefix("+") ? String(amount.dropFirst()) : amount)
        guard map.columns[.mark] != nil else { return isNegative ? nil : money }
        guard let mark = text(.mark) else { throw Unreadable("the mark of credit or debit is missing") }
        if map.debitMarks.contains(mark) { return nil }
        guard map.creditMarks.contains(mark) else { throw Unreadable("“\(mark.shown)” is no mark that the map has") }
        guard !isNegative else { throw Unreadable("a credit below zero: a person must look at it") }
        return money
    }

    /// What stands in one of two columns; nothing, where it is a dash or zero.
    private func filled(_ text: String?) -> String? {
        guard let text, text.contains(where: { ("1"..."9").contains($0) || $0.isLetter }) else { return nil }
        return text
    }

    private func money(_ text: String) throws -> Money {
        let halves = text.split(separator: map.decimalMark, omittingEmptySubsequences: false)
        guard halves.count <= 2, var whole = halves.first.map(String.init) else {
            throw Unreadable("“\(text.shown)” is no amount")
        }
        if let mark = map.thousandsMark, whole.contains(mark) {
            let groups = whole.split(separator: mark, omittingEmptySubsequences: false)
            guard (1...3).contains(groups[0].count), groups.dropFirst().allSatisfy({ $0.count == 3 }) else {
                throw Unreadable("“\(text.shown)” does not divide thousands by “\(mark)”")
            }
            whole = groups.joined()
        }
        let plain = halves.count == 2 ? "\(whole).\(halves[1])" : whole
        return try Money.stated(plain, in: currency)
    }
}
