import Crypto
import Foundation
import Gateway
import Logging
import Payments
import Store
import Testing
import WireKit

@testable import mekong

/// What several processes do that start at the same time.
@Suite struct StartingTogetherTests {
    let folder: ConfigurationFolder
    private let logger = Log.make("test", level: .critical)

    init() throws { folder = try ConfigurationFolder() }

    @Test func `the vault's first keys are one process's, and all have them`() async throws {
        let store = Store(engine: try SQLiteEngine(path: folder.database, logger: logger))
        try await store.migrate()
        let key = try MasterKey.parse(ConfigurationFolder.masterKey)
        let vaults = try await withThrowingTaskGroup(of: Vault.self) { group in
            for _ in 0..<16 {
                group.addTask { try await Vault.opening(store, masterKey: key, entropy: SystemEntropy()) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(vaults.map { $0.lookup("a", for: "test") }).count == 1)
        let sealed = try #require(vaults.first).seal([1, 2, 3], for: "test")
        for vault in vaults {
            let opened = try vault.open(sealed, for: "test")
            #expect(opened == [1, 2, 3])
        }
        let count = try await store.read { try $0.keys().count }
        #expect(count == 2)
        try await store.close()
    }

    @Test func `the demo merchant is put once, and again only where there is none`() async throws {
        let store = Store(engine: try SQLiteEngine(path: folder.database, logger: logger))
        try await store.migrate()
        let key = try MasterKey.parse(ConfigurationFolder.masterKey)
        let vault = try await Vault.opening(store, masterKey: key, entropy: SystemEntropy())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask { try await DemoMerchant.settle(in: store, vault, at: SystemClock().now()) }
            }
            try await group.waitForAll()
        }
        let (documents, version) = try await store.read { (try $0.merchantDocuments(), try $0.directoryVersion()) }
        #expect(documents.count == 1)
        try await DemoMerchant.settle(in: store, vault, at: SystemClock().now())
        let after = try await store.read { try $0.directoryVersion() }
        #expect(after == version)
        try await store.close()
    }

    @Test func `the sandbox's master key is one process's, and all read that one`() async throws {
        let path = folder.path + "/data"
        let keys = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    let key = try DataFolder(preparing: path).sandboxMasterKey(SystemEntropy())
                    return key.withUnsafeBytes { Hex.encode(Array($0)) }
                }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(keys.count == 1)
        let left = try FileManager.default.contentsOfDirectory(atPath: path)
        #expect(left == ["master.key"])
    }

    @Test func `a new file is whole, for its owner alone, and never takes another's place`() throws {
        let path = folder.path + "/new"
        try NewFile.make(path, Data("first".utf8))
        try NewFile.make(path, Data("second".utf8))
        #expect(FileManager.default.contents(atPath: path) == Data("first".utf8))
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o600)
        #expect(throws: DataFolder.Fault.self) { try NewFile.make(folder.path + "/none/new", Data()) }
    }

    @Test func `one process at a time serves on a SQLite file`() throws {
        var first: DatabaseLock? = try DatabaseLock(database: folder.database)
        #expect(first != nil)
        let fault = #expect(throws: DatabaseLock.Fault.self) { try DatabaseLock(database: folder.database) }
        #expect(
            fault?.description
                == "another process serves on \(folder.database); stop it first, or use another database")
        first = nil
        _ = try DatabaseLock(database: folder.database)
        #expect(throws: DatabaseLock.Fault.self) { try DatabaseLock(database: folder.path + "/none/x.sqlite") }
        let shared = try DatabaseLock.taking(.postgresql(url: "postgresql://h/d"))
        #expect(shared == nil)
    }

    @Test func `the schema's state is told`() async throws {
        let store = Store(engine: try SQLiteEngine(path: folder.database, logger: logger))
        let before = try await store.schemaState()
        #expect(before == .missing)
        try await store.migrate()
        let after = try await store.schemaState()
        #expect(after == .current)
        try await store.close()
    }
}
