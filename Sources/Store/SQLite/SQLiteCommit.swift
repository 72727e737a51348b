import Foundation
import GRDB
import GroupCommit
import Logging

/// How SQLite runs a group of commits: one transaction, a savepoint each.
extension SQLiteEngine {
    static func commit(
        _ group: [[Statement]], on pool: DatabasePool, _ logger: Logger
    ) -> [Result<Void, any Error>] {
        var answers: [Result<Void, any Error>] = []
        answers.reserveCapacity(group.count)
        do {
            try translating {
                try pool.writeWithoutTransaction { db in
                    try db.cachedStatement(sql: "BEGIN IMMEDIATE").execute()
                    do {
                        var prepared = PreparedStatements(db: db)
                        for statements in group {
                            let isFirst = !answers.contains(where: \.isSuccess)
                            answers.append(try run(statements, isFirst: isFirst, in: db, &prepared))
                        }
                        try db.cachedStatement(sql: "COMMIT").execute()
                    } catch {
                        if db.isInsideTransaction { try? db.cachedStatement(sql: "ROLLBACK").execute() }
                        throw error
                    }
                }
            }
            return answers
        } catch {
            logger.error("commit failed", metadata: ["group": "\(group.count)", "error": "\(error)"])
            return group.map { _ in .failure(error) }
        }
    }

    /// Runs one commit. A failed guard undoes this commit alone and is the caller's answer; anything else SQLite says
    /// is thrown and ends the group.
    ///
    /// Who comes after others has a savepoint, for which SQLite copies every page that changes. Who comes first needs
    /// none: with nothing stored before, all of the transaction may be undone.
    private static func run(
        _ statements: [Statement], isFirst: Bool, in db: Database, _ prepared: inout PreparedStatements
    ) throws -> Result<Void, any Error> {
        if !isFirst { try db.cachedStatement(sql: "SAVEPOINT one").execute() }
        for statement in statements {
            guard let conflict = try prepared.run(statement) else { continue }
            for undoing in isFirst ? ["ROLLBACK", "BEGIN IMMEDIATE"] : ["ROLLBACK TO one", "RELEASE one"] {
                try db.cachedStatement(sql: undoing).execute()
            }
            return .failure(StoreError.conflict(conflict))
        }
        if !isFirst { try db.cachedStatement(sql: "RELEASE one").execute() }
        return .success(())
    }

    /// Runs a group of reads in one snapshot.
    static func read(
        _ group: [@Sendable (Reader) -> Void], on pool: DatabasePool
    ) -> [Result<Void, any Error>] {
        do {
            try translating {
                try pool.read { db in
                    let reader = Reader(connection: SQLiteConnection(db: db))
                    for body in group { body(reader) }
                }
            }
            return group.map { _ in .success(()) }
        } catch {
            return group.map { _ in .failure(error) }
        }
    }
}

/// A GRDB connection as the store's readers see it.
struct SQLiteConnection: SQLConnection {
    let db: Database

    func forEach(_ sql: SQL, _ arguments: [SQLValue], _ body: (SQLRow) throws -> Void) throws {
        let statement = try db.cachedStatement(sql: sql.numbered)
        let cursor = try Row.fetchCursor(statement, arguments: StatementArguments(values: arguments))
        while let row = try cursor.next() {
            try body(SQLRow(row.databaseValues.map(SQLValue.init)))
        }
    }
}

extension SQLValue: DatabaseValueConvertible {
    public var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let number): number.databaseValue
        case .text(let text): text.databaseValue
        case .bytes(let bytes): Data(bytes).databaseValue
        }
    }

    public static func fromDatabaseValue(_ value: DatabaseValue) -> SQLValue? { SQLValue(value) }

    init(_ value: DatabaseValue) {
        switch value.storage {
        case .null: self = .null
        case .int64(let number): self = .integer(number)
        case .string(let text): self = .text(text)
        case .blob(let data): self = .bytes([UInt8](data))
        // Nothing of ours is stored as a floating-point number; its text makes the reader refuse it.
        case .double(let number): self = .text("\(number)")
        }
    }
}

extension Result {
    fileprivate var isSuccess: Bool { if case .success = self { true } else { false } }
}

extension StatementArguments {
    /// GRDB's initialiser for sequences goes through a key path that is built anew each time: a twentieth of a charge.
    fileprivate init(values: [SQLValue]) {
        self.init(values.map { $0 as (any DatabaseValueConvertible)? })
    }
}
