import GRDB
import Payments

/// Under which keys the simulated bank's statements show the credits that were ordered with a reference.
public struct StatementBook: Sendable {
    static let schema = """
        CREATE TABLE IF NOT EXISTS statement_lines (
            account INTEGER NOT NULL, reference TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (account, reference)
        ) WITHOUT ROWID
        """

    private let bank: SandboxBank

    public init(of bank: SandboxBank) { self.bank = bank }

    /// The key of the line with this reference on a collection account: what was `fresh` when it was first ordered.
    public func key(of reference: String, account: Int64, fresh: String) async throws -> String {
        try await bank.write { db in
            try db.execute(
                sql: "INSERT OR IGNORE INTO statement_lines VALUES (?, ?, ?)", arguments: [account, reference, fresh])
            return try String.fetchOne(
                db, sql: "SELECT key FROM statement_lines WHERE account = ? AND reference = ?",
                arguments: [account, reference]) ?? fresh
        }
    }
}
