import CPQ
import Foundation
import Logging

/// Commits groups over one connection, on one thread.
///
/// A group takes two flushes: everything is sent at once and the answers are read; where every guard held, COMMIT
/// follows. Where some did not, the transaction is rolled back and run again without those who lost for good, so that
/// a loser never harms the rest of its group.
///
/// What becomes of the connection, and of a COMMIT without an answer, is its `TransactionWriter`'s.
final class CommitLane: @unchecked Sendable {
    typealias Answer = Result<Void, any Error>

    private let writer: TransactionWriter
    private let logger: Logger

    private let patience: Patience

    /// How long a group may take that deletes everything.
    private static let longPatience = Duration.seconds(120)
    /// How often a group is run before it is cut in two.
    private static let rounds = 6
    /// How often what someone else was in the way of is tried again.
    private static let collisions = 12

    init(supply: ConnectionSupply, patience: Patience, logger: Logger) {
        writer = TransactionWriter(supply: supply, patience: patience, logger: logger)
        self.patience = patience
        self.logger = logger
    }

    /// Drops the connection. For the end.
    func close() { writer.close() }

    /// Commits a group. Never throws: each commit has its own answer.
    func process(_ group: [[Statement]]) -> [Answer] {
        var answers = [Answer?](repeating: nil, count: group.count)
        do {
            try settle(Array(group.indices), of: group, until: Deadline(after: patience.group), &answers)
        } catch {
            let told = (error as? PostgreSQLFault)?.asStoreError ?? error
            logger.error("commit failed", metadata: ["group": "\(group.count)", "error": "\(told)"])
            return answers.map { $0 ?? .failure(told) }
        }
        return answers.map { $0! }
    }

    /// Runs part of a group until everyone of it is answered.
    ///
    /// Who lost against someone that is not stored yet is told so only once that one is.
    private func settle(
        _ part: [Int], of group: [[Statement]], until deadline: Deadline, _ answers: inout [Answer?]
    ) throws {
        var pending = part
        var lost: [Int: Conflict] = [:]
        var won: Set<Int> = []
        for round in 0..<Self.rounds where !pending.isEmpty {
            if round > 0, deadline.hasPassed { throw PostgreSQLFault.silent }
            switch try attempt(pending.map { group[$0] }, until: deadline) {
            case .committed:
                for index in pending { answers[index] = .success(()) }
                pending = []
            case .undone(let verdicts):
                let judged = zip(pending, verdicts)
                let losers = judged.compactMap { index, verdict -> (Int, Conflict)? in
                    if case .lost(let conflict) = verdict { (index, conflict) } else { nil }
                }
                if losers.contains(where: { won.contains($0.0) }) {
                    // Another process has come between: whoever lost against these is judged anew.
                    pending = (pending + lost.keys).sorted()
                    (lost, won) = ([:], [])
                } else {
                    lost.merge(losers) { $1 }
                    won.formUnion(judged.filter { $0.1 == .won }.map(\.0))
                    pending.removeAll { lost[$0] != nil }
                }
            }
        }
        guard !pending.isEmpty else {
            for (index, conflict) in lost { answers[index] = .failure(StoreError.conflict(conflict)) }
            return
        }
        let open = (pending + lost.keys).sorted()
        guard open.count > 1 else {
            throw StoreError.unavailable("the database does not say why it refuses a commit")
        }
        // Too many are in one another's way: fewer at once.
        try settle(Array(open.prefix(open.count / 2)), of: group, until: deadline, &answers)
        try settle(Array(open.dropFirst(open.count / 2)), of: group, until: deadline, &answers)
    }

    private enum Outcome {
        case committed
        /// Nothing was stored; what is known of each commit.
        case undone([Verdict])
    }

    /// Runs commits as one transaction, over another connection or again where that may help.
    private func attempt(_ group: [[Statement]], until deadline: Deadline) throws -> Outcome {
        var collisions = 0
        while true {
            let connection = try writer.connection()
            do {
                if let outcome = try run(group, on: connection) { return outcome }
                if deadline.hasPassed { throw PostgreSQLFault.lost("the connection was lost during COMMIT") }
            } catch PostgreSQLFault.silent {
                writer.park(connection)
                throw PostgreSQLFault.silent
            } catch PostgreSQLFault.lost(let reason) {
                writer.drop()
                // It may only be a connection that died unnoticed long ago.
                guard !deadline.hasPassed else { throw PostgreSQLFault.lost(reason) }
                logger.warning("connection lost", metadata: ["reason": "\(reason)"])
            } catch PostgreSQLFault.refused(let state, let message) {
                if state.endsConnection { writer.drop() }
                guard state.isTransient || state.endsConnection, !deadline.hasPassed else {
                    throw PostgreSQLFault.refused(state, message: message)
                }
                // Whoever met here goes on at another moment each.
                collisions += 1
                usleep(.random(in: 0...4_000) * UInt32(min(collisions, 12)))
            }
        }
    }

    /// Nil where the connection was lost during COMMIT and nothing was stored.
    private func run(_ group: [[Statement]], on connection: PostgreSQLConnection) throws -> Outcome? {
        let mark = try writer.begin(on: connection, within: patience.answer)
        let locks = PostgreSQLLocks.requests(for: group)
        var requests = [PostgreSQLRequest(TransactionWriter.begin)] + locks
        for statements in group { for statement in statements { requests.append(PostgreSQLRequest(statement)) } }
        requests.append(mark)
        let patience = group.contains { $0.contains { $0.sql.isLong } } ? Self.longPatience : patience.answer

        // For each statement, in order, whether its guard held; nil where the server had stopped before it.
        var affectedOne: [Bool] = []
        affectedOne.reserveCapacity(requests.count)
        let first = 1 + locks.count
        do {
            try connection.run(requests, within: patience) { index, result in
                if index >= first { affectedOne.append(PostgreSQLRequest.affectedOne(result)) }
            }
        } catch PostgreSQLFault.refused(let state, let message) {
            try connection.run([PostgreSQLRequest(TransactionWriter.rollback)], within: patience)
            guard state.isOwnFault else { throw PostgreSQLFault.refused(state, message: message) }
            return .undone(GroupJudgement.verdicts(group, affectedOne, refusal: message))
        }
        guard GroupJudgement.allHeld(group, affectedOne) else {
            try connection.run([PostgreSQLRequest(TransactionWriter.rollback)], within: patience)
            return .undone(GroupJudgement.verdicts(group, affectedOne))
        }
        return try writer.commit(on: connection, within: patience) ? .committed : nil
    }
}

extension PostgreSQLRequest {
    fileprivate init(_ statement: Statement) { self.init(statement.sql, statement.arguments) }

    /// Whether a statement changed one row.
    fileprivate static func affectedOne(_ result: OpaquePointer) -> Bool {
        guard let text = PQcmdTuples(result) else { return false }
        return text[0] == CChar(UInt8(ascii: "1")) && text[1] == 0
    }
}
