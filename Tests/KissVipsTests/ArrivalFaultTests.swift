import APISupport
import Gateway
import HTTPTypes
import Payments
import Rails
import Store
import Testing

@testable import mekong

/// Faults of the arrival of money (sandbox contract): of rail `qr` for what payers scan, of rail `bank` for transfers.
@Suite struct ArrivalFaultTests {
    private func order(_ shop: Shop, _ rail: String, _ fault: String, _ more: String = "") async throws {
        try await shop.control(.post, "/faults", "{\"rail\":\"\(rail)\",\"fault\":\"\(fault)\"\(more)}")
    }

    /// A code that its payer is said to have scanned.
    private func scanned(_ shop: Shop) async throws -> String {
        let uuid = try await shop.newCode()
        _ = try await shop.scan(uuid)
        return uuid
    }

    /// The money of a code of 1 baht comes by the rail.
    private func pay(_ shop: Shop, _ rail: String, _ uuid: String) async throws -> Answer {
        rail == "qr"
            ? try await shop.ask(.post, "/qr/pay", "{\"id\":\"\(uuid)\"}")
            : try await shop.ask(.post, "/bank/credits", "{\"amount\":\"1\",\"reference\":\"R\"}")
    }

    private func lines(_ shop: Shop) async throws -> Int {
        try await shop.host.gateway.store.read { reader in
            var count = 0
            try reader.forEachLine { _ in count += 1 }
            return count
        }
    }

    @Test(arguments: ["qr", "bank"])
    func `one credit that the bank tells of twice is one line, one payment and one call back`(
        rail: String
    ) async throws {
        try await withShop { shop in
            let uuid = try await scanned(shop)
            try await order(shop, rail, "duplicate_notice")
            let paid = try await pay(shop, rail, uuid)
            #expect(paid.status == 200 && paid.show("matched") == "true")
            #expect(try await shop.host.faults.orders().isEmpty)
            #expect(try await shop.codeStatus(uuid) == "V")
            #expect(try await lines(shop) == 1)
            #expect(try await shop.balance == "1.00")
            #expect(try await shop.notices().count == 1)
        }
    }

    @Test(arguments: ["qr", "bank"])
    func `a late line leaves its code unpaid until the clock is a minute on`(rail: String) async throws {
        try await withShop { shop in
            let uuid = try await scanned(shop)
            try await order(shop, rail, "late_notice", ",\"operation\":\"authorize\"")
            let paid = try await pay(shop, rail, uuid)
            #expect(paid.status == 200 && paid.show("matched") == "false")
            try await shop.advance(seconds: 30)
            #expect(try await shop.codeStatus(uuid) == "S")
            #expect(try await lines(shop) == 0)
            #expect(try await shop.balance == "0.00")
            // The payer has paid, although nobody here knows.
            let again = try await pay(shop, rail, uuid)
            #expect(rail == "qr" ? again.status == 409 : again.show("new") == "false", "\(again.text)")
            try await shop.advance(seconds: 30)
            #expect(try await shop.codeStatus(uuid) == "V")
            #expect(try await lines(shop) == 1)
            #expect(try await shop.balance == "1.00")
            #expect(try await shop.notices().count == 1)
            #expect(try await pay(shop, rail, uuid).show(rail == "qr" ? "error" : "new").contains(/already paid|false/))
        }
    }

    @Test func `a late line is told in its turn by one long move of the clock`() async throws {
        try await withShop { shop in
            let uuid = try await scanned(shop)
            try await order(shop, "qr", "late_notice")
            _ = try await pay(shop, "qr", uuid)
            try await shop.advance(seconds: 10 * 86_400)
            #expect(try await shop.codeStatus(uuid) == "V")
        }
    }

    @Test(arguments: [
        ("qr", "timeout", "", "did not answer in time"), ("qr", "unavailable", "", "cannot be reached"),
        ("qr", "decline", "", "refused: EMIU"), ("qr", "decline", ",\"code\":\"EMACF\"", "refused: EMACF"),
        ("bank", "timeout", "", "did not answer in time"), ("bank", "unavailable", "", "cannot be reached"),
        ("bank", "decline", "", "refused: 05"), ("bank", "decline", ",\"code\":\"51\"", "refused: 51"),
    ])
    func `a payer's bank that does not go through is 409 and why, and the payer may try again`(
        rail: String, fault: String, more: String, reason: String
    ) async throws {
        try await withShop { shop in
            let uuid = try await scanned(shop)
            try await order(shop, rail, fault, more)
            let refused = try await pay(shop, rail, uuid)
            #expect(refused.status == 409 && refused.show("error").contains(reason), "\(refused.text)")
            #expect(try await shop.codeStatus(uuid) == "S")
            #expect(try await lines(shop) == 0)
            #expect(try await pay(shop, rail, uuid).show("matched") == "true")
            #expect(try await shop.codeStatus(uuid) == "V")
        }
    }

    @Test func `what nobody could pay meets no fault`() async throws {
        try await withShop { shop in
            let uuid = try await scanned(shop)
            try await order(shop, "qr", "decline")
            let wrong = try await shop.ask(.post, "/qr/pay", "{\"id\":\"\(uuid)\",\"amount\":\"2\"}")
            #expect(wrong.status == 409 && wrong.show("error") == "it is for another amount")
            #expect(try await shop.host.faults.orders().count == 1)
            _ = try await shop.credit("5", "\"reference\":\"A\"")
            try await order(shop, "bank", "decline")
            #expect(try await shop.ask(.post, "/bank/credits", "{\"amount\":\"5\",\"reference\":\"A\"}").status == 200)
            #expect(try await shop.host.faults.orders().count == 2)
        }
    }

    @Test func `a reference that was refused is free for another credit`() async throws {
        try await withShop { shop in
            try await order(shop, "bank", "decline")
            #expect(try await shop.ask(.post, "/bank/credits", "{\"amount\":\"5\",\"reference\":\"A\"}").status == 409)
            let next = try await shop.ask(.post, "/bank/credits", "{\"amount\":\"6\",\"reference\":\"A\"}")
            #expect(next.show("new") == "true")
        }
    }

    @Test func `a reset forgets what the bank had yet to tell`() async throws {
        try await withShop { shop in
            try await order(shop, "bank", "late_notice", ",\"count\":5")
            _ = try await shop.credit("5")
            try await shop.control(.post, "/reset")
            try await shop.advance(seconds: 600)
            #expect(try await lines(shop) == 0)
            _ = try await shop.credit("5")
            #expect(try await lines(shop) == 1)
        }
    }
}
