import Gateway
import Logging
import Payments
import ServiceLifecycle

/// Keeps what falls due going, each thing at its own pace so that none waits for another: what other processes may have
/// changed, what dead ones left behind, expiries and settlement, and sweeping.
struct DueService: Service {
    let gateway: Gateway
    /// Learns what other processes may have changed beside merchants and keys.
    var refresh: @Sendable () async throws -> Void = {}

    private static let pause = Duration.milliseconds(250)
    private static let sweepEvery: Int64 = 60

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    await gateway.again(every: Self.pause, "cannot refresh") {
                        try await refresh()
                        try await gateway.directory.refresh(from: gateway.store)
                    }
                }
                group.addTask {
                    await gateway.again(every: Self.pause, "cannot take over") { try await gateway.takeOver() }
                }
                group.addTask {
                    await gateway.again(every: Self.pause, "due run failed") { try await gateway.runDue() }
                }
                group.addTask { await sweep() }
            }
        }
    }

    private func sweep() async {
        var sweptTo = Instant(microseconds: 0)
        var nextSweep = Instant(microseconds: 0)
        await gateway.again(every: Self.pause, "cannot sweep") {
            let now = gateway.clock.now()
            // A clock that was set back, as the sandbox's reset does, starts over.
            if now < sweptTo { (sweptTo, nextSweep) = (Instant(microseconds: 0), now) }
            guard now >= nextSweep else { return }
            nextSweep = now.adding(seconds: Self.sweepEvery)
            sweptTo = try await gateway.sweep(codesSince: sweptTo)
        }
    }
}

/// Shows the other processes that this one lives, and watches whether they do. Whatever else this one does, its heart
/// beats.
struct PresenceService: Service {
    let presence: Presence
    let gateway: Gateway

    func run() async throws {
        await cancelWhenGracefulShutdown {
            async let beating: Void = gateway.again(every: .seconds(1), "cannot beat") { try await presence.beat() }
            await gateway.again(every: .seconds(1), "cannot see who lives") { try await presence.watch() }
            await beating
        }
    }
}

extension Gateway {
    /// Runs `body` again and again until the task is cancelled, and says what went wrong.
    fileprivate func again(
        every pause: Duration, _ complaint: Logger.Message, _ body: () async throws -> Void
    ) async {
        while !Task.isCancelled {
            do {
                try await body()
            } catch {
                logger.error(complaint, metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: pause)
        }
    }
}
