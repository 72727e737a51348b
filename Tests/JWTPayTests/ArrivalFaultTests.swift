import APISupport
import HTTPTypes
import Rails
import Testing

@testable import mekong

/// Faults of the banks (sandbox contract) as deposits and withdrawals meet them.
@Suite struct ArrivalFaultTests {
    private func order(_ shop: Shop, _ rail: String, _ fault: String, _ more: String = "") async throws {
        try await shop.control(.post, "/faults", #"{"rail":"\#(rail)","fault":"\#(fault)"\#(more)}"#)
    }

    private func status(_ shop: Shop, _ number: String) async throws -> String {
        try await shop.query(("order_no", number)).show("data.status")
    }

    /// The money of the deposit of 1000 baht comes by the rail.
    private func pay(_ shop: Shop, _ rail: String, _ number: String) async throws -> Answer {
        if rail == "qr" { return try await shop.pay(number) }
        return try await shop.ask(
            .post, "/bank/credits", #"{"amount":"1000","from_account_no":"1234567890","reference":"B-1"}"#)
    }

    @Test(arguments: ["qr", "bank"])
    func `one credit that the bank tells of twice is one payment, told once`(rail: String) async throws {
        try await withShop { shop in
            let deposit = try await shop.opened()
            try await order(shop, rail, "duplicate_notice")
            #expect(try await pay(shop, rail, deposit.number).show("matched") == "true")
            #expect(try await shop.host.faults.orders().isEmpty)
            #expect(try await status(shop, deposit.number) == "completed")
            #expect(try await shop.balance() == "995")
            #expect(try await shop.notices().map { $0.show("status") } == ["completed"])
        }
    }

    @Test(arguments: ["qr", "bank"])
    func `a late line leaves its deposit pending until the clock is a minute on`(rail: String) async throws {
        try await withShop { shop in
            let deposit = try await shop.opened()
            try await order(shop, rail, "late_notice")
            let paid = try await pay(shop, rail, deposit.number)
            #expect(paid.status == 200 && paid.show("matched") == "false")
            try await shop.advance(seconds: 30)
            #expect(try await status(shop, deposit.number) == "pending")
            #expect(try await shop.balance() == "0")
            try await shop.advance(seconds: 30)
            #expect(try await status(shop, deposit.number) == "completed")
            #expect(try await shop.balance() == "995")
            #expect(try await shop.notices().map { $0.show("status") } == ["completed"])
        }
    }

    @Test func `a late line that comes after its deposit has expired is left for a person`() async throws {
        try await withShop { shop in
            let deposit = try await shop.opened()
            try await shop.advance(seconds: 280)
            try await order(shop, "qr", "late_notice")
            #expect(try await shop.pay(deposit.number).status == 200)
            try await shop.advance(seconds: 600)
            #expect(try await status(shop, deposit.number) == "expired")
            #expect(try await shop.balance() == "0")
        }
    }

    @Test(arguments: ["qr", "bank"], ["timeout", "unavailable", "decline"])
    func `a payer's bank that does not go through leaves the deposit pending, and the payer may try again`(
        rail: String, fault: String
    ) async throws {
        try await withShop { shop in
            let deposit = try await shop.opened()
            try await order(shop, rail, fault, #","operation":"authorize""#)
            let refused = try await pay(shop, rail, deposit.number)
            #expect(refused.status == 409 && refused.show("error").contains("the payer's bank"), "\(refused.text)")
            #expect(try await status(shop, deposit.number) == "pending")
            #expect(try await shop.notices().isEmpty)
            #expect(try await pay(shop, rail, deposit.number).show("matched") == "true")
            #expect(try await status(shop, deposit.number) == "completed")
        }
    }

    @Test func `the end of a withdrawal that the bank tells of late is known a minute later, and told once`()
        async throws
    {
        try await withShop { shop in
            try await shop.fund("2000")
            let told = try await shop.notices().count
            try await order(shop, "bank", "late_notice")
            let number = try await shop.withdraw().number
            try await shop.advance(seconds: 30)
            #expect(try await status(shop, number) == "pending")
            #expect(try await shop.books(number) == ["payout 985.00 approved"])
            try await shop.advance(seconds: 60)
            #expect(try await status(shop, number) == "completed")
            try await shop.advance(seconds: 600)
            #expect(try await shop.notices().dropFirst(told).map { $0.show("status") } == ["completed"])
        }
    }

    @Test func `the end of a withdrawal that the bank tells twice is told once`() async throws {
        try await withShop { shop in
            try await shop.fund("2000")
            let told = try await shop.notices().count
            try await order(shop, "bank", "duplicate_notice", #","operation":"payout""#)
            let number = try await shop.withdraw().number
            try await shop.advance(seconds: 600)
            #expect(try await shop.host.faults.orders().isEmpty)
            #expect(try await status(shop, number) == "completed")
            #expect(try await shop.notices().dropFirst(told).map { $0.show("status") } == ["completed"])
            #expect(try await shop.balance() == "990")
        }
    }
}
