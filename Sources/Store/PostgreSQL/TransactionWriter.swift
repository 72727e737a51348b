import CPQ
import Foundation
import Logging
import Payments

/// The connection of one lane, and the lane's own row of `writers`.
///
/// Every transaction moves that row. Where the connection is lost during COMMIT, the row, read over a new connection and
/// under a lock, says whether it went through.
final class TransactionWriter {
    private let supply: ConnectionSupply
    private let patience: Patience
    private let logger: Logger
    private var current: PostgreSQLConnection?
    private var writer = ""
    private var transaction: Int64 = 0
    private var registered: ContinuousClock.Instant?
    /// A connection on which the server does not answer, as COMMIT does not when no synchronous standby is there: asking
    /// over new ones would only leave one session after another waiting at the server.
    private var hanging: (connection: PostgreSQLConnection, until: Deadline)?
    private var hangs = 0

    /// Old rows of `writers` are swept after a day; long before that this lane registers anew.
    private static let registrationLasts = Duration.seconds(3_600)
    /// How long a silent connection is waited for before another connection is tried; twice as long each time.
    private static let hangPatience = Duration.seconds(4)

    static let begin = SQL("BEGIN")
    static let rollback = SQL("ROLLBACK")
    private static let commit = SQL("COMMIT")
    /// This lane's own row need not be on a standby: with a transaction that is, it is too.
    private static let locally = SQL("SET LOCAL synchronous_commit = local")
    private static let mark = SQL(
        """
        INSERT INTO writers (id, number, at) VALUES ($1, $2, $3) \
        ON CONFLICT (id) DO UPDATE SET number = excluded.number, at = excluded.at
        """)
    private static let marked = SQL("SELECT number FROM writers WHERE id = $1 FOR UPDATE")

    init(supply: ConnectionSupply, patience: Patience, logger: Logger) {
        self.supply = supply
        self.patience = patience
        self.logger = logger
    }

    /// Drops the connections. For the end.
    func close() { (current, hanging) = (nil, nil) }

    /// Drops a connection of which nothing good is to be expected.
    func drop() { current = nil }

    /// What the next transaction on this connection ends with, before its COMMIT.
    func begin(on connection: PostgreSQLConnection, within patience: Duration) throws -> PostgreSQLRequest {
        try register(on: connection, within: patience)
        transaction += 1
        return markRequest()
    }

    /// Whether the transaction is durable; false where nothing of it is there.
    func commit(on connection: PostgreSQLConnection, within patience: Duration) throws -> Bool {
        do {
            try connection.run([PostgreSQLRequest(Self.commit)], within: patience)
            hangs = 0
            return true
        } catch PostgreSQLFault.silent {
            park(connection)
            throw StoreError.inDoubt("the database does not finish a COMMIT")
        } catch PostgreSQLFault.refused(let state, let message) where state.isAmbiguous {
            current = nil
            logger.warning("COMMIT refused", metadata: ["reason": "\(message)"])
            return try wentThrough()
        } catch PostgreSQLFault.lost(let reason) {
            current = nil
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
            try connection().run(
                [PostgreSQLRequest(Self.marked, [.text(lostWriter)])], within: patience.connection
            ) { _, result in
                if PQntuples(result) == 1 { number = try PostgreSQLArguments.row(0, of: result).integer(0) }
            }
            return number == lostTransaction
        } catch {
            current = nil
            throw StoreError.inDoubt("the database went away during COMMIT (\(error))")
        }
    }

    /// A connection to work with. A new one gets a new row, so that what the old one still does at the server holds
    /// up nobody.
    func connection() throws -> PostgreSQLConnection {
        try waitForHanging()
        if let current, !current.isBroken { return current }
        let fresh = try supply.take(until: Deadline(after: patience.connection))
        current = fresh
        registered = nil
        writer = SQLValue.randomHex()
        return fresh
    }

    /// Leaves a connection alone for a while whose server has fallen silent.
    func park(_ connection: PostgreSQLConnection) {
        current = nil
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
            (current, hanging, hangs) = (old, nil, 0)
        } catch PostgreSQLFault.silent where !until.hasPassed {
            throw PostgreSQLFault.silent
        } catch {
            hanging = nil
        }
    }

    /// Stores the lane's row, so that a transaction in doubt can only change it, never make it.
    private func register(on connection: PostgreSQLConnection, within patience: Duration) throws {
        if let registered, ContinuousClock.now - registered < Self.registrationLasts { return }
        let requests = [Self.begin, Self.locally].map { PostgreSQLRequest($0) } + [markRequest()]
        do {
            try connection.run(requests + [PostgreSQLRequest(Self.commit)], within: patience)
        } catch PostgreSQLFault.refused(let state, let message) {
            try connection.run([PostgreSQLRequest(Self.rollback)], within: patience)
            throw PostgreSQLFault.refused(state, message: message)
        }
        registered = .now
    }

    private func markRequest() -> PostgreSQLRequest {
        let now = Int64(Date().timeIntervalSince1970 * 1_000_000)
        return PostgreSQLRequest(Self.mark, [.text(writer), .integer(transaction), .integer(now)])
    }
}

extension SQLValue {
    /// 128 random bits.
    static func randomHex() -> String {
        HexDigits.encode((0..<16).map { _ in UInt8.random(in: .min ... .max) })
    }
}
