extension LedgerRows {
    /// The same statements, with what one account is credited in one statement, as far as nothing in between asks for
    /// the account's balance or takes from it: of a thousand lines that pay deposits, all are the same merchant's.
    static func folding(_ statements: [Statement]) -> [Statement] {
        guard statements.count(where: { $0.sql.number == credit.number }) > 1 else { return statements }
        var folded: [Statement] = []
        folded.reserveCapacity(statements.count)
        // By account, where the credit stands that others may join.
        var open: [SQLValue: Int] = [:]
        for statement in statements {
            if statement.sql.number == credit.number {
                let account = statement.arguments[0]
                if let index = open[account], let sum = folded[index].joined(by: statement) {
                    folded[index] = sum
                    continue
                }
                open[account] = folded.count
            } else if statement.sql.table == table {
                if let account = statement.rows?.first?.key.first { open[account] = nil } else { open = [:] }
            }
            folded.append(statement)
        }
        return folded
    }

    private static let table = credit.table
}

extension Statement {
    /// This credit and another of the same account; nil where they are too much for one.
    fileprivate func joined(by other: Statement) -> Statement? {
        guard case .integer(let a) = arguments[1], case .integer(let b) = other.arguments[1] else { return nil }
        let (sum, isTooMuch) = a.addingReportingOverflow(b)
        guard !isTooMuch else { return nil }
        var arguments = arguments
        arguments[1] = .integer(sum)
        return Statement(sql, arguments, otherwise: otherwise)
    }
}
