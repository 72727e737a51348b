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
import TestSupport
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

    private init(folder: String, _ engine: any Engine) async throws {
        self.folder = folder
        self.engine = StubbornEngine(engine)
        if engine.isShared { self.engine.share() }
        store = Store(engine: self.engine)
        try await store.migrate()
        let masterKey = SymmetricKey(data: entropy.bytes(32))
        vault = try Vault(masterKey: masterKey, records: try Vault.newRecords(masterKey: masterKey, entropy: entropy))
        directory = MerchantDirectory(vault: vault)
        bank = try SandboxBank(path: folder + "/banks.sqlite")
        let clock = clock
        push = SandboxPush(bank: bank, pages: "https://wallet.example/", now: { clock.now() })
        gateway = Self.gateway(
            store, vault, directory, clock, entropy,
            SandboxAcquirer(bank: bank, now: { clock.now() }), push,
            SandboxPayouts(bank: bank, now: { clock.now() }),
            SandboxBankSessions(bank: bank, now: { clock.now() }))
        try await put(merchant(.shop), merchant(.rival))
    }

    /// Runs a test on a fresh bench. Afterwards the books must be right, whatever has happened.
    static func with(
        _ kind: EngineKind = .sqlite, verifies: Bool = true, _ body: (Bench) async throws -> Void
    ) async throws {
        try await Gate.stores.pass { try await inFolder(kind, verifies: verifies, body) }
    }

    private static func inFolder(
        _ kind: EngineKind, verifies: Bool, _ body: (Bench) async throws -> Void
    ) async throws {
        let files = FileManager.default
        let root = files.isWritableFile(atPath: "/dev/shm") ? "/dev/shm" : files.temporaryDirectory.path
        let folder = root + "/mekong-test-\(UUID().uuidString)"
        try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? files.removeItem(atPath: folder) }
        let (engine, drop) = try await kind.open(folder)
        let bench = try await Bench(folder: folder, engine)
        do {
            try await body(bench)
            if verifies { _ = try await Auditor().verify(bench.store) }
        } catch {
            await bench.close()
            try? await drop()
            throw error
        }
        await bench.close()
        try await drop()
    }

    private func close() async {
        try? await store.close()
        try? bank.close()
    }

    private static func gateway(
        _ store: Store, _ vault: Vault, _ directory: MerchantDirectory, _ clock: HandClock, _ entropy: SeededEntropy,
        _ acquirer: any CardAcquirer, _ push: any PushRail, _ payouts: any PayoutRail,
        _ sessions: any BankSessionRail, mostAlike: Int = 4_096
    ) -> Gateway {
        Gateway(
            store: store, vault: vault, directory: directory,
            rails: Rails(
                acquirer: acquirer, authenticator: SandboxAuthenticator(), cards: TestCards(), rates: SandboxRates(),
                push: Dictionary(uniqueKeysWithValues: PushScheme.allCases.map { ($0, push) }), payouts: payouts,
                bankSessions: sessions),
            clock: clock, entropy: entropy, dialects: [FakeDialect()], logger: silentLogger, mostAlike: mostAlike)
    }

    /// One more process on the same database and the same bank, with an acquirer of its own where one is given.
    func another(
        _ acquirer: (any CardAcquirer)? = nil, push: (any PushRail)? = nil, payouts: (any PayoutRail)? = nil,
        sessions: (any BankSessionRail)? = nil, mostAlike: Int = 4_096
    ) -> Gateway {
        Self.gateway(
            store, vault, directory, clock, entropy, acquirer ?? gateway.rails.acquirer, push ?? self.push,
            payouts ?? gateway.rails.payouts,
            sessions ?? SandboxBankSessions(bank: bank, now: { [clock] in clock.now() }), mostAlike: mostAlike)
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

/// Which engine keeps the gateway's data.
enum EngineKind: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case sqlite, postgresql

    var testDescription: String { rawValue }
    private static let count = Atomic(0)

    /// An engine on an empty database, and what removes it.
    func open(_ folder: String) async throws -> (any Engine, @Sendable () async throws -> Void) {
        guard self == .postgresql else {
            return (try SQLiteEngine(path: folder + "/gateway.sqlite", logger: silentLogger), {})
        }
        let cluster = try await SharedCluster.shared.cluster()
        let name = "bench\(Self.count.add(1, ordering: .relaxed).newValue)"
        try await cluster.makeDatabase(name)
        return (
            // A busy machine is no outage.
            try PostgreSQLEngine(url: cluster.url(name), patience: .standard.times(20), logger: silentLogger),
            { try await cluster.dropDatabase(name) }
        )
    }
}

private let silentLogger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
