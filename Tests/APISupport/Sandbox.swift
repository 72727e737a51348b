import Gateway
import Hummingbird
import HummingbirdTesting
import Logging
import Payments
import Rails
import Store
import TestSupport
import Webhooks

@testable import mekong

/// A whole sandbox in this process.
public struct Sandbox: SandboxCaller {
    public let host: SandboxHost
    public let client: any TestClientProtocol
    /// The path of the folder where its data lies, but for a database's.
    public let folder: String

    public var sandbox: Sandbox { self }

    /// The same, reached by another way.
    public func through(_ client: any TestClientProtocol) -> Sandbox {
        Sandbox(host: host, client: client, folder: folder)
    }

    /// 2026-03-02 12:00:00 in Bangkok, where a fresh sandbox's clock begins.
    public static let noon = Instant(microseconds: 1_772_427_600_000_000)
    public static let publicURL = "http://gateway.test"

    /// A clock for a machine that does nothing but this test.
    public static var steadyClock: SteadyClock { SteadyClock(at: noon.adding(seconds: 1)) }
}

/// Runs `body` on a fresh sandbox and leaves nothing behind. Afterwards its books must be right.
public func withSandbox<Value: Sendable>(
    on kind: DatabaseKind = .sqlite, _ body: @Sendable (Sandbox) async throws -> Value
) async throws -> Value {
    try await Gate.stores.pass {
        let folder = try DataFolder(preparing: ":memory:")
        defer { folder.removeIfTemporary() }
        guard kind == .postgresql else {
            return try await serving(folder, machine: Sandbox.steadyClock, body)
        }
        return try await withDatabase { url in
            try await serving(folder, on: .postgresql(url: url), machine: Sandbox.steadyClock, body)
        }
    }
}

/// Runs `body` on the sandbox whose data is in `folder`, from start to stop.
public func withSandbox<Value: Sendable>(
    in folder: DataFolder, machine: any GatewayClock = SystemClock(), logger: Logger = .quiet,
    _ body: @Sendable (Sandbox) async throws -> Value
) async throws -> Value {
    try await Gate.stores.pass { try await serving(folder, machine: machine, logger: logger, body) }
}

/// The same for one of several sandboxes, which share a turn; on a database where one is named.
public func serving<Value: Sendable>(
    _ folder: DataFolder, on database: DatabaseLocation? = nil, machine: any GatewayClock = SystemClock(),
    logger: Logger = .quiet, _ body: @Sendable (Sandbox) async throws -> Value
) async throws -> Value {
    let host = try await SandboxHost.open(
        folder: folder, database: database, patience: .standard.times(20), machine: machine,
        jumpPatience: longEnough, publicURL: Sandbox.publicURL, metrics: PrometheusMetrics(), logger: logger)
    let result: Result<Value, any Error>
    do {
        let value = try await Application(router: host.router(), logger: logger).test(.router) {
            try await body(Sandbox(host: host, client: $0, folder: folder.path))
        }
        _ = try await Auditor().verify(host.gateway.store)
        result = .success(value)
    } catch {
        result = .failure(error)
    }
    // The worker ends its connections when it is asked to stop.
    let worker = Task { try await host.worker.run() }
    worker.cancel()
    _ = await worker.result
    try await host.gateway.store.close()
    try host.bank.close()
    return try result.get()
}
