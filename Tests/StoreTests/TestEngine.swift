import Foundation
import GRDB
import Logging
import Store
import Synchronization
import TestSupport
import Testing

/// The engines that keep the store's promises. A test of the store runs on each, line for line the same.
enum TestEngine: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case sqlite, postgresql

    static let all = TestEngine.allCases
    var testDescription: String { rawValue }
}

/// A database of the test's own, which any number of stores may open.
struct TestDatabase: Sendable {
    let engine: TestEngine
    private let scratch: Scratch
    private let cluster: PostgreSQLCluster?
    private let name: String

    /// Hands over an empty database, or one that is migrated already, and removes it afterwards.
    static func with(
        _ engine: TestEngine, migrated: Bool = true, _ body: (TestDatabase) async throws -> Void
    ) async throws {
        try await Gate.stores.pass { try await inScratch(engine, migrated: migrated, body) }
    }

    private static func inScratch(
        _ engine: TestEngine, migrated: Bool, _ body: (TestDatabase) async throws -> Void
    ) async throws {
        try await withScratch { scratch in
            let name = Databases.newName()
            guard engine == .postgresql else {
                let database = TestDatabase(engine: engine, scratch: scratch, cluster: nil, name: name)
                if migrated { try await database.migrate() }
                return try await body(database)
            }
            let cluster = try await SharedCluster.shared.cluster()
            try await cluster.makeDatabase(name, from: migrated ? Databases.shared.migrated() : "template1")
            let database = TestDatabase(engine: engine, scratch: scratch, cluster: cluster, name: name)
            do {
                try await body(database)
            } catch {
                try? await cluster.dropDatabase(name)
                throw error
            }
            try await cluster.dropDatabase(name)
        }
    }

    private func migrate() async throws {
        let store = try open()
        try await store.migrate()
        try await store.close()
    }

    var location: DatabaseLocation {
        cluster.map { .postgresql(url: $0.url(name)) } ?? .sqlite(path: scratch.database)
    }

    func open() throws -> Store { try Store.open(location, patience: .patient, logger: .silent) }

    /// Runs SQL beside the store, as an operator's shell would; the first column of each row.
    @discardableResult
    func shell(_ sql: String) async throws -> [String] {
        guard let cluster else {
            return try await scratch.shell().write { try String.fetchAll($0, sql: sql) }
        }
        return try await cluster.shell(sql, in: name).split(separator: "\n").map(String.init)
    }

    /// The tables that hold something.
    func filledTables() async throws -> Set<String> {
        let tables =
            try await engine == .sqlite
            ? shell("SELECT name FROM sqlite_schema WHERE type = 'table'")
            : shell("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        var filled: Set<String> = []
        for table in tables where try await !shell("SELECT 1 FROM \(table) LIMIT 1").isEmpty { filled.insert(table) }
        return filled
    }

    /// Everything that the schema says, in words that change when it does.
    func schema() async throws -> [String] {
        try await engine == .sqlite
            ? shell("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
            : shell(
                """
                SELECT table_name || column_name || data_type FROM information_schema.columns \
                WHERE table_schema = 'public' ORDER BY 1
                """)
    }
}

/// Names of databases, and the one that new ones are copies of.
private actor Databases {
    static let shared = Databases()
    private static let count = Atomic(0)
    private var migrating: Task<String, any Error>?

    static func newName() -> String { "test\(count.add(1, ordering: .relaxed).newValue)" }

    func migrated() async throws -> String {
        let task =
            migrating
            ?? Task {
                let cluster = try await SharedCluster.shared.cluster()
                try await cluster.makeDatabase("migrated")
                let store = try Store.open(
                    .postgresql(url: cluster.url("migrated")), patience: .patient, logger: .silent)
                try await store.migrate()
                try await store.close()
                return "migrated"
            }
        migrating = task
        return try await task.value
    }
}

extension Patience {
    /// A busy machine is no outage.
    static let patient = standard.times(20)
}

extension Logger {
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

/// Runs a test on several stores that share a fresh, migrated database, as several processes do.
func withStores(_ engine: TestEngine, _ count: Int, _ body: ([Store]) async throws -> Void) async throws {
    try await TestDatabase.with(engine) { database in
        let stores = try (0..<count).map { _ in try database.open() }
        do {
            try await body(stores)
        } catch {
            for store in stores { try? await store.close() }
            throw error
        }
        for store in stores { try await store.close() }
    }
}

/// Runs a test on a fresh, migrated store.
func withStore(_ engine: TestEngine, _ body: (Store) async throws -> Void) async throws {
    try await withStores(engine, 1) { try await body($0[0]) }
}
