import Foundation
import GRDB
import Logging
import Payments
import Store
import Testing

/// A folder of the test's own. In memory where the machine has such a place, so that no test waits for a disk.
struct Scratch: Sendable {
    let folder: String

    var database: String { folder + "/gateway.sqlite" }

    init() throws {
        let files = FileManager.default
        let memory = "/dev/shm"
        let root = files.isWritableFile(atPath: memory) ? memory : files.temporaryDirectory.path
        folder = root + "/mekong-test-\(UUID().uuidString)"
        try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    func engine() throws -> SQLiteEngine {
        try SQLiteEngine(path: database, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// A connection beside the store's, as an operator's shell would be.
    func shell() throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        return try DatabaseQueue(path: database, configuration: configuration)
    }
}

extension DatabaseQueue {
    /// Keeps everyone else from writing, until `unlock`.
    func lock() async throws { try await writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") } }

    func unlock() async throws { try await writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") } }
}

/// Runs a test in a folder that is gone afterwards.
func withScratch(_ body: (Scratch) async throws -> Void) async throws {
    let scratch = try Scratch()
    defer { scratch.remove() }
    try await body(scratch)
}

/// Runs a test on a fresh, migrated store.
func withStoreFile(_ body: (Store, Scratch) async throws -> Void) async throws {
    try await withScratch { scratch in
        let store = Store(engine: try scratch.engine())
        do {
            try await store.migrate()
            try await body(store, scratch)
        } catch {
            try? await store.close()
            throw error
        }
        try await store.close()
    }
}

extension Store {
    /// Commits these and nothing else.
    func commit(_ changes: Change..., at now: Instant = .start) async throws {
        try await commit(changes, at: now)
    }

    func commit(_ items: [Change], at now: Instant = .start) async throws {
        var changes = Changes(at: now)
        changes.add(contentsOf: items)
        try await commit(changes)
    }

    /// Expects a read to find this.
    func expect<Value: Equatable & Sendable>(
        _ expected: Value, location: SourceLocation = #_sourceLocation,
        _ body: @escaping @Sendable (Reader) throws -> Value
    ) async throws {
        let found = try await read(body)
        #expect(found == expected, sourceLocation: location)
    }

    /// The guard on which a commit failed; nil where it went through.
    func conflict(_ items: Change..., at now: Instant = .start) async throws -> Conflict? {
        do {
            try await commit(items, at: now)
            return nil
        } catch StoreError.conflict(let conflict) {
            return conflict
        }
    }
}
