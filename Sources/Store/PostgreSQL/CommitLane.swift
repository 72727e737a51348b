import CPQ
import Foundation
import Logging

/// Commits groups over one connection, on one thread.
///
/// A group takes two flushes: everything is sent at once and the answers are read; where every guard held, COMMIT
/// follows. Where some did not, the transaction is rolled back and run again without those who lost for good, so that
/// a loser never harms the rest of its group.
///
/// Every transaction moves this lane's own row of `writers`. Where the connection is lost during COMMIT, that row,
/// read over a new connection and under a lock, says whether it went through.
final class CommitLane: @unchecked Sendable {
    typealias Answer = Result<Void, any Error>

    private let supply: ConnectionSupply
    private let logger: Logger
    private var connection: PostgreSQLConnection?
    private var writer = ""
    private var transaction: Int64 = 0
    private var registered: ContinuousClock.Instant?

    /// How long the server may take to answer, and how long a group may take in all, but for one that deletes
    /// everything. With another such group before it in the queue, nobody waits five seconds.
    private static let patience = Duration.seconds(2)
    private static let patienceInAll = Duration.seconds(3)
    private static let longPatience = Duration.seconds(120)
    /// How long a group waits to be let in, or to learn what became of a COMMIT.
    private static let connectPatience = Duration.seconds(1)
    /// How often a group is run before each of its commits is run alone.
    private static let rounds = 6
    /// How often what someone else was in the way of is tried again.
    private static let collisions = 12
    /// Old rows of `writers` are swept after a day; long before that this lane registers anew.
    private static let registrationLasts = Duration.seconds(3_600)

    private static let begin = SQL("BEGIN")
    private static let commit = SQL("COMMIT")
    private static let rollback = SQL("ROLLBACK")
    private static let mark = SQL(
        """
        INSERT INTO writers (id, number, at) VALUES ($1, $2, $3) \
        ON CONFLICT (id) DO UPDATE SET number = excluded.number, at = excluded.at
        """)
    private static let marked = SQL("SELECT number FROM writers WHERE id = $1 FOR UPDATE")

    init(supply: ConnectionSupply, logger: Logger) {
        self.supply = supply
        self.logger = logger
    }

    /// Drops the connection. For the end.
    func close() { connection = nil }

    /// Commits a group. Never throws: each commit has its own answer.
    func process(_ group: [[Statement]]) -> [Answer] {
        var answers = [Answer?](repeating: nil, count: group.count)
        var pending = Array(group.indices)
        do {
            try settle(group, &pending, &answers)
        } catch {
            let told = (error as? PostgreSQLFault)?.asStoreError ?? error
            logger.error("commit failed", metadata: ["group": "\(pending.count)", "error": "\(told)"])
            for index in pending { answers[index] = .failure(told) }
        }
        return answers.map { $0! }
    }

    /// Runs what is pending until everyone is answered.
    private func settle(_ group: [[Statement]], _ pending: inout [Int], _ answers: inout [Answer?]) throws {
        for _ in 0..<Self.rounds where !pending.isEmpty { try round(group, &pending, &answers) }
        while let first = pending.first {
            var alone = [first]
            while !alone.isEmpty { try round(group, &alone, &answers) }
            pending.removeFirst()
        }
    }

    /// Runs what is pending once as one transaction and answers those of whom it is sure.
    private func round(_ group: [[Statement]], _ pending: inout [Int], _ answers: inout [Answer?]) throws {
        switch try attempt(pending.map { group[$0] }) {
        case .committed:
            for index in pending { answers[index] = .success(()) }
            pending = []
        case .lost(let conflicts):
            pending = pending.enumerated().compactMap { position, index in
                guard let conflict = conflicts[position] else { return index }
                answers[index] = .failure(StoreError.conflict(conflict))
                return nil
            }
        }
    }

    private enum Outcome {
        case committed
        /// Nothing was stored, and these, by position, have lost for good.
        case lost([Int: Conflict])
    }

    /// Runs commits as one transaction, over another connection or again where that may help.
    private func attempt(_ group: [[Statement]]) throws -> Outcome {
        let deadline = Deadline(after: Self.patienceInAll)
        var collisions = 0
        while true {
            do {
                if let outcome = try run(group, on: connected()) { return outcome }
                if deadline.hasPassed { throw PostgreSQLFault.lost("the connection was lost during COMMIT") }
            } catch PostgreSQLFault.lost(let reason) {
                connection = nil
                // It may only be a connection that died unnoticed long ago.
                guard !deadline.hasPassed else { throw PostgreSQLFault.lost(reason) }
                logger.warning("connection lost", metadata: ["reason": "\(reason)"])
            } catch PostgreSQLFault.refused(let state, let message) {
                if state.endsConnection { connection = nil }
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
        try register(on: connection)
        transaction += 1
        let locks = PostgreSQLLocks.requests(for: group)
        var requests = [PostgreSQLRequest(Self.begin)] + locks
        for statements in group { for statement in statements { requests.append(PostgreSQLRequest(statement)) } }
        requests.append(markRequest())
        let patience = group.contains { $0.contains { $0.sql.isLong } } ? Self.longPatience : Self.patience

        // For each statement, in order, whether its guard held; nil where the server had stopped before it.
        var affectedOne: [Bool] = []
        affectedOne.reserveCapacity(requests.count)
        let first = 1 + locks.count
        do {
            try connection.run(requests, within: patience) { index, result in
                if index >= first { affectedOne.append(Self.affectedOne(result)) }
            }
        } catch PostgreSQLFault.refused(let state, let message) {
            try connection.run([PostgreSQLRequest(Self.rollback)], within: patience)
            let losers = Self.losers(group, affectedOne, refusal: state.isOwnFault ? message : nil)
            guard state.isOwnFault, !losers.isEmpty else { throw PostgreSQLFault.refused(state, message: message) }
            return .lost(losers)
        }
        let losers = Self.losers(group, affectedOne)
        guard losers.isEmpty else {
            try connection.run([PostgreSQLRequest(Self.rollback)], within: patience)
            return .lost(losers)
        }
        return try commit(on: connection, within: patience) ? .committed : nil
    }

    /// Whether the transaction is durable; false where nothing of it is there.
    private func commit(on connection: PostgreSQLConnection, within patience: Duration) throws -> Bool {
        do {
            try connection.run([PostgreSQLRequest(Self.commit)], within: patience)
            return true
        } catch PostgreSQLFault.lost(let reason) {
            self.connection = nil
            logger.warning("connection lost during COMMIT", metadata: ["reason": "\(reason)"])
            return try wentThrough()
        }
    }

    /// Whether the transaction whose COMMIT got no answer is there. Throws `StoreError.inDoubt` where nobody could be
    /// asked in time.
    private func wentThrough() throws -> Bool {
        let (lostWriter, lostTransaction) = (writer, transaction)
        do {
            var number: Int64?
            // Waits for the server to have finished with the transaction, if it still works on it.
            try connected().run(
                [PostgreSQLRequest(Self.marked, [.text(lostWriter)])], within: Self.connectPatience
            ) { _, result in
                if PQntuples(result) == 1 { number = try PostgreSQLArguments.row(0, of: result).integer(0) }
            }
            return number == lostTransaction
        } catch {
            connection = nil
            throw StoreError.inDoubt("the database went away during COMMIT (\(error))")
        }
    }

    // MARK: Its own row

    /// A connection to work with. A new one gets a new row, so that what the old one still does at the server holds
    /// up nobody.
    private func connected() throws -> PostgreSQLConnection {
        if let connection, !connection.isBroken { return connection }
        let fresh = try supply.take(until: Deadline(after: Self.connectPatience))
        connection = fresh
        registered = nil
        writer = SQLValue.randomHex()
        return fresh
    }

    /// Stores the lane's row, so that a transaction in doubt can only change it, never make it.
    private func register(on connection: PostgreSQLConnection) throws {
        if let registered, ContinuousClock.now - registered < Self.registrationLasts { return }
        try connection.run([markRequest()], within: Self.patience)
        registered = .now
    }

    private func markRequest() -> PostgreSQLRequest {
        let now = Int64(Date().timeIntervalSince1970 * 1_000_000)
        return PostgreSQLRequest(Self.mark, [.text(writer), .integer(transaction), .integer(now)])
    }

    // MARK: Answers

    /// Who has lost for good, by position. `affectedOne` may end early: there the server refused a statement, with
    /// this message where that was the statement's own fault.
    private static func losers(
        _ group: [[Statement]], _ affectedOne: [Bool], refusal: String? = nil
    ) -> [Int: Conflict] {
        guard refusal != nil || !allHeld(group, affectedOne) else { return [:] }
        var judgement = GroupJudgement()
        var losers: [Int: Conflict] = [:]
        var answers = affectedOne[...]
        for (position, statements) in group.enumerated() {
            let held = zip(statements, answers).map { $0.otherwise == nil || $1 }
            answers = answers.dropFirst(statements.count)
            if held.count < statements.count {
                // What a loser before this one left behind may be what refused it.
                guard losers.isEmpty, let refusal else { break }
                let failed = held.firstIndex(of: false) ?? held.count
                losers[position] = statements[failed].otherwise ?? .duplicate(refusal)
                break
            }
            losers[position] = judgement.judge(statements, held: held)
        }
        return losers
    }

    private static func allHeld(_ group: [[Statement]], _ affectedOne: [Bool]) -> Bool {
        var answers = affectedOne.makeIterator()
        for statements in group {
            for statement in statements where answers.next() == false && statement.otherwise != nil { return false }
        }
        return true
    }

    private static func affectedOne(_ result: OpaquePointer) -> Bool {
        guard let text = PQcmdTuples(result) else { return false }
        return text[0] == CChar(UInt8(ascii: "1")) && text[1] == 0
    }
}

extension PostgreSQLRequest {
    init(_ statement: Statement) { self.init(statement.sql, statement.arguments) }
}

extension SQLValue {
    /// 128 random bits.
    static func randomHex() -> String {
        (0..<2).map { _ in
            let digits = String(UInt64.random(in: .min ... .max), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
