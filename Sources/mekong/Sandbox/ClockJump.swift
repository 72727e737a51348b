import Gateway
import Payments
import Rails
import Store
import Webhooks

/// A move of the sandbox's clock that comes to the same as many small ones.
///
/// The clock is put to each instant at which something falls due, and everything that is due then is done and delivered,
/// before it goes on to the next. The work is bounded: the first `stepsOfAGrain` steps are exact, the next as many each
/// gather what falls due within a second, then within a minute, an hour and a day. After those, or once the patience is
/// over, the clock goes straight to its target.
struct ClockJump: Sendable {
    let host: SandboxHost
    /// Microseconds by which the clock is ahead of the machine's in the end.
    let target: Int64
    /// How long steps are made, and how long the last one waits for what another process has in hand.
    var patience = Self.usualPatience

    static let stepsOfAGrain = 128
    /// Seconds.
    static let grains: [Int64] = [0, 1, 60, 3_600, 86_400]
    static let usualPatience = Duration.seconds(10)

    /// Throws `StoreError`.
    func run() async throws {
        let end = ContinuousClock.now + patience
        var reached = try await catchUp(until: end)
        for grain in Self.grains.flatMap({ Array(repeating: $0, count: Self.stepsOfAGrain) }) {
            guard ContinuousClock.now < end, let next = try await next(after: reached) else { break }
            let offset = host.clock.offset(to: next.adding(seconds: grain))
            guard offset < target else { break }
            try await move(to: offset)
            reached = try await catchUp(until: end)
        }
        try await move(to: target)
        _ = try await catchUp(until: ContinuousClock.now + patience)
    }

    /// When something falls due next, in whoever's hands.
    private func next(after instant: Instant) async throws -> Instant? {
        let due = try await host.gateway.store.read { try $0.nextDue(after: instant) }
        let delivery = try await host.worker.nextDelivery(after: instant)
        let news = try await host.bank.nextNews(after: instant)
        return [due, delivery, news].compactMap { $0 }.min()
    }

    /// Moves the clock, here and for the processes that share the data, but never back.
    private func move(to offset: Int64) async throws {
        try await SandboxHost.refresh(host.clock, from: host.gateway.store)
        guard offset > host.clock.offset else { return }
        var changes = Changes(at: host.clock.now())
        changes.add(.putSetting(name: SandboxClock.setting, value: SandboxClock.text(offset)))
        try await host.gateway.store.commit(changes)
        host.clock.offset = offset
    }

    /// Does and delivers what is due, waits for what another process has in hand, and returns by when it was due.
    private func catchUp(until end: ContinuousClock.Instant) async throws -> Instant {
        let now = host.clock.now()
        while true {
            try await host.bank.tellNews(to: host.gateway)
            try await host.gateway.runDue()
            await host.worker.deliverDue()
            let isDue = try await host.gateway.store.read { try $0.countDue(by: now) } > 0
            let isBehind = try await host.worker.isBehind(at: now)
            guard isDue || isBehind, ContinuousClock.now < end else { return now }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
