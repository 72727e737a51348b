import Payments
import Testing

@testable import Store

/// Queries about deposits, lines and payouts go through indices, so that no answer takes longer as tables grow.
@Suite struct PlanTests {
    struct Question: CustomTestStringConvertible, Sendable {
        let name: String
        let sql: SQL
        let arguments: [SQLValue]
        /// The index that SQLite must use, or the table whose key it is.
        let index: String
        /// Whether the rows come from it in the order asked for.
        var isInOrder = false
        var testDescription: String { name }
    }

    private static let slots = [SQLValue](repeating: .integer(5), count: Slots.count)
    private static let keys = [SQLValue](repeating: .text("k"), count: Slots.count)
    private static let shop: [SQLValue] = [.text("shop"), .integer(1)]
    private static let acceptor: [SQLValue] = [.text("shop"), .text("1")]
    private static let times: [SQLValue] = [.integer(1), .integer(2)]

    static let questions = [
        Question(
            name: "known lines", sql: StatementLineRows.known, arguments: shop + keys, index: "statement_lines_by_key"),
        Question(
            name: "unmatched lines by key", sql: StatementLineRows.unmatchedByKey, arguments: shop + keys,
            index: "statement_lines_by_key"),
        Question(
            name: "unmatched lines by number", sql: StatementLineRows.unmatchedByNumber,
            arguments: shop + times + [.integer(9)], index: "statement_lines_by_number", isInOrder: true),
        Question(
            name: "a line's number", sql: StatementLineRows.byNumber, arguments: shop,
            index: "statement_lines_by_number"),
        Question(
            name: "lines of an amount", sql: StatementLineRows.newest,
            arguments: shop + times + [.integer(9), .integer(9), .integer(9)], index: "statement_lines_by_amount",
            isInOrder: true),
        Question(
            name: "waiting amounts", sql: DepositQueries.amounts, arguments: acceptor + times,
            index: "payments_waiting"),
        Question(
            name: "lines for a person", sql: AssignmentQueries.unmatched, arguments: shop + times,
            index: "statement_lines_unmatched"),
        Question(
            name: "open deposits of an amount", sql: AssignmentQueries.open, arguments: acceptor + times,
            index: "payments_waiting"),
        Question(
            name: "lapsed deposits of an amount", sql: AssignmentQueries.lapsed,
            arguments: acceptor + times + [.text("expired"), .integer(1)], index: "payments_lapsed"),
        Question(
            name: "a payout's name", sql: PayoutRows.byName, arguments: [.text("shop"), .text("17")],
            index: "aliases_of_payouts"),
        Question(name: "a payout", sql: PayoutRows.byID, arguments: [.text("x")], index: "payouts"),
        Question(name: "a line", sql: StatementLineRows.byID, arguments: [.text("x")], index: "statement_lines"),
        Question(
            name: "a counter", sql: CounterRows.value, arguments: [.text("d"), .text("m"), .text("k")],
            index: "counters"),
    ]
    static let ofSeveralAmounts =
        asked(
            "unmatched lines", StatementLineRows.unmatched, shop + times + [.integer(0), .integer(9)],
            index: "statement_lines_unmatched")
        + asked(
            "waiting deposits", DepositQueries.waiting, acceptor + times + [.integer(9), .bytes([])],
            index: "payments_waiting")
        + asked("ended deposits", DepositQueries.cancelled, acceptor + times + [.integer(9)], index: "payments_ended")

    private static func asked<Value>(
        _ name: String, _ query: AlikeQuery<Value>, _ bounds: [SQLValue], index: String
    ) -> [Question] {
        [
            Question(name: name, sql: query.rows, arguments: bounds + slots, index: index),
            Question(name: "the number of \(name)", sql: query.count, arguments: bounds + slots, index: index),
        ]
    }

    @Test(arguments: TestEngine.all, questions + ofSeveralAmounts)
    func `a question is answered from its index`(engine: TestEngine, question: Question) async throws {
        try await TestDatabase.with(engine) { database in
            // What is counted was found before, by the index.
            let plan = try await database.plan(of: question.sql, question.arguments).replacing("SCAN found", with: "")
            // Which of several indices PostgreSQL takes for an empty table says nothing.
            #expect(plan.contains(engine == .sqlite ? question.index : "Index"), "\(plan)")
            #expect(!plan.contains("Seq Scan") && !plan.contains("SCAN"), "\(plan)")
            #expect(!question.isInOrder || !plan.contains("TEMP B-TREE"), "\(plan)")
        }
    }
}

extension TestDatabase {
    /// How the engine would answer, in its own words. A small table is no reason to read all of it.
    fileprivate func plan(of sql: SQL, _ arguments: [SQLValue]) async throws -> String {
        var text = sql.text
        for (index, argument) in arguments.enumerated().reversed() {
            text = text.replacing("$\(index + 1)", with: argument.literal)
        }
        return try await plan(of: text)
    }
}

extension SQLValue {
    fileprivate var literal: String {
        switch self {
        case .null: "NULL"
        case .integer(let number): "\(number)"
        case .text(let text): "'\(text)'"
        case .bytes: "''"
        }
    }
}
