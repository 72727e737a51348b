import APISupport
import Foundation
import Testing

/// Exchanges as the document's samples show them, byte for byte. See `Golden`.
@Suite struct GoldenTests {
    private static let cards = (samples: "4417700000031827", void: "4921410000094242", refund: "4417700000080915")

    private func charge(_ shop: Shop, _ name: String, _ card: String, amount: String = "") async throws -> Answer {
        let body = try Golden.request(name, token: try await shop.token(card))
        return try await shop.post("/card/v2/charge", body.replacingOccurrences(of: "\"<amount>\"", with: amount))
    }

    private func expect(
        _ answer: Answer, _ name: String, status: Int = 200, at location: SourceLocation = #_sourceLocation
    ) throws {
        #expect(answer.status == status, sourceLocation: location)
        #expect(answer.header("content-type") == "application/json; charset=utf-8", sourceLocation: location)
        let golden = try Golden.wire(name)
        #expect(Golden.masked(answer.text) == golden, sourceLocation: location)
    }

    @Test func `a card for a token`() async throws {
        try await withShop { shop in
            try expect(try await shop.createToken(try Golden.request("token.request")), "token.response")
        }
    }

    @Test func `6.1.1 a charge without 3-D Secure`() async throws {
        try await withShop { shop in
            try expect(try await charge(shop, "create-charge.request", Self.cards.samples), "create-charge.response")
        }
    }

    @Test func `6.1.1 a charge with 3-D Secure`() async throws {
        try await withShop { shop in
            let answer = try await charge(shop, "create-charge-3ds.request", Self.cards.samples)
            try expect(answer, "create-charge-3ds.response")
        }
    }

    @Test func `6.1.2 the inquiry of a charge that went through 3-D Secure`() async throws {
        try await withShop { shop in
            let charged = try await charge(shop, "create-charge-3ds.request", Self.cards.samples)
            _ = try await Browser(shop: shop).authenticate(charged.show("redirect_url"))
            try expect(try await shop.inquire(charged.id), "inquiry-3ds.response")
        }
    }

    @Test func `6.1.2 the inquiry of a refunded charge`() async throws {
        try await withShop { shop in
            let charged = try await charge(shop, "inquiry-refunded.request", Cards.approvedMastercard)
            try await shop.advanceToMidnight()
            _ = try await shop.refund(charged.id, "11")
            try await shop.advance(days: 1)
            try expect(try await shop.inquire("JUASU95Q4F"), "inquiry-refunded.response")
        }
    }

    @Test func `6.1.3 a void`() async throws {
        try await withShop { shop in
            let charged = try await charge(shop, "invoice.request", Self.cards.void, amount: "11.50")
            let answer = try await shop.post(
                "/card/v2/charge/\(charged.id)/void", try Golden.request("void.request"))
            try expect(answer, "void.response")
        }
    }

    @Test func `6.1.4 a settlement`() async throws {
        try await withShop { shop in
            let charged = try await charge(shop, "invoice.request", Self.cards.void, amount: "5")
            let answer = try await shop.post(
                "/card/v2/charge/\(charged.id)/settle", try Golden.request("settle.request"))
            try expect(answer, "settle.response")
        }
    }

    @Test func `6.1.5 a refund and a refund of too much`() async throws {
        try await withShop { shop in
            let charged = try await shop.charge(Self.cards.refund) {
                $0.with("amount", "92.2").with("description", text: "SmartpayTest")
                    .with("reference_order", text: "SmartpayTest202109004")
            }
            try await shop.advanceToMidnight()
            let path = "/card/v2/charge/\(charged.id)/refund"
            try expect(try await shop.post(path, try Golden.request("refund.request")), "refund.response")
            let tooMuch = try await shop.refund(charged.id, "81.21", date: "20260302")
            try expect(tooMuch, "refund-error.response", status: 400)
        }
    }

    @Test func `6.5.2 the webhook of a charge that went through 3-D Secure`() async throws {
        try await withShop { shop in
            try await shop.listen()
            let charged = try await charge(shop, "create-charge-3ds.request", Self.cards.samples)
            _ = try await Browser(shop: shop).authenticate(charged.show("redirect_url"))
            let notices = try await shop.notices()
            #expect(notices.map { Golden.masked($0.text) } == [try Golden.wire("webhook-authorized")])
        }
    }

    @Test func `6.5.2 the webhook of a declined charge`() async throws {
        try await withShop { shop in
            try await shop.listen()
            _ = try await charge(shop, "create-charge.request", Cards.declined05)
            let notices = try await shop.notices()
            #expect(notices.map { Golden.masked($0.text) } == [try Golden.wire("webhook-declined")])
        }
    }

    @Test func `times are to the millisecond in Bangkok`() async throws {
        try await withShop { shop in
            let created = try await shop.charge().show("created")
            #expect(created.hasPrefix("2026030212") && created.count == 17)
        }
    }
}
