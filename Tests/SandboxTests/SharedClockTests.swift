import APISupport
import Gateway
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Payments
import Rails
import Store
import TestSupport
import Testing
import Webhooks

@testable import mekong

/// Two sandboxes on one database and one folder: the clock is one.
@Suite struct SharedClockTests {
    @Test func `a move of the clock in one has the other's webhooks tried at their times`() async throws {
        try await withTwo { mover, other in
            try await other.set("{\"kpayment\":{\"notify_url\":\"\(deafURL)\"}}")
            try await mover.host.gateway.directory.refresh(from: mover.host.gateway.store)
            _ = try await other.charge()
            try await mover.advance(seconds: 60)
            let webhook = try #require(try await mover.deliveries().first)
            let gaps = zip(webhook.attempts, webhook.attempts.dropFirst()).map { ($1 - $0 + 500_000) / 1_000_000 }
            try #require(gaps.count >= 2)
            // 5 and 30 seconds, and how long the other took to hear of it: up to a minute here, for both are real.
            #expect((4...65).contains(gaps[0]) && (27...90).contains(gaps[1]), "\(gaps)")
            try await SandboxHost.refresh(other.host.clock, from: other.host.gateway.store)
            #expect(try await other.control(.get, "/clock").show("offset_seconds") == "60")
        }
    }

    @Test func `a reset in one is the other's too`() async throws {
        try await withTwo { mover, other in
            let charge = try await other.charge(reference: "R-1")
            try await mover.advance(seconds: 3_600)
            try await mover.control(.post, "/reset")
            #expect(try await other.inquire(charge.id).status == 404)
            try await SandboxHost.refresh(other.host.clock, from: other.host.gateway.store)
            #expect(try await other.control(.get, "/clock").show("offset_seconds") == "0")
            try await other.host.gateway.directory.refresh(from: other.host.gateway.store)
            #expect(try await other.charge(reference: "R-1").show("transaction_state") == "Authorized")
        }
    }

    @Test func `a fault ordered of one is met in the other, and its late line is told once`() async throws {
        try await withTwo { mover, other in
            try await mover.control(.post, "/faults", "{\"rail\":\"bank\",\"fault\":\"late_notice\"}")
            let credit = "{\"amount\":\"5\",\"reference\":\"R\"}"
            #expect(try await other.control(.post, "/bank/credits", credit).show("new", "matched") == "true false")
            #expect(try await mover.control(.post, "/bank/credits", credit).show("new") == "false")
            #expect(try await mover.lines("5.00") == "0 line")
            try await mover.advance(seconds: 60)
            #expect(try await mover.lines("5.00") == "1 line")
            try await mover.advance(seconds: 600)
            #expect(try await other.lines("5.00") == "1 line")
        }
    }

    /// Two sandboxes, the second of which does by itself what a served one does.
    private func withTwo(_ body: @Sendable (Sandbox, Sandbox) async throws -> Void) async throws {
        try await Gate.stores.pass {
            let folder = try DataFolder(preparing: ":memory:")
            defer { folder.removeIfTemporary() }
            try await withDatabase { url in
                let location = try DatabaseLocation(parsing: url)
                try await serving(folder, on: location) { mover in
                    try await serving(folder, on: location) { other in
                        try await working(other) { try await body(mover, other) }
                    }
                }
            }
        }
    }

    /// Runs `body` while the sandbox does by itself what a served one does.
    private func working(_ sandbox: Sandbox, _ body: @Sendable () async throws -> Void) async throws {
        let host = sandbox.host
        let work = DueService(gateway: host.gateway) {
            try await SandboxHost.refresh(host.clock, from: host.gateway.store)
            try await host.bank.tellNews(to: host.gateway)
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await work.run() }
            group.addTask { try await host.worker.run() }
            try await body()
            group.cancelAll()
        }
    }
}
