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
    /// A connection on which the server does not answer, as COMMIT does not when no synchronous standby is there: asking
    /// over new ones would only leave one session after another waiting at the server.
    private var hanging: (connection: PostgreSQLConnection, until: Deadline)?
    private var hangs = 0

    /// How long the server may take to answer, and how long a group may take in all, but for one that deletes
    /// everything. With another such group before it in the queue, nobody waits five seconds.
    private static let patience = Duration.seconds(2)
    private static let patienceInAll = Duration.seconds(3)
    private static let longPatience = Duration.seconds(120)
    /// How long a group waits to be let in, or to learn what became of a COMMIT.
    private static let connectPatience = Duration.seconds(1)
    /// How often a group is run before it is cut in two.
    private static let rounds = 6
    /// How often what someone else was in the way of is tried again.
    private static let collisions = 12
    /// Old rows of `writers` are swept after a day; long before that this lane registers anew.
    private static let registrationLasts = Duration.seconds(3_600)

    /// How long a silent connection is waited for before another connection is tried; twice as long each time.
    private static let hangPatience = Duration.seconds(4)

    private static let begin = SQL("BEGIN")
    /// This lane's own row need not be on a standby: with a transaction that is, it is too.
    private static let locally = SQL("SET LOCAL synchronous_commit = local")
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
    func close() { (connection, hanging) = (nil, nil) }

    /// Commits a group. Never throws: each commit has its own answer.
    func process(_ group: [[Statement]]) -> [Answer] {
        var answers = [Answer?](repeating: nil, count: group.count)
        do {
            try settle(Array(group.indices), of: group, until: Deadline(after: Self.patienceInAll), &answers)
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
            let connection = try connected()
            do {
                if let outcome = try run(group, on: connection) { return outcome }
                if deadline.hasPassed { throw PostgreSQLFault.lost("the connection was lost during COMMIT") }
            } catch PostgreSQLFault.silent {
                park(connection)
                throw PostgreSQLFault.silent
            } catch PostgreSQLFault.lost(let reason) {
                self.connection = nil
                // It may only be a connection that died unnoticed long ago.
                guard !deadline.hasPassed else { throw PostgreSQLFault.lost(reason) }
                logger.warning("connection lost", metadata: ["reason": "\(reason)"])
            } catch PostgreSQLFault.refused(let state, let message) {
                if state.endsConnection { self.connection = nil }
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
            guard state.isOwnFault else { throw PostgreSQLFault.refused(state, message: message) }
            return .undone(Self.verdicts(group, affectedOne, refusal: message))
        }
        guard Self.allHeld(group, affectedOne) else {
            try connection.run([PostgreSQLRequest(Self.rollback)], within: patience)
            return .undone(Self.verdicts(group, affectedOne))
        }
        return try commit(on: connection, within: patience) ? .committed : nil
    }

    /// Whether the transaction is durable; false where nothing of it is there.
    private func commit(on connection: PostgreSQLConnection, within patience: Duration) throws -> Bool {
        do {
            try connection.run([PostgreSQLRequest(Self.commit)], within: patience)
            hangs = 0
            return true
        } catch PostgreSQLFault.silent {
            park(connection)
            throw StoreError.inDoubt("the database does not finish a COMMIT")
        } catch PostgreSQLFault.refused(let state, let message) where state.isAmbiguous {
            self.connection = nil
            logger.warning("COMMIT refused", metadata: ["reason": "\(message)"])
            return try wentThrough()
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
        try waitForHanging()
        if let connection, !connection.isBroken { return connection }
        let fresh = try supply.take(until: Deadline(after: Self.connectPatience))
        connection = fresh
        registered = nil
        writer = SQLValue.randomHex()
        return fresh
    }

    /// Leaves a connection alone for a while whose server has fallen silent.
    private func park(_ connection: PostgreSQLConnection) {
        self.connection = nil
        hanging = (connection, Deadline(after: Self.hangPatience * (1 << min(hangs, 6))))
        hangs += 1
    }

    /// Takes a hanging connection back where the server has answered by now. Throws where it has not, and it is too
    /// early to try another.
    private func waitForHanging() throws {
        guard let (old, until) = hanging else { return }
        do {
            try old.finish(within: .milliseconds(20))
            // It may have fallen silent in the middle of a transaction.
            try old.run([PostgreSQLRequest(Self.rollback)], within: .milliseconds(500))
            (connection, hanging, hangs) = (old, nil, 0)
        } catch PostgreSQLFault.silent where !until.hasPassed {
            throw PostgreSQLFault.silent
        } catch {
            hanging = nil
        }
    }

    /// Stores the lane's row, so that a transaction in doubt can only change it, never make it.
    private func register(on connection: PostgreSQLConnection) throws {
        if let registered, ContinuousClock.now - registered < Self.registrationLasts { return }
        let requests = [Self.begin, Self.locally].map { PostgreSQLRequest($0) } + [markRequest()]
        do {
            try connection.run(requests + [PostgreSQLRequest(Self.commit)], within: Self.patience)
        } catch PostgreSQLFault.refused(let state, let message) {
            try connection.run([PostgreSQLRequest(Self.rollback)], within: Self.patience)
            throw PostgreSQLFault.refused(state, message: message)
        }
        registered = .now
    }

    private func markRequest() -> PostgreSQLRequest {
        let now = Int64(Date().timeIntervalSince1970 * 1_000_000)
        return PostgreSQLRequest(Self.mark, [.text(writer), .integer(transaction), .integer(now)])
    }

    // MARK: Answers

    /// What is known of each commit. `affectedOne` may end early: there the server refused a statement, for the reason
    /// given, which is the statement's own fault.
    private static func verdicts(
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
