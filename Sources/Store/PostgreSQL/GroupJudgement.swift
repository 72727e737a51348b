/// A row of a table, by what names it.
struct RowName: Hashable, Comparable {
    let table: String
    let key: [SQLValue]

    static func < (a: RowName, b: RowName) -> Bool {
        (a.table, a.key.map(\.sortable).joined(separator: "\0")) < (
            b.table, b.key.map(\.sortable).joined(separator: "\0")
        )
    }
}

extension SQLValue {
    fileprivate var sortable: String {
        switch self {
        case .null: ""
        case .integer(let number): "\(number)"
        case .text(let text): text
        case .bytes(let bytes): bytes.map { "\($0)" }.joined(separator: ",")
        }
    }
}

extension Statement {
    /// The rows that this statement may change; nil where that may be any.
    var rows: [RowName]? {
        guard sql.keyLength > 0 else { return nil }
        var rows = [RowName(table: sql.table, key: Array(arguments.prefix(sql.keyLength)))]
        if let second = sql.secondKey { rows.append(RowName(table: sql.table, key: [arguments[second]])) }
        return rows
    }
}

/// Who of a group has lost for good, where some guards failed.
///
/// A group is run as if every commit before were stored. Where one lost, what it did nevertheless may have made
/// another lose, or win, unjustly. So a commit's loss is final only if it touched no row that a loser before it had
/// changed. Everyone else is run again without those who lost.
struct GroupJudgement {
    private var spoilt: Set<RowName> = []
    private var everythingIsSpoilt = false

    /// - Parameters:
    ///   - statements: what the next commit of the group wanted.
    ///   - held: for each statement, whether its guard held.
    /// - Returns: the guard on which it has lost, or nil where it has to be run again.
    mutating func judge(_ statements: [Statement], held: [Bool]) -> Conflict? {
        let isUncertain = statements.contains(where: isSpoilt)
        let lost = held.firstIndex(of: false)
        guard isUncertain || lost != nil else { return nil }
        for (statement, held) in zip(statements, held) where held { spoil(statement) }
        guard let lost, !isUncertain else { return nil }
        return statements[lost].otherwise
    }

    private mutating func spoil(_ statement: Statement) {
        if let rows = statement.rows { spoilt.formUnion(rows) } else { everythingIsSpoilt = true }
    }

    private func isSpoilt(_ statement: Statement) -> Bool {
        if everythingIsSpoilt { return true }
        guard let rows = statement.rows else { return !spoilt.isEmpty }
        return rows.contains { spoilt.contains($0) }
    }
}
