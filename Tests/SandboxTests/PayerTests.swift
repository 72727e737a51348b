import APISupport
import Gateway
import HTTPTypes
import Payments
import Store
import Testing

@testable import mekong

/// Who pays, from which bank and through which app: `POST /sandbox/qr/pay` and `/sandbox/bank/credits`.
@Suite struct PayerTests {
    private func order(_ sandbox: Sandbox, _ reference: String) async throws -> Answer {
        try await sandbox.post(
            "/qr/v2/order",
            """
            {"amount":20,"currency":"THB","description":"d","source_type":"qr","reference_order":"\(reference)"}
            """)
    }

    @Test(arguments: [
        "\"payer\":{\"bank\":\"NOPE\"}", "\"payer\":{\"bank\":\"999\"}", "\"payer\":{\"bank\":5}", "\"payer\":5",
        "\"channel\":5", "\"channel\":\"\"", "\"channel\":\"nope\"", "\"channel\":[]",
    ])
    func `a bank or channel that there is not makes no sense, and pays nothing`(member: String) async throws {
        try await withSandbox { sandbox in
            let order = try await order(sandbox, "R1")
            let body = "{\"id\":\"\(order.id)\",\(member)}"
            #expect(try await sandbox.ask(.post, "/qr/pay", body).status == 422)
            #expect(try await sandbox.control(.post, "/qr/pay", "{\"id\":\"\(order.id)\"}").show("status") == "paid")
        }
    }

    @Test(arguments: [
        ("\"payer\":{\"bank\":\"KBANK\"}", "kplus"), ("\"payer\":{\"bank\":\"004\"}", "kplus"),
        ("\"payer\":{\"bank\":\"scb\"}", "scb"), ("\"payer\":{\"bank\":\"014\"}", "scb"),
        ("\"channel\":\"KPLUS\"", "kplus"), ("\"channel\":\"bbl\",\"payer\":{\"bank\":\"SCB\"}", "bbl"),
        ("\"channel\":null", "kplus"),
    ])
    func `a bank has several names, and KASIKORNBANK's app is K PLUS`(member: String, channel: String) async throws {
        try await withSandbox { sandbox in
            let order = try await order(sandbox, "R1")
            let answer = try await sandbox.control(.post, "/qr/pay", "{\"id\":\"\(order.id)\",\(member)}")
            #expect(answer.show("channel") == channel)
        }
    }

    @Test(arguments: [
        "2026-03-02T11:00:00+07:00", "2026-03-02T04:00:00Z", "2026-03-01T22:30:00.000-0530", "2026-03-02T11:00:00+07",
    ])
    func `when money was credited may be told at any offset from UTC`(at: String) async throws {
        try await withSandbox { sandbox in
            let body = "{\"amount\":\"5\",\"reference\":\"R\",\"at\":\"\(at)\"}"
            #expect(try await sandbox.control(.post, "/bank/credits", body).show("new") == "true")
            let line = try await sandbox.host.gateway.store.read { try $0.line(1, of: DemoMerchant.id) }
            // Four in the morning of 2 March 2026, in UTC.
            #expect(line?.credit.creditedAt == Instant(microseconds: 1_772_424_000_000_000))
        }
    }

    @Test(arguments: [
        "2026-03-02T11:00:00", "2026-03-02", "2026-03-02T11:00:00+7", "2026-03-02T11:00:00+24:00",
        "2026-03-02T11:00:00+07:60", "2026-03-02T11:00:00+07:", "2026-03-02T11:00:00 07:00", "",
    ])
    func `a time that names no instant makes no sense`(at: String) async throws {
        try await withSandbox { sandbox async throws in
            let body = "{\"amount\":\"5\",\"at\":\"\(at)\"}"
            #expect(try await sandbox.ask(.post, "/bank/credits", body).status == 422)
        }
    }

    @Test(arguments: ["\"999\"", "\"NOPE\"", "\"\"", "4"])
    func `money from a bank that there is not is refused`(bank: String) async throws {
        try await withSandbox { sandbox async throws in
            let body = "{\"amount\":\"5\",\"reference\":\"R\",\"from_bank\":\(bank)}"
            let refused = try await sandbox.ask(.post, "/bank/credits", body)
            #expect(refused.status == 422)
            let again = "{\"amount\":\"5\",\"reference\":\"R\",\"from_bank\":\"KBANK\"}"
            #expect(try await sandbox.control(.post, "/bank/credits", again).show("new") == "true")
        }
    }
}
