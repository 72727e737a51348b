import Foundation
import Gateway
import Payments
import Rails
import Store
import Webhooks
import WireKit

extension ControlAPI {
    /// `GET /sandbox/clock`
    func clock() -> [UInt8] {
        var json = JSONWriter(capacity: 96)
        json.object { json in
            json.member("now", host.clock.now().iso8601)
            json.member("offset_seconds", host.clock.offsetSeconds)
        }
        return json.bytes
    }

    /// `POST /sandbox/clock/advance`: moves the clock and does everything that falls due before it answers.
    @Sendable func advance(_ body: JSONObject) async throws -> [UInt8] {
        guard let text = body["seconds"]?.numberText, let seconds = Int64(text) else {
            throw Fault.senseless("seconds must be a whole number")
        }
        guard (0...3_155_760_000).contains(seconds) else {
            throw Fault.senseless("seconds must be positive and at most a century: this clock only moves forward")
        }
        try await SandboxHost.refresh(host.clock, from: host.gateway.store)
        let target = host.clock.offset + seconds * 1_000_000
        try await ClockJump(host: host, target: target, patience: host.jumpPatience).run()
        return clock()
    }

    /// `POST /sandbox/reset`: back to a fresh start. No request of this process is under way meanwhile.
    @Sendable func reset() async throws -> [UInt8] {
        var changes = Changes(at: host.clock.wallTime())
        changes.add(.eraseEverything)
        changes.add(contentsOf: try DemoMerchant.changes(host.gateway.vault, at: changes.at).items)
        try await host.gateway.store.commit(changes)
        host.clock.offsetSeconds = 0
        host.gateway.forgetNumbers()
        try await host.bank.reset()
        try await host.gateway.directory.refresh(from: host.gateway.store)
        return Self.done
    }
}

extension Instant {
    /// ISO 8601, UTC, with microseconds.
    var iso8601: String { CivilTime(microseconds: microseconds, offsetSeconds: 0).iso8601Microseconds() }
}
