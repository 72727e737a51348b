import Checkout
import CoreMetrics
import Crypto
import Gateway
import Hummingbird
import KPayment
import Logging
import Payments
import Rails
import ServiceLifecycle
import Store
import UnixSignals
import Webhooks
import WireKit

/// The whole gateway with simulated banks, wired together.
struct SandboxHost: Sendable {
    let gateway: Gateway
    let presence: Presence
    let clock: SandboxClock
    let bank: SandboxBank
    let faults: SandboxFaults
    let kpayment: KPayment
    let worker: DeliveryWorker
    let metrics: PrometheusMetrics

    /// Opens the data and brings everything to the point where requests can be served.
    static func open(folder: DataFolder, publicURL: String, metrics: PrometheusMetrics, logger: Logger) async throws
        -> SandboxHost
    {
        let entropy = SystemEntropy()
        let store = Store(engine: try SQLiteEngine(path: folder.gatewayDatabase, logger: logger))
        try await store.migrate()
        let masterKey = try folder.sandboxMasterKey(entropy)
        let vault = try await openVault(store, masterKey, entropy)
        let offset = try await store.read { try $0.setting(SandboxClock.setting) }
        let clock = SandboxClock(offsetSeconds: offset.flatMap(Int64.init) ?? 0)
        if try await store.read({ try $0.merchantDocuments().isEmpty }) {
            try await store.commit(DemoMerchant.changes(vault, at: clock.now()))
        }
        let directory = MerchantDirectory(vault: vault)
        try await directory.refresh(from: store)
        let bank = try SandboxBank(path: folder.banksDatabase)
        let faults = SandboxFaults()
        let kpayment = KPayment(isLive: false, publicURL: publicURL, directory: directory)
        let later = NoticeRelay()
        let gateway = Gateway(
            store: store, vault: vault, directory: directory,
            rails: Rails(
                acquirer: SandboxAcquirer(bank: bank, faults: faults, now: { clock.now() }),
                authenticator: SandboxAuthenticator(), cards: TestCards(), rates: SandboxRates()),
            clock: clock, entropy: entropy, dialects: [kpayment], logger: logger,
            noticesCommitted: { later.tell($0) })
        let worker = DeliveryWorker(
            gateway: gateway, client: EgressClient(policy: EgressPolicy(allowsLoopback: true)))
        later.connect { worker.noticed($0) }
        let presence = Presence(of: gateway.process, in: store)
        try await presence.begin()
        try await gateway.takeOver()
        return SandboxHost(
            gateway: gateway, presence: presence, clock: clock, bank: bank, faults: faults, kpayment: kpayment,
            worker: worker,
            metrics: metrics)
    }

    private static func openVault(_ store: Store, _ masterKey: SymmetricKey, _ entropy: any Entropy) async throws
        -> Vault
    {
        var records = try await store.read { try $0.keys() }
        if records.isEmpty {
            records = try Vault.newRecords(masterKey: masterKey, entropy: entropy)
            var changes = Changes(at: SystemClock().now())
            changes.add(contentsOf: records.map { .insertKey($0) })
            try await store.commit(changes)
        }
        return try Vault(masterKey: masterKey, records: records)
    }

    /// Moves this process's clock to where another that shares the data may have moved it.
    func refreshClock() async throws {
        guard gateway.store.isShared else { return }
        let offset = try await gateway.store.read { try $0.setting(SandboxClock.setting) }
        clock.offsetSeconds = offset.flatMap { Int64($0) } ?? 0
    }

    /// Every route that the sandbox serves.
    func router() -> Router<MekongContext> {
        let router = Router(context: MekongContext.self)
        router.add(middleware: RequestIDMiddleware())
        OperationsRoutes(gateway: gateway, metrics: metrics).addRoutes(to: router)
        PageAssets().addRoutes(to: router)
        KPaymentAPI(gateway: gateway, dialect: kpayment).addRoutes(to: router)
        ControlAPI(host: self).addRoutes(to: router)
        return router
    }

    /// Serves until the process is asked to stop, then finishes what is under way.
    static func run(host: String, port: Int, folder: DataFolder) async throws {
        let logger = Log.make("mekong")
        let metrics = PrometheusMetrics()
        MetricsSystem.bootstrap(metrics)
        let shownHost = host == "0.0.0.0" || host == "::" ? "127.0.0.1" : host
        let url = "http://\(shownHost.contains(":") ? "[\(shownHost)]" : shownHost):\(port)"
        let sandbox = try await open(folder: folder, publicURL: url, metrics: metrics, logger: logger)
        let application = Application(
            router: sandbox.router(),
            configuration: ApplicationConfiguration(address: .hostname(host, port: port), serverName: nil),
            onServerRunning: { _ in Output.line(Banner.text(url: url, folder: folder.path)) }, logger: logger)
        var configuration = ServiceGroupConfiguration(
            services: [
                .init(service: PresenceService(presence: sandbox.presence, logger: logger)),
                .init(service: sandbox.worker),
                .init(service: DueService(gateway: sandbox.gateway, refresh: { try await sandbox.refreshClock() })),
                .init(service: application),
            ],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(8)
        try await ServiceGroup(configuration: configuration).run()
        try? await sandbox.presence.end()
        try await sandbox.gateway.store.close()
        try sandbox.bank.close()
    }
}
