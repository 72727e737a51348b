import GRDB
import GRDBSQLite

/// The statements of a group of commits, each found once and bound without a detour: GRDB's own arguments would be more
/// than a tenth of the writer's time.
struct PreparedStatements {
    private let db: Database
    private var statements: [Int: GRDB.Statement] = [:]

    init(db: Database) { self.db = db }

    /// Runs one statement; what it says where its guard, or a constraint of the schema, does not hold.
    mutating func run(_ statement: Statement) throws -> Conflict? {
        let prepared = try prepared(statement.sql)
        defer {
            sqlite3_reset(prepared.sqliteStatement)
            sqlite3_clear_bindings(prepared.sqliteStatement)
        }
        for (index, value) in zip(CInt(1)..., statement.arguments) {
            try check(value.bind(to: prepared.sqliteStatement, at: index), prepared)
        }
        while true {
            let code = sqlite3_step(prepared.sqliteStatement)
            switch code {
            case SQLITE_ROW: continue
            case SQLITE_DONE: return db.changesCount == 1 ? nil : statement.otherwise
            case _ where code & 0xff == SQLITE_CONSTRAINT:
                return statement.otherwise ?? .duplicate(db.lastErrorMessage ?? "constraint")
            default: try check(code, prepared)
            }
        }
    }

    /// Found by number: texts are long.
    private mutating func prepared(_ sql: SQL) throws -> GRDB.Statement {
        if let known = statements[sql.number] { return known }
        let prepared = try db.cachedStatement(sql: sql.numbered)
        statements[sql.number] = prepared
        return prepared
    }

    private func check(_ code: CInt, _ prepared: GRDB.Statement) throws {
        guard code != SQLITE_OK else { return }
        throw DatabaseError(resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage, sql: prepared.sql)
    }
}

extension SQLValue {
    /// Binds a copy of the value to a statement's parameter, which are counted from 1.
    fileprivate func bind(to statement: SQLiteStatement, at index: CInt) -> CInt {
        switch self {
        case .null: return sqlite3_bind_null(statement, index)
        case .integer(let number): return sqlite3_bind_int64(statement, index, number)
        case .text(var text):
            // Without an address it would be NULL.
            guard !text.isEmpty else { return sqlite3_bind_text(statement, index, "", 0, Self.copied) }
            return text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) {
                    sqlite3_bind_text(statement, index, $0.baseAddress, CInt($0.count), Self.copied)
                }
            }
        case .bytes(let bytes):
            guard !bytes.isEmpty else { return sqlite3_bind_zeroblob(statement, index, 0) }
            return bytes.withUnsafeBytes {
                sqlite3_bind_blob(statement, index, $0.baseAddress, CInt($0.count), Self.copied)
            }
        }
    }

    /// SQLITE_TRANSIENT: SQLite copies what it is given.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
