import Checkout
import Gateway
import Hummingbird
import HummingbirdCore
import Logging
import Payments
import Rails
import ServiceLifecycle
import Store
import UnixSignals
import Webhooks
import WireKit

/// The whole gateway wired together: what production and the sandbox share.
struct GatewayHost: Sendable {
    /// What differs between the one and the other.
    struct Parts: Sendable {
        let rails: Rails
        let clock: any GatewayClock
        let egress: EgressPolicy
        /// Which APIs are served, of `ServedDialect.known`.
        let dialects: [DialectID]
        /// Whether money is real, as the APIs tell their callers.
        let isLive: Bool
        /// Where payers and merchants reach this gateway, without a slash at the end.
        let publicURL: String
        var proxies = TrustedProxies([])
        /// Who may hand in statements; nil where nobody may.
        var statements: StatementAccess?
        /// Learns, a few times a second, what other processes may have changed, or banks have to tell.
        var refresh: @Sendable (Gateway) async throws -> Void = { _ in }
    }

    let gateway: Gateway
    let worker: DeliveryWorker
    private let dialects: [ServedDialect]
    private let proxies: TrustedProxies
    private let statements: StatementAccess?
    private let metrics: PrometheusMetrics
    private let presence: Presence
    private let refresh: @Sendable (Gateway) async throws -> Void

    /// Brings everything on an open store to the point where requests can be served.
    static func open(
        _ store: Store, vault: Vault, directory: MerchantDirectory, parts: Parts, metrics: PrometheusMetrics,
        logger: Logger
    ) async throws -> GatewayHost {
        let dialects = parts.dialects.compactMap {
            ServedDialect.make($0, isLive: parts.isLive, publicURL: parts.publicURL, directory: directory)
        }
        let later = NoticeRelay()
        let gateway = Gateway(
            store: store, vault: vault, directory: directory, rails: parts.rails, clock: parts.clock,
            entropy: SystemEntropy(), dialects: dialects.map(\.dialect), logger: logger,
            noticesCommitted: { later.tell($0) })
        let worker = DeliveryWorker(gateway: gateway, client: EgressClient(policy: parts.egress))
        later.connect { worker.noticed($0) }
        let presence = Presence(of: gateway.process, in: store)
        try await presence.begin()
        // Where others may live, whoever takes over must beat meanwhile: the services do.
        if !store.isShared { try await gateway.takeOver() }
        return GatewayHost(
            gateway: gateway, worker: worker, dialects: dialects, proxies: parts.proxies,
            statements: parts.statements, metrics: metrics,
            presence: presence, refresh: parts.refresh)
    }

    /// Every route that a gateway serves, all of them behind `gate`, where there is one.
    func router(behind gate: (any MiddlewareProtocol<Request, Response, MekongContext>)? = nil) -> Router<MekongContext>
    {
        // HEAD is answered wherever GET is.
        let router = Router(context: MekongContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: RequestIDMiddleware())
        if let gate { router.add(middleware: gate) }
        if !proxies.isEmpty { router.add(middleware: ForwardedAddressMiddleware(proxies)) }
        router.add(middleware: ContinueMiddleware())
        for unknown in dialects.compactMap(\.unknown) { router.add(middleware: unknown) }
        OperationsRoutes(gateway: gateway, metrics: metrics).addRoutes(to: router)
        PageAssets().addRoutes(to: router)
        if let statements { StatementRoutes(gateway: gateway, access: statements).addRoutes(to: router) }
        for dialect in dialects { dialect.addRoutes(router, gateway) }
        return router
    }

    /// Serves until the process is asked to stop, then finishes what is under way and closes the store: within ten
    /// seconds, whatever the other ends of the connections do.
    /// - Parameters:
    ///   - router: `router()`, and what else there is to serve.
    ///   - isReady: called when requests are taken.
    func serve(
        _ router: Router<MekongContext>, on address: BindAddress, by server: HTTPServerBuilder = .plain,
        isReady: @escaping @Sendable () -> Void
    ) async throws {
        let due = DueService(gateway: gateway) { [refresh, gateway] in try await refresh(gateway) }
        let work = [AfterStart(worker), AfterStart(due)]
        let application = Application(
            router: router, server: server,
            configuration: ApplicationConfiguration(address: address, serverName: nil),
            onServerRunning: { _ in
                for service in work { service.begin() }
                isReady()
            }, logger: gateway.logger)
        let lastResort = LastResort(after: .seconds(9))
        var configuration = ServiceGroupConfiguration(
            services: [
                .init(service: PresenceService(presence: presence, gateway: gateway)),
                .init(service: work[0]), .init(service: work[1]), .init(service: application),
                .init(service: lastResort),
            ],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: gateway.logger)
        configuration.maximumGracefulShutdownDuration = .seconds(8)
        let services = ServiceGroup(configuration: configuration)
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await lastResort.bound { try await services.run() })
        } catch {
            outcome = .failure(error)
        }
        do { try await presence.end() } catch { gateway.logger.warning("cannot say that it ends: \(error)") }
        try await gateway.store.close()
        try outcome.get()
    }
}
