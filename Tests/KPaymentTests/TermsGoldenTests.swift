import APISupport
import Testing

/// Exchanges with terms beyond the amount, as the document's samples show them, byte for byte. See `Golden`.
@Suite struct TermsGoldenTests {
    private static let sample = "4417700000031827"

    private func charge(_ shop: Shop, _ name: String, _ token: String) async throws -> Answer {
        try await shop.post("/card/v2/charge", try Golden.request(name, token: token))
    }

    private func expect(
        _ text: String, _ name: String, reference: String? = nil, at location: SourceLocation = #_sourceLocation
    ) throws {
        let golden = try Golden.wire(name).replacing("<reference>", with: reference ?? "")
        #expect(Golden.masked(text) == golden, sourceLocation: location)
    }

    @Test func `6.1.1 a token with an offer to convert, and the charge that takes it`() async throws {
        try await withShop { shop in
            let token = try await shop.createToken(try Golden.request("token-dcc.request"))
            try expect(token.text, "token-dcc.response")
            let answer = try await charge(shop, "charge-dcc.request", token.show("token"))
            try expect(answer.text, "charge-dcc.response")
        }
    }

    @Test func `6.1.1 instalments by SmartPay id, with a campaign`() async throws {
        try await withShop { shop in
            let answer = try await charge(shop, "charge-smartpay-id.request", try await shop.token(Self.sample))
            try expect(answer.text, "charge-smartpay-id.response")
        }
    }

    @Test(arguments: [("plan", "20200530175603"), ("button", "20200530175604")])
    func `6.1.1 and 4.1.1.1 instalments by plan`(name: String, reference: String) async throws {
        try await withShop { shop in
            let token = try await shop.token(Self.sample)
            let answer = try await charge(shop, "charge-smartpay-\(name).request", token)
            try expect(answer.text, "charge-smartpay-plan.response", reference: reference)
        }
    }

    @Test func `6.1.1 a convenience fee, and 6.5.2 its webhook`() async throws {
        try await withShop { shop in
            try await shop.listen()
            let answer = try await charge(shop, "charge-convfee.request", try await shop.token(Self.sample))
            try expect(answer.text, "charge-convfee.response")
            let notice = try #require(try await shop.notices().first)
            try expect(notice.text, "webhook-convfee")
        }
    }
}
