import Crypto
import Foundation
import Gateway
import Logging
import Payments
import Rails
import Store
import TestSupport
import Webhooks

/// A gateway on a database of its own, with notices to deliver and a clock that the test moves.
final class Outbox: Sendable {
    let folder: String
    let clock: HandClock
    let engine: FaultyEngine
    let gateway: Gateway
    let client: EgressClient
    let worker: DeliveryWorker

    /// Opens the database in `folder`, as one more process would. The worker waits before `refusal` where the database
    /// refuses what begins a delivery.
    init(
        in folder: String, clock: HandClock, allowsLoopback: Bool = true, client: EgressClient? = nil,
        grace: Duration = .zero, refusal: Door = Door(isOpen: true)
    ) async throws {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        self.folder = folder
        self.clock = clock
        engine = FaultyEngine(try SQLiteEngine(path: folder + "/gateway.sqlite", logger: logger))
        let store = Store(engine: engine)
        try await store.migrate()
        let masterKey = SymmetricKey(size: .bits256)
        let vault = try Vault(
            masterKey: masterKey, records: try Vault.newRecords(masterKey: masterKey, entropy: SystemEntropy()))
        gateway = Gateway(
            store: store, vault: vault, directory: MerchantDirectory(vault: vault),
            rails: Rails(
                acquirer: NoAcquirer(), authenticator: SandboxAuthenticator(), cards: TestCards(),
                rates: SandboxRates()),
            clock: clock, entropy: SystemEntropy(), dialects: [FakeDialect()], logger: logger)
        self.client = client ?? EgressClient.patient(EgressPolicy(allowsLoopback: allowsLoopback))
        worker = DeliveryWorker(
            gateway: gateway, client: self.client, grace: grace, afterRefusal: { await refusal.pass() })
    }

    /// Runs a test on a fresh outbox and cleans up after it.
    static func with(
        allowsLoopback: Bool = true, client: EgressClient? = nil, _ body: (Outbox) async throws -> Void
    ) async throws {
        try await Gate.stores.pass { try await inFolder(allowsLoopback: allowsLoopback, client: client, body) }
    }

    private static func inFolder(
        allowsLoopback: Bool, client: EgressClient?, _ body: (Outbox) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/mekong-test-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let outbox = try await Outbox(
            in: folder, clock: HandClock(), allowsLoopback: allowsLoopback, client: client)
        do {
            try await body(outbox)
            await outbox.close()
        } catch {
            await outbox.close()
            throw error
        }
    }

    /// Ends everything; returns what went wrong.
    @discardableResult
    func close() async -> (any Error)? {
        await client.shutdown()
        do {
            try await gateway.store.close()
            return nil
        } catch {
            return error
        }
    }

    /// Another process on the same database and by the same clock.
    func another(grace: Duration = .zero, refusal: Door = Door(isOpen: true)) async throws -> Outbox {
        try await Outbox(in: folder, clock: clock, grace: grace, refusal: refusal)
    }

    func notice(
        to url: String, of merchant: MerchantID = .shop, about subject: String = "payment:1", _ body: String = "{}"
    ) -> Notice {
        notice(to: url, of: merchant, about: subject, bytes: Array(body.utf8))
    }

    func notice(
        to url: String, of merchant: MerchantID = .shop, about subject: String = "payment:1", bytes: [UInt8]
    ) -> Notice {
        Notice(
            id: gateway.entropy.id(at: clock.now()), merchant: merchant, dialect: FakeDialect.id, subject: subject,
            event: "authorized", url: url, body: bytes, created: clock.now())
    }

    func deliverDue() async { await worker.deliverDue() }
    func noticed(_ merchant: MerchantID) { worker.noticed(merchant) }

    /// Commits notices without telling the worker.
    func commit(_ notices: [Notice]) async throws {
        var changes = changes
        changes.add(contentsOf: notices.map { .insertNotice($0, by: gateway.process) })
        try await gateway.store.commit(changes)
    }

    /// Commits notices as a use case does: the worker is told.
    func send(_ notices: Notice...) async throws {
        try await commit(notices)
        for notice in notices { worker.noticed(notice.merchant) }
    }

    /// What a use case begins with at this moment.
    var changes: Changes { Changes(at: clock.now()) }

    /// Gives a notice up, as after its last attempt.
    func giveUp(_ notice: Notice) async throws {
        var changes = changes
        let attempt = DeliveryAttempt(at: clock.now(), status: 500, error: "status 500")
        changes.add(.recordAttempt(notice, number: 8, attempt, .exhausted, next: nil))
        try await gateway.store.commit(changes)
    }

    func replay(_ notice: Notice) async throws {
        var changes = changes
        changes.add(.replay(notice.id))
        try await gateway.store.commit(changes)
        worker.noticed(notice.merchant)
    }

    /// How a notice stands in the database, past whatever the engine is told to do.
    func standing(of notice: Notice) async throws -> Standing? {
        try await engine.inner.read { try $0.notice(notice.id) }.map { Standing($0.state, attempts: $0.attempts) }
    }

    func state(of notice: Notice) async throws -> DeliveryState? { try await standing(of: notice)?.state }

    /// A notice as the database holds it.
    func stored(_ notice: Notice) async throws -> Notice? {
        try await engine.inner.read { try $0.notice(notice.id)?.notice }
    }

    func attempts(of notice: Notice) async throws -> [DeliveryAttempt] {
        try await engine.inner.read { try $0.attempts(of: notice.id) }
    }

    func pending() async throws -> Int64 { try await engine.inner.read { try $0.pendingNotices() } }

    /// When the merchant's next attempt is due, if it is not yet.
    func next(of merchant: MerchantID = .shop) async throws -> Instant? {
        let (now, process) = (clock.now(), gateway.process)
        return try await engine.inner.read { try $0.nextNotice(of: merchant, after: now, for: process) }
    }

    /// Runs the worker while `body` runs.
    func running(_ body: () async throws -> Void) async throws {
        let run = Task { try await worker.run() }
        do {
            try await body()
        } catch {
            run.cancel()
            throw error
        }
        run.cancel()
        try await bounded("the worker's end") { try await run.value }
    }
}

/// How far a delivery has come.
struct Standing: Equatable {
    let state: DeliveryState
    let attempts: Int

    init(_ state: DeliveryState, attempts: Int) {
        self.state = state
        self.attempts = attempts
    }
}

extension MerchantID {
    static let shop = MerchantID(rawValue: "shop")
    static let stall = MerchantID(rawValue: "stall")
}

extension EgressClient {
    /// Posts for the shop; the status that came back.
    func post(_ url: String, headers: [(String, String)], body: [UInt8]) async throws -> Int {
        try await exchange(url, for: .shop, headers: headers, body: body).status
    }
}
