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
                        for statements in group { answers.append(try run(statements, in: db)) }
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

    /// Runs one commit within its savepoint. A failed guard undoes this commit alone and is the caller's answer;
    /// anything else SQLite says is thrown and ends the group.
    private static func run(_ statements: [Statement], in db: Database) throws -> Result<Void, any Error> {
        try db.cachedStatement(sql: "SAVEPOINT one").execute()
        for statement in statements {
            if let conflict = try conflict(of: statement, in: db) {
                try db.cachedStatement(sql: "ROLLBACK TO one").execute()
                try db.cachedStatement(sql: "RELEASE one").execute()
                return .failure(StoreError.conflict(conflict))
            }
        }
        try db.cachedStatement(sql: "RELEASE one").execute()
        return .success(())
    }

    /// Runs one statement; what it says where its guard, or a constraint of the schema, does not hold.
    private static func conflict(of statement: Statement, in db: Database) throws -> Conflict? {
        do {
            let prepared = try db.cachedStatement(sql: statement.sql.numbered)
            prepared.setUncheckedArguments(StatementArguments(values: statement.arguments))
            try prepared.execute()
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
            return statement.otherwise ?? .duplicate(error.message ?? "constraint")
        }
        return db.changesCount == 1 ? nil : statement.otherwise
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

extension StatementArguments {
    /// GRDB's initialiser for sequences goes through a key path that is built anew each time: a twentieth of a charge.
    fileprivate init(values: [SQLValue]) {
        self.init(values.map { $0 as (any DatabaseValueConvertible)? })
    }
}
