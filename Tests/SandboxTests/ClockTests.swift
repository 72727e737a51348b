import APISupport
import HTTPTypes
import Payments
import Testing
import WireKit

@testable import mekong

/// `GET /sandbox/clock` and `POST /sandbox/clock/advance`.
@Suite struct ClockTests {
    @Test func `a fresh sandbox's clock is the world's`() async throws {
        let folder = try DataFolder(preparing: ":memory:")
        defer { folder.removeIfTemporary() }
        try await withSandbox(in: folder) { sandbox in
            let answer = try await sandbox.control(.get, "/clock")
            #expect(answer.show("offset_seconds") == "0")
            #expect(answer.json.objectValue?.names == ["now", "offset_seconds"])
            #expect(answer.show("now").wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z/) != nil)
        }
    }

    @Test func `the clock is moved by so many seconds, again and again`() async throws {
        try await withSandbox { sandbox in
            let start = sandbox.host.clock.offsetSeconds
            for (seconds, sum) in [(0, 0), (1, 1), (86_400, 86_401), (0, 86_401)] {
                let answer = try await sandbox.control(.post, "/clock/advance", "{\"seconds\":\(seconds)}")
                #expect(answer.show("offset_seconds") == "\(start + Int64(sum))")
                #expect(answer.show("now").hasPrefix(sum > 1 ? "2026-03-03T05:0" : "2026-03-02T05:0"))
            }
            #expect(try await sandbox.control(.get, "/clock").show("offset_seconds") == "\(start + 86_401)")
        }
    }

    @Test func `moves of the clock at the same time add up`() async throws {
        try await withSandbox { sandbox in
            let start = sandbox.host.clock.offsetSeconds
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 { group.addTask { try await sandbox.advance(seconds: 60) } }
                try await group.waitForAll()
            }
            #expect(sandbox.host.clock.offsetSeconds - start == 480)
        }
    }

    @Test(arguments: [
        "", "{}", "[]", "{\"seconds\":null}", "{\"seconds\":-1}", "{\"seconds\":\"60\"}", "{\"seconds\":1.5}",
        "{\"seconds\":{}}",
        "{\"seconds\":true}", "{\"seconds\":99999999999999999999}", "{\"seconds\":9223372036854775807}",
        "{\"second\":1}",
    ])
    func `anything but a whole number of seconds is 422 and moves nothing`(body: String) async throws {
        try await withSandbox { sandbox in
            let before = sandbox.host.clock.offsetSeconds
            let answer = try await sandbox.ask(.post, "/clock/advance", body)
            #expect(answer.status == 422 && answer["error"] != nil)
            #expect(sandbox.host.clock.offsetSeconds == before)
        }
    }

    @Test func `what falls due is done before the answer: expiry, settlement, refund, retries`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.set("{\"kpayment\":{\"notify_url\":\"\(deafURL)\"}}")
            let challenged = try await sandbox.charge(mid: Sandbox.full)
            let charge = try await sandbox.charge()
            try await sandbox.advance(seconds: 0)
            #expect(try await sandbox.control(.get, "/webhooks").show("0.attempts.count") == "1")
            try await sandbox.advance(seconds: 900)
            #expect(try await sandbox.inquire(challenged.id).show("failure_code") == "68")
            try await sandbox.advance(seconds: 43_200)
            #expect(try await sandbox.inquire(charge.id).show("transaction_state") == "Settled")
            _ = try await sandbox.post("/card/v2/charge/\(charge.id)/refund", "{\"amount\":200.50,\"reason\":\"r\"}")
            try await sandbox.advance(seconds: 86_400)
            #expect(try await sandbox.inquire(charge.id).show("transaction_state") == "Refunded")
            let attempts = try await sandbox.control(.get, "/webhooks").show("1.attempts.count")
            #expect(attempts == "8", "at each time of the schedule one")
        }
    }

    @Test func `a year in one step does all of its days`() async throws {
        try await withSandbox { sandbox in
            let charges = [try await sandbox.charge(), try await sandbox.charge()]
            try await sandbox.advance(seconds: 365 * 86_400)
            for charge in charges {
                #expect(try await sandbox.inquire(charge.id + "/20260302").show("transaction_state") == "Settled")
            }
        }
    }

    @Test func `whether a webhook is fresh is told by real time`() async throws {
        try await withSandbox { sandbox in
            let before = sandbox.host.clock.wallTime()
            try await sandbox.advance(seconds: 1_000_000)
            #expect(sandbox.host.clock.wallTime().seconds(since: before) < 1_000)
        }
    }
}
