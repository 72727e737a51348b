import CoreMetrics
import Gateway
import Hummingbird
import Logging
import Payments
import Rails
import Store
import Webhooks
import WireKit

/// The whole gateway with simulated banks, a demo merchant and a clock that can be moved.
struct SandboxHost: Sendable {
    let core: GatewayHost
    let clock: SandboxClock
    let bank: SandboxBank
    let push: SandboxPush
    let gate = ResetGate()
    /// How long a move of the clock is made in steps.
    let jumpPatience: Duration
    private let lock: DatabaseLock?

    var gateway: Gateway { core.gateway }
    var worker: DeliveryWorker { core.worker }
    var faults: SandboxFaults { SandboxFaults(of: bank) }

    /// Opens the data and brings everything to the point where requests can be served.
    /// - Parameters:
    ///   - database: where the gateway's own data is; nil for the folder.
    ///   - patience: how long a database that is a server's is waited for.
    ///   - machine: the clock that the sandbox's own is ahead of.
    ///   - jumpPatience: how long a move of the clock is made in steps.
    static func open(
        folder: DataFolder, database: DatabaseLocation? = nil, patience: Patience = .standard,
        machine: any GatewayClock = SystemClock(), jumpPatience: Duration = ClockJump.usualPatience,
        publicURL: String, metrics: PrometheusMetrics, logger: Logger
    ) async throws -> SandboxHost {
        let location = database ?? .sqlite(path: folder.gatewayDatabase)
        let lock = try DatabaseLock.taking(location)
        let entropy = SystemEntropy()
        let store = try Store.open(location, patience: patience, logger: logger)
        try await store.migrate()
        let vault = try await Vault.opening(
            store, masterKey: try folder.sandboxMasterKey(entropy), entropy: entropy)
        let clock = SandboxClock(
            setting: try await store.read { try $0.setting(SandboxClock.setting) }, machine: machine)
        try await DemoMerchant.settle(in: store, vault, at: clock.now())
        let directory = MerchantDirectory(vault: vault)
        try await directory.refresh(from: store)
        let bank = try SandboxBank(path: folder.banksDatabase)
        let push = SandboxPush(bank: bank, pages: WalletPages.address(publicURL), now: { clock.now() })
        let rails = Rails(
            acquirer: SandboxAcquirer(bank: bank, now: { clock.now() }),
            authenticator: SandboxAuthenticator(), cards: TestCards(), rates: SandboxRates(),
            push: Dictionary(uniqueKeysWithValues: PushScheme.allCases.map { ($0, push) }),
            payouts: SandboxPayouts(bank: bank, now: { clock.now() }),
            bankSessions: SandboxBankSessions(bank: bank, now: { clock.now() }))
        let core = try await GatewayHost.open(
            store, vault: vault, directory: directory,
            parts: GatewayHost.Parts(
                rails: rails, clock: clock, egress: EgressPolicy(allowsLoopback: true),
                dialects: ServedDialect.known, isLive: false, publicURL: publicURL,
                statements: StatementAccess(
                    key: Secret(DemoMerchant.statementsKey), maps: folder.path + "/maps",
                    limit: StatementAccess.usualLimit),
                refresh: { gateway in
                    try await refresh(clock, from: store)
                    try await bank.tellNews(to: gateway)
                }),
            metrics: metrics, logger: logger)
        return SandboxHost(core: core, clock: clock, bank: bank, push: push, jumpPatience: jumpPatience, lock: lock)
    }

    /// Moves a clock to where another process that shares the data may have moved its own.
    static func refresh(_ clock: SandboxClock, from store: Store) async throws {
        guard store.isShared else { return }
        try await clock.follow { try await store.read { try $0.setting(SandboxClock.setting) } }
    }

    /// Every route that the sandbox serves.
    func router() -> Router<MekongContext> {
        let router = core.router(behind: ResetGateMiddleware(gate: gate))
        router.add(middleware: UnknownPaths(under: ["/sandbox"], answer: ControlAPI.unknownPath))
        ControlAPI(host: self).addRoutes(to: router)
        WalletPages(host: self).addRoutes(to: router)
        return router
    }

    /// Serves until the process is asked to stop, then finishes what is under way.
    static func run(host: String, port: Int, folder: DataFolder, database: DatabaseLocation?) async throws {
        let metrics = PrometheusMetrics()
        MetricsSystem.bootstrap(metrics)
        let shownHost = host == "0.0.0.0" || host == "::" ? "127.0.0.1" : host
        let url = "http://\(shownHost.contains(":") ? "[\(shownHost)]" : shownHost):\(port)"
        let sandbox = try await open(
            folder: folder, database: database, publicURL: url, metrics: metrics, logger: Log.make("mekong"))
        // The lock must outlast the last use of what it guards.
        defer { withExtendedLifetime(sandbox.lock) {} }
        try await sandbox.core.serve(sandbox.router(), on: .hostname(host, port: port)) {
            Output.line(Banner.text(url: url, folder: folder.path, database: database))
        }
        try sandbox.bank.close()
    }
}
