import Gateway
import Logging
import Payments
import ServiceLifecycle

/// Keeps what falls due going: expiries, settlement, unfinished outcomes, and sweeping.
struct DueService: Service {
    let gateway: Gateway
    /// Learns first what other processes may have changed.
    var refresh: @Sendable () async throws -> Void = {}

    private static let pause = Duration.milliseconds(250)
    private static let sweepEvery: Int64 = 60

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var sweptTo = Instant(microseconds: 0)
            var nextSweep = Instant(microseconds: 0)
            while !Task.isCancelled {
                do {
                    try await refresh()
                    try await gateway.directory.refresh(from: gateway.store)
                    try await gateway.takeOver()
                    try await gateway.runDue()
                    let now = gateway.clock.now()
                    // A clock that was set back, as the sandbox's reset does, starts over.
                    if now < sweptTo { (sweptTo, nextSweep) = (Instant(microseconds: 0), now) }
                    if now >= nextSweep {
                        sweptTo = try await gateway.sweep(codesSince: sweptTo)
                        nextSweep = now.adding(seconds: Self.sweepEvery)
                    }
                } catch {
                    gateway.logger.error("due run failed", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: Self.pause)
            }
        }
    }
}

/// Shows the other processes that this one lives, and watches whether they do. Whatever else this one does, its heart
/// beats.
struct PresenceService: Service {
    let presence: Presence
    let logger: Logger

    private static let pause = Duration.seconds(1)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await presence.beat()
                } catch {
                    logger.error("cannot beat", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: Self.pause)
            }
        }
    }
}
