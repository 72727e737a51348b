import CoreMetrics
import Foundation
import Gateway
import HummingbirdCore
import Logging
import Payments
import Store
import WireKit

/// The gateway as `mekong serve` runs it: on what its configuration says, with no control API.
struct ProductionHost: Sendable {
    /// Why it does not start.
    struct Fault: Error, Equatable, CustomStringConvertible {
        let description: String
    }

    let core: GatewayHost
    private let lock: DatabaseLock?

    /// Opens the data and brings everything to the point where requests can be served.
    /// - Parameter migrate: the command that brings the schema up to date, for the message that asks for it.
    static func open(
        _ configuration: ServeConfiguration, migrate: String, metrics: PrometheusMetrics, logger: Logger
    ) async throws -> ProductionHost {
        if case .sqlite(let path) = configuration.database, !FileManager.default.fileExists(atPath: path) {
            throw Fault(description: "there is no database \(path) yet; run \(migrate)")
        }
        let lock = try DatabaseLock.taking(configuration.database)
        let store = try Store.open(configuration.database, logger: logger)
        try await SchemaCheck.require(store, migrate: migrate)
        let vault = try await Vault.opening(
            store, masterKey: configuration.masterKey, entropy: SystemEntropy())
        let directory = MerchantDirectory(vault: vault)
        try await directory.refresh(from: store)
        try refuseDemoCredentials(directory)
        let core = try await GatewayHost.open(
            store, vault: vault, directory: directory,
            parts: GatewayHost.Parts(
                rails: configuration.rails, clock: SystemClock(), egress: configuration.egress,
                dialects: configuration.dialects, isLive: true, publicURL: configuration.publicURL,
                proxies: configuration.proxies, statements: configuration.statements),
            metrics: metrics, logger: logger)
        return ProductionHost(core: core, lock: lock)
    }

    /// Serves until the process is asked to stop, then finishes what is under way.
    static func run(_ configuration: ServeConfiguration, migrate: String) async throws {
        let metrics = PrometheusMetrics()
        MetricsSystem.bootstrap(metrics)
        let logger = Log.make("mekong", level: configuration.logLevel)
        let production = try await open(configuration, migrate: migrate, metrics: metrics, logger: logger)
        // The lock must outlast the last use of what it guards.
        defer { withExtendedLifetime(production.lock) {} }
        try await production.core.serve(
            production.core.router(), on: .hostname(configuration.host, port: configuration.port),
            by: .guarded(tls: configuration.tls)
        ) {
            Output.line(
                "mekong \(mekongVersion) serves \(configuration.publicURL) on \(configuration.host) port "
                    + "\(configuration.port) from \(configuration.database)")
        }
    }

    /// Keys that everyone knows open nothing in production.
    private static func refuseDemoCredentials(_ directory: MerchantDirectory) throws {
        for credential in DemoMerchant.credentials()
        where directory.authenticate(credential.text.expose(), dialect: credential.dialect) != nil {
            throw Fault(
                description:
                    "the database holds the sandbox's \(credential.role) key of \(credential.dialect.rawValue), "
                    + "which everyone knows; use a database that no sandbox has used")
        }
    }
}
