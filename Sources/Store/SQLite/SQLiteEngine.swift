import Foundation
import GRDB
import GroupCommit
import Logging

/// SQLite in this process: WAL, `synchronous=FULL`, one writer that groups waiting commits, readers on connections of
/// their own.
///
/// A commit is durable when it returns: the write-ahead log was synced with its group. On a full disk SQLite may end
/// the whole transaction; then every commit of the group gets `unavailable`, none success, and the next group tries
/// again.
public final class SQLiteEngine: Engine {
    private let pool: DatabasePool
    private let writer: GroupCommitter<[Statement], Void>
    private let readers: GroupCommitter<@Sendable (Reader) -> Void, Void>

    /// Opens, or makes, the database at `path`. Throws `StoreError.damaged` where the file is no database, and
    /// `unavailable` where it cannot be opened.
    public init(path: String, logger: Logger) throws {
        let pool = try translating { try Self.open(path) }
        let metrics = CommitMetrics()
        self.pool = pool
        writer = GroupCommitter(name: "mekong-writer") { group in
            metrics.measure(group.count) { Self.commit(group, on: pool, logger) }
        }
        readers = GroupCommitter(name: "mekong-reader") { group in
            Self.read(group, on: pool)
        }
    }

    private static func open(_ path: String) throws -> DatabasePool {
        let pool = try DatabasePool(path: path, configuration: configuration)
        // GRDB leaves a WAL database at NORMAL, which syncs only at checkpoints; a returned commit must be on the disk.
        try pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA synchronous = FULL")
            guard try Int.fetchOne(db, sql: "PRAGMA synchronous") == 2 else {
                throw StoreError.unavailable("SQLite does not take PRAGMA synchronous = FULL")
            }
        }
        return pool
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "mekong"
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { db in
            // Deleted security codes and sealed cards are overwritten, not only unlinked.
            try db.execute(sql: "PRAGMA secure_delete = ON")
            try db.execute(sql: "PRAGMA cache_size = -16000")
            // Pages: 64 MiB. What the log is copied for rarely is copied once.
            try db.execute(sql: "PRAGMA wal_autocheckpoint = 16000")
        }
        return configuration
    }

    /// A data folder is one process's.
    public let isShared = false
    public var depth: Int { writer.depth }

    public func commit(_ statements: [Statement]) async throws {
        do {
            try await writer.submit(statements)
        } catch let refusal as GroupCommitter<[Statement], Void>.Refusal {
            throw StoreError.unavailable("\(refusal)")
        }
    }

    public func read<Value: Sendable>(_ body: @escaping @Sendable (Reader) throws -> Value) async throws -> Value {
        let box = AnswerBox<Value>()
        do {
            try await readers.submit { reader in box.result = Result { try body(reader) } }
        } catch let refusal as GroupCommitter<@Sendable (Reader) -> Void, Void>.Refusal {
            throw StoreError.unavailable("\(refusal)")
        }
        return try translating { try box.result!.get() }
    }

    /// On a reader of its own, so that those who wait for a group do not wait for this.
    public func scan<Value: Sendable>(_ body: @escaping @Sendable (Reader) throws -> Value) async throws -> Value {
        let pool = pool
        return try await onThread("mekong-scan") {
            try translating { try pool.read { try body(Reader(connection: SQLiteConnection(db: $0))) } }
        }
    }

    public func migrate(_ migrations: [Migration]) async throws {
        try translating {
            try pool.writeWithoutTransaction { db in
                try db.execute(sql: "CREATE TABLE IF NOT EXISTS schema_version (number BIGINT PRIMARY KEY)")
                for migration in migrations {
                    try db.inTransaction(.immediate) {
                        // Read under the lock: another process may take the same steps.
                        let current = try Int64.fetchOne(db, sql: "SELECT MAX(number) FROM schema_version") ?? 0
                        try Migration.check(current, against: migrations)
                        guard migration.number > current else { return .rollback }
                        for text in migration.statements {
                            try db.execute(sql: text.replacing("{{clustered}}", with: "WITHOUT ROWID"))
                        }
                        try db.execute(sql: "INSERT INTO schema_version VALUES (?)", arguments: [migration.number])
                        return .commit
                    }
                }
            }
        }
    }

    public func close() async throws {
        writer.stop()
        readers.stop()
        try await onThread("mekong-close") { [self] in
            writer.join()
            readers.join()
            try translating { try pool.close() }
        }
    }
}

/// SQLite's errors in the store's words.
func translating<Value>(_ body: () throws -> Value) throws -> Value {
    do {
        return try body()
    } catch let error as DatabaseError {
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_SCHEMA:
            throw StoreError.damaged(error.message ?? "the file is no database")
        default:
            throw StoreError.unavailable(error.message ?? "SQLite error \(error.resultCode.rawValue)")
        }
    }
}
