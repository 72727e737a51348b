import APISupport
import Gateway
import HTTPTypes
import Payments
import Store
import Testing
import WireKit

@testable import mekong

/// `POST /sandbox/clock/advance` by much: the same as by little again and again.
@Suite struct ClockJumpTests {
    private static let schedule: [Int64] = [5, 30, 120, 600, 3_600, 21_600, 86_400]

    @Test func `a webhook that fails is tried at each time of its schedule in one move of the clock`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.set("{\"kpayment\":{\"notify_url\":\"\(deafURL)\"}}")
            _ = try await sandbox.charge()
            // Without the settlement's webhook, which would come in between.
            try await sandbox.set("{\"kpayment\":{\"notify_url\":null}}")
            try await sandbox.advance(seconds: 2 * 86_400)
            let webhook = try #require(try await sandbox.deliveries().first)
            #expect(webhook.state == "exhausted")
            let gaps = zip(webhook.attempts, webhook.attempts.dropFirst()).map { $1 - $0 }
            try #require(gaps.count == Self.schedule.count)
            for (gap, delay) in zip(gaps, Self.schedule) {
                #expect((delay * 900_000...delay * 1_000_000 + Self.slack).contains(gap), "\(gap) after \(delay) s")
            }
        }
    }

    @Test func `an expiry and a settlement in one move happen at their own times`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.set("{\"kpayment\":{\"notify_url\":\"\(deafURL)\"}}")
            let begin = sandbox.host.clock.now()
            let challenged = try await sandbox.charge(mid: Sandbox.full)
            let charge = try await sandbox.charge()
            try await sandbox.advance(seconds: 3 * 86_400)
            #expect(try await sandbox.inquire(challenged.id).show("failure_code") == "68")
            #expect(try await sandbox.inquire(charge.id).show("transaction_state") == "Settled")
            let deliveries = try await sandbox.deliveries()
            let expiry = try #require(deliveries.first { $0.body.contains(challenged.id) }?.attempts.first)
            #expect((900_000_000...900_000_000 + Self.slack).contains(expiry - begin.microseconds))
            let books = try await sandbox.control(.get, "/rails/card?payment=\(charge.id)")
            #expect(books.show("operations.1.kind") == "capture")
            let captured = try #require(CivilTime(iso8601: books.show("operations.1.at")))
                .microseconds(offsetSeconds: 0)
            let midnight = begin.nextBangkokMidnight.microseconds
            #expect((midnight...midnight + Self.slack).contains(captured))
        }
    }

    @Test func `one move and many small ones come to the same`() async throws {
        let atOnce = try await Self.history(of: [1_800])
        let bySteps = try await Self.history(of: Array(repeating: 20, count: 90))
        #expect(atOnce == bySteps)
        #expect(atOnce.count == 2)
    }

    @Test func `a century in which something falls due each day takes fewer looks than it has days`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.set("{\"kpayment\":{\"auto_capture\":false}}")
            let charge = try await sandbox.charge()
            let (days, clock) = (Int64(36_525), sandbox.host.clock)
            let (offset, now) = (clock.offsetSeconds, clock.now())
            try await sandbox.advance(seconds: Int(days) * 86_400)
            #expect(clock.offsetSeconds - offset == days * 86_400)
            // The test's clock counts: a millisecond for each look.
            let looks = (clock.now().microseconds - now.microseconds - days * 86_400_000_000) / 1_000
            #expect(looks < days, "\(looks) looks")
            let id = try #require(ID<Payment>(hex: charge.id.split(separator: "_").last ?? ""))
            #expect(try await sandbox.host.gateway.store.read { try $0.payment(id)?.state } == .authorized)
            let due = try await sandbox.host.gateway.store.read { try $0.nextDue() }
            #expect(due == sandbox.host.clock.now().nextBangkokMidnight)
        }
    }

    @Test func `between its steps the clock is kept to the microsecond`() {
        for offset: Int64 in [0, 1, 999_999, 1_000_000, 5_000_000_000_001, -1, -1_000_000, -2_500_001] {
            #expect(SandboxClock(setting: SandboxClock.text(offset)).offset == offset)
        }
        #expect(SandboxClock.text(86_400_000_000) == "86400")
        #expect(SandboxClock(setting: "x").offset == 0)
    }

    @Test func `what another process said of the clock before it was moved here does not move it back`() async throws {
        let clock = SandboxClock()
        try await clock.follow {
            clock.offset = 7
            return "0"
        }
        #expect(clock.offset == 7)
        try await clock.follow { "3.000005" }
        #expect(clock.offset == 3_000_005)
    }

    /// By how much what happens may be late in a test, whose clock goes on by a little at each look.
    private static let slack: Int64 = 20_000_000

    /// What merchants were told in these moves, newest first, with how often and in which minute, rounded, it was tried first.
    private static func history(of moves: [Int]) async throws -> [String] {
        try await withSandbox { sandbox in
            try await sandbox.set("{\"kpayment\":{\"notify_url\":\"\(deafURL)\"}}")
            let begin = sandbox.host.clock.now().microseconds
            _ = try await sandbox.charge(mid: Sandbox.full, reference: "A")
            _ = try await sandbox.charge(reference: "B")
            for seconds in moves { try await sandbox.advance(seconds: seconds) }
            return try await sandbox.deliveries().map { delivery in
                let first = ((delivery.attempts.first ?? 0) - begin + 30_000_000) / 60_000_000
                return "\(delivery.event) \(delivery.state) \(delivery.attempts.count) minute \(first)"
            }
        }
    }
}

extension Sandbox {
    struct Webhook {
        let event: String
        let state: String
        let body: String
        /// Microseconds.
        let attempts: [Int64]
    }

    /// Every webhook, newest first.
    func deliveries() async throws -> [Webhook] {
        let list = try await control(.get, "/webhooks")
        return try (0..<(list.json.arrayValue?.count ?? 0)).map { index in
            let count = list["\(index).attempts"]?.arrayValue?.count ?? 0
            return Webhook(
                event: list.show("\(index).event"), state: list.show("\(index).state"),
                body: list.show("\(index).body"),
                attempts: try (0..<count).map { attempt in
                    try #require(CivilTime(iso8601: list.show("\(index).attempts.\(attempt).at")))
                        .microseconds(offsetSeconds: 0)
                })
        }
    }
}
