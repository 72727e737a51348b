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

/// What is known of a commit after its group was run and some guards failed.
enum Verdict: Equatable {
    case won
    /// What a loser did may have made it win or lose unjustly.
    case uncertain
    case lost(Conflict)
}

/// Judges a group in which some guards failed.
///
/// A group is run as if every commit before were stored. Where one lost, what it did nevertheless may have made
/// another lose, or win, unjustly. So a verdict is certain only for a commit that touches no row that a loser, or
/// somebody uncertain, before it had changed. The others have to be run again without those who lost.
struct GroupJudgement {
    private var spoilt: Set<RowName> = []
    private var everythingIsSpoilt = false

    /// - Parameters:
    ///   - statements: what the next commit of the group wanted.
    ///   - held: for each statement, whether its guard held.
    ///   - changed: for each statement, whether it changed exactly one row.
    mutating func judge(_ statements: [Statement], held: [Bool], changed: [Bool]) -> Verdict {
        let lost = held.firstIndex(of: false)
        // Who loses is not saved by what would have come after.
        let isUncertain = statements.prefix((lost ?? statements.count - 1) + 1).contains(where: isSpoilt)
        guard isUncertain || lost != nil else { return .won }
        for (statement, changed) in zip(statements, changed) where changed || statement.rows == nil { spoil(statement) }
        guard let lost, !isUncertain, let conflict = statements[lost].otherwise else { return .uncertain }
        return .lost(conflict)
    }

    private mutating func spoil(_ statement: Statement) {
        if statement.sql.isCheck { return }
        if let rows = statement.rows { spoilt.formUnion(rows) } else { everythingIsSpoilt = true }
    }

    private func isSpoilt(_ statement: Statement) -> Bool {
        if everythingIsSpoilt { return true }
        guard let rows = statement.rows else { return !spoilt.isEmpty }
        return rows.contains { spoilt.contains($0) }
    }
}

/// What the server's answers to a group's statements say.
extension GroupJudgement {
    /// What is known of each commit. `affectedOne` may end early: there the server refused a statement, for the reason
    /// given, which is the statement's own fault.
    static func verdicts(
        _ group: [[Statement]], _ affectedOne: [Bool], refusal: String? = nil
    ) -> [Verdict] {
        var judgement = GroupJudgement()
        var answers = affectedOne[...]
        var hasLoser = false
        var verdicts: [Verdict] = []
        for statements in group {
            let changed = Array(answers.prefix(statements.count))
            let held = zip(statements, changed).map { $0.otherwise == nil || $1 }
            answers = answers.dropFirst(statements.count)
            if held.count == statements.count {
                verdicts.append(judgement.judge(statements, held: held, changed: changed))
                if case .lost = verdicts[verdicts.count - 1] { hasLoser = true }
            } else if let refusal, !hasLoser {
                // A guard of its own that failed before goes first, as where the engine stops there.
                let failed = held.firstIndex(of: false) ?? held.count
                verdicts.append(.lost(statements[failed].otherwise ?? .duplicate(refusal)))
                hasLoser = true
            } else {
                // The server never came so far, or what a loser left behind may be what it refused.
                verdicts.append(.uncertain)
            }
        }
        return verdicts
    }

    /// Whether every guard of the group held.
    static func allHeld(_ group: [[Statement]], _ affectedOne: [Bool]) -> Bool {
        var answers = affectedOne.makeIterator()
        for statements in group {
            for statement in statements where answers.next() == false && statement.otherwise != nil { return false }
        }
        return true
    }
}
