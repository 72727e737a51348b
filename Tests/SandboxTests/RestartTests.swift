import APISupport
import HTTPTypes
import Testing

@testable import mekong

/// What a sandbox keeps in its folder from one start to the next.
@Suite struct RestartTests {
    @Test func `charges, settings, tokens, books and the clock survive`() async throws {
        let folder = try DataFolder(preparing: ":memory:")
        defer { folder.removeIfTemporary() }
        let charge = try await withSandbox(in: folder) { sandbox in
            try await sandbox.set("{\"kpayment\":{\"notify_url\":\"\(deafURL)\"}}")
            try await sandbox.advance(seconds: 5_000_000)
            return try await sandbox.charge(reference: "INV-1")
        }
        #expect(charge.show("transaction_state") == "Authorized")
        try await withSandbox(in: folder) { sandbox in
            let clock = try await sandbox.control(.get, "/clock")
            #expect(clock.show("offset_seconds") == "5000000")
            #expect(try await sandbox.inquire("INV-1").id == charge.id)
            #expect(try await sandbox.charge(reference: "INV-1").show("code") == "duplicate_request")
            #expect(try await sandbox.books(charge.id) == ["authorize approved"])
            #expect(try await sandbox.control(.get, "/webhooks").show("0.url") == deafURL)
            #expect(try await sandbox.void(charge).show("transaction_state") == "Voided")
        }
    }

    @Test func `ordered faults survive, and so does what a bank has yet to tell`() async throws {
        let folder = try DataFolder(preparing: ":memory:")
        defer { folder.removeIfTemporary() }
        try await withSandbox(in: folder) { sandbox in
            try await sandbox.control(.post, "/faults", "{\"rail\":\"bank\",\"fault\":\"late_notice\",\"count\":2}")
            try await sandbox.control(.post, "/bank/credits", "{\"amount\":\"5\"}")
        }
        try await withSandbox(in: folder) { sandbox in
            try await sandbox.control(.post, "/bank/credits", "{\"amount\":\"5\"}")
            try await sandbox.control(.post, "/bank/credits", "{\"amount\":\"7\"}")
            #expect(try await sandbox.lines("5.00") == "0 line")
            #expect(try await sandbox.lines("7.00") == "1 line")
            try await sandbox.advance(seconds: 60)
            #expect(try await sandbox.lines("5.00") == "2 line")
        }
    }

    @Test func `a reset survives too`() async throws {
        let folder = try DataFolder(preparing: ":memory:")
        defer { folder.removeIfTemporary() }
        let charge = try await withSandbox(in: folder) { sandbox in
            try await sandbox.advance(seconds: 5_000_000)
            let charge = try await sandbox.charge()
            try await sandbox.control(.post, "/reset")
            return charge
        }
        try await withSandbox(in: folder) { sandbox in
            let clock = try await sandbox.control(.get, "/clock")
            #expect(clock.show("offset_seconds") == "0")
            #expect(try await sandbox.inquire(charge.id).status == 404)
            #expect(try await sandbox.outcome() == "Authorized")
        }
    }
}
