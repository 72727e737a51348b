import Crypto
import Foundation
import Gateway
import Ledger
import Logging
import Money
import Payments
import Rails
import Store
import Synchronization
import Testing

/// A gateway on a database and a simulated bank of its own, with a clock that the test moves.
final class Bench: Sendable {
    let folder: String
    let clock = HandClock()
    let engine: StubbornEngine
    let store: Store
    let vault: Vault
    let directory: MerchantDirectory
    let bank: SandboxBank
    let push: SandboxPush
    var faults: SandboxFaults { SandboxFaults(of: bank) }
    let gateway: Gateway
    let entropy = SeededEntropy(seed: 20_260_131)
    private let references = Mutex(0)

    private init(folder: String) async throws {
        self.folder = folder
        engine = StubbornEngine(try SQLiteEngine(path: folder + "/gateway.sqlite", logger: silentLogger))
        store = Store(engine: engine)
        try await store.migrate()
        let masterKey = SymmetricKey(data: entropy.bytes(32))
        vault = try Vault(masterKey: masterKey, records: try Vault.newRecords(masterKey: masterKey, entropy: entropy))
        directory = MerchantDirectory(vault: vault)
        bank = try SandboxBank(path: folder + "/banks.sqlite")
        let clock = clock
        push = SandboxPush(bank: bank, pages: "https://wallet.example/", now: { clock.now() })
        gateway = Self.gateway(
            store, vault, directory, clock, entropy,
            SandboxAcquirer(bank: bank, now: { clock.now() }), push)
        try await put(merchant(.shop), merchant(.rival))
    }

    /// Runs a test on a fresh bench. Afterwards the books must be right, whatever has happened.
    static func with(verifies: Bool = true, _ body: (Bench) async throws -> Void) async throws {
        let files = FileManager.default
        let root = files.isWritableFile(atPath: "/dev/shm") ? "/dev/shm" : files.temporaryDirectory.path
        let folder = root + "/mekong-test-\(UUID().uuidString)"
        try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? files.removeItem(atPath: folder) }
        let bench = try await Bench(folder: folder)
        do {
            try await body(bench)
            if verifies { _ = try await Auditor().verify(bench.store) }
        } catch {
            await bench.close()
            throw error
        }
        await bench.close()
    }

    private func close() async {
        try? await store.close()
        try? bank.close()
    }

    private static func gateway(
        _ store: Store, _ vault: Vault, _ directory: MerchantDirectory, _ clock: HandClock, _ entropy: SeededEntropy,
        _ acquirer: any CardAcquirer, _ push: any PushRail
    ) -> Gateway {
        Gateway(
            store: store, vault: vault, directory: directory,
            rails: Rails(
                acquirer: acquirer, authenticator: SandboxAuthenticator(), cards: TestCards(), rates: SandboxRates(),
                push: Dictionary(uniqueKeysWithValues: PushScheme.allCases.map { ($0, push) })),
            clock: clock, entropy: entropy, dialects: [FakeDialect()], logger: silentLogger)
    }

    /// One more process on the same database and the same bank, with an acquirer of its own where one is given.
    func another(_ acquirer: (any CardAcquirer)? = nil, push: (any PushRail)? = nil) -> Gateway {
        Self.gateway(
            store, vault, directory, clock, entropy, acquirer ?? gateway.rails.acquirer, push ?? self.push)
    }

    /// Stores merchants and makes the directory take notice.
    func put(_ merchants: Merchant...) async throws {
        var changes = Changes(at: clock.now())
        for merchant in merchants { changes.add(try MerchantDirectory.change(putting: merchant)) }
        try await store.commit(changes)
        try await directory.refresh(from: store)
    }

    /// A name that no other payment of the test has.
    func newReference(of merchant: MerchantID = .shop) -> Alias {
        let number = references.withLock { number in
            number += 1
            return number
        }
        return reference("R\(number)", of: merchant)
    }

    func reference(_ value: String, of merchant: MerchantID = .shop) -> Alias {
        Alias(Alias.Kind(rawValue: "reference"), value, dialect: FakeDialect.id, merchant: merchant)
    }
}

private let silentLogger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
