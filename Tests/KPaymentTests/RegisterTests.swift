import APISupport
import Testing

/// Cards that are verified before they are kept: mode register3D (5.1.1).
@Suite struct RegisterTests {
    @Test func `a verified card is voided, told once, and kept`() async throws {
        try await withShop { shop in
            try await shop.listen()
            let token = try await shop.token()
            let charge = try await shop.register { $0.with("token", text: token) }
            try #require(charge.state == "Pre-Authorized success", "\(charge.text)")
            _ = try await Browser(shop: shop).authenticate(charge.show("redirect_url"))
            #expect(try await shop.inquire(charge.id).state == "Voided success")
            #expect(try await shop.notices().map(\.state) == ["Voided success"])
            #expect(try await shop.createCustomer(token).status == 200)
            try await shop.advanceToMidnight()
            #expect(try await shop.inquire(charge.id).state == "Voided success")
        }
    }

    /// 5.1.1 (2), step 8: the customer is made with the token that came back.
    @Test func `what the app catches has the token to keep the card by`() async throws {
        try await withShop { shop in
            try await shop.set("{\"kpayment\":{\"callback_url\":\"https://shop.example/cb\"}}")
            let charge = try await shop.register { $0 }
            let last = try await Browser(shop: shop).authenticate(charge.show("redirect_url"))
            let location = try #require(last.answer.location)
            let token = try #require(location.firstMatch(of: /[?&]token=(tokn_test_[^&]*)/)).1
            #expect(try await shop.createCustomer(String(token)).status == 200)
        }
    }

    @Test func `a wrong code verifies nothing`() async throws {
        try await withShop { shop in
            let token = try await shop.token()
            let charge = try await shop.register { $0.with("token", text: token) }
            _ = try await Browser(shop: shop).authenticate(charge.show("redirect_url"), code: "000000")
            #expect(try await shop.inquire(charge.id).state == "Pre-Authorized fail")
            #expect(try await shop.createCustomer(token).error == "400 card_not_verified")
        }
    }

    @Test func `it pays no order`() async throws {
        try await withShop { shop in
            let answer = try await shop.register { $0.with("order_id", text: "order_test_1") }
            #expect(answer.error == "400 invalid_parameter")
        }
    }

    @Test(arguments: ["2", "0.99", "1.01"])
    func `any other amount than 1 is refused`(amount: String) async throws {
        try await withShop { shop in
            let answer = try await shop.register { $0.with("amount", amount) }
            #expect(answer.error == "400 amount_invalid")
        }
    }

    @Test func `a merchant id without 3-D Secure verifies no cards`() async throws {
        try await withShop { shop in
            let answer = try await shop.register(mid: Shop.Mid.without3DS)
            #expect(answer.error == "400 register_3d_mode_not_allow")
        }
    }
}
