import Foundation
import TestSupport
import Testing

/// The gateway's books in their file, seen and changed with a tool that knows nothing of the gateway.
enum Books {
    static let table = "transfers"
    static let column = "amount"

    /// Adds one minor unit to the oldest transfer.
    static func tamper(in data: String) async throws {
        let file = data + "/" + (try await database(in: data))
        // Should triggers forbid the change, whoever can write the file can drop them.
        let triggers = try await sqlite(
            file, "SELECT 'DROP TRIGGER \"' || name || '\";' FROM sqlite_master WHERE type = 'trigger'")
        let change = "UPDATE \(table) SET \(column) = \(column) + 1 WHERE rowid = (SELECT min(rowid) FROM \(table))"
        let changed = try await sqlite(file, "\(triggers) \(change); SELECT changes();")
        try #require(changed.hasSuffix("1"), "no transfer was changed: \(changed)")
    }

    /// The name of the file in a data folder that holds the transfers.
    static func database(in data: String) async throws -> String {
        for name in try FileManager.default.contentsOfDirectory(atPath: data).sorted() {
            if name.hasSuffix("-wal") || name.hasSuffix("-shm") { continue }
            let found = try? await sqlite(data + "/" + name, "SELECT name FROM sqlite_master WHERE name = '\(table)'")
            if found == table { return name }
        }
        throw HarnessError("no database in \(data) has a table \(table)")
    }

    /// How many payouts have left, or are about to, by the simulated bank's own books, and how many satang.
    static func payoutsLeft(in data: String) async throws -> String {
        try await sqlite(
            data + "/banks.sqlite",
            "SELECT count(*) || ' ' || coalesce(sum(amount), 0) FROM payouts WHERE outcome IS NOT 'failed'")
    }

    private static func sqlite(_ file: String, _ statement: String) async throws -> String {
        let outcome = try await run(["sqlite3", "-bail", file, statement])
        guard outcome.ending == .exited(0) else { throw HarnessError("sqlite3 \(file): \(outcome.text)") }
        return outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
