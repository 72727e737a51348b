import APISupport
import HTTPTypes
import Testing

/// 6.2 Customer API, and what saved cards are for.
@Suite struct CustomerTests {
    private func masked(_ answer: Answer) -> String { Golden.masked(answer.text) }

    private static let head = """
        {"id":"cust_test_<id>","object":"customer","email":"somrak@gmail.com","name":"Somrak Raktrakoon",\
        "created":"<time>","livemode":false,
        """

    @Test func `6.2.1 to 6.2.6 a customer's life, byte for byte`() async throws {
        try await withShop { shop in
            let created = try await shop.savedCustomer()
            #expect(
                masked(created) == Self.head + """
                    "default_card":"card_test_<id>","cards":[{"id":"card_test_<id>","object":"card","brand":"VISA",\
                    "name":"SOMCHAI J","card_masking":"441770*****5830","expired":"<time>"}]}
                    """)
            #expect(created.show("cards.0.expired") == "20301231000000000")
            let path = Shop.customers + "/" + created.id
            let shown =
                Self.head + """
                    "default_card":"card_test_<id>","cards":[{"id":"card_test_<id>","brand":"VISA",\
                    "name":"SOMCHAI J","number":"441770*****5830","expired":"<time>"}]}
                    """
            #expect(masked(try await shop.get(path)) == shown)
            let updated = try await shop.post(path, "{\"email\":\"new@gmail.com\"}")
            #expect(masked(updated) == shown.replacing("somrak@gmail.com", with: "new@gmail.com"))
            let second = try await shop.chargedToken(Cards.approvedMastercard)
            let added = try await shop.post(path + "/card", "{\"mode\":\"token\",\"token\":\(quoted(second))}")
            #expect(added.show("cards.count", "cards.1.brand") == "2 MASTERCARD")
            let card = created.show("default_card")
            let removed = try await shop.delete(path + "/card/" + card)
            #expect(removed.text == "{\"id\":\"\(card)\",\"object\":\"card\",\"livemode\":false,\"deleted\":true}")
            #expect(try await shop.get(path).show("default_card") == added.show("cards.1.id"))
            let gone = try await shop.delete(path)
            let deleted = "{\"id\":\"\(created.id)\",\"object\":\"customer\",\"deleted\":true,\"livemode\":false}"
            #expect(gone.text == deleted)
            #expect(try await shop.get(path).error == "404 customer_invalid")
        }
    }

    @Test func `PATCH updates too, and moves the default card`() async throws {
        try await withShop { shop in
            let id = try await shop.savedCustomer().id
            let path = Shop.customers + "/" + id
            let headers = [("x-api-key", shop.secretKey)]
            let body = "{\"email\":\"a@b.example\",\"default_card\":\"card_test_\(String(repeating: "0", count: 32))\"}"
            #expect(try await shop.send(.patch, path, headers, body: body).error == "404 card_invalid")
            let answer = try await shop.send(.patch, path, headers, body: "{\"email\":\"a@b.example\",\"name\":\"B\"}")
            #expect(answer.show("email", "name") == "a@b.example B")
        }
    }

    @Test(arguments: [
        ("email", "null", "400 mandatory_is_empty"), ("email", "1", "400 invalid_parameter"),
        ("email", "\"nobody\"", "400 invalid_parameter"), ("name", "\" \"", "400 mandatory_is_empty"),
        ("name", "[]", "400 invalid_parameter"), ("mode", "\"card\"", "400 invalid_parameter"),
        ("mode", "null", "400 mandatory_is_empty"), ("token", "7", "400 invalid_parameter"),
        ("token", "\"tokn_test_1\"", "400 token_invalid"),
        ("email", "\"\(String(repeating: "a", count: 49))@b\"", "400 invalid_parameter"),
        ("name", "\"\(String(repeating: "a", count: 257))\"", "400 invalid_parameter"),
    ])
    func `a faulty field makes no customer`(name: String, raw: String, error: String) async throws {
        try await withShop { shop in
            let answer = try await shop.createCustomer(nil) { $0.with(name, raw) }
            #expect(answer.error == error)
        }
    }

    @Test func `a token is kept once, and another merchant's customer does not exist`() async throws {
        try await withShop { shop in
            let token = try await shop.chargedToken()
            let first = try await shop.createCustomer(token)
            #expect(try await shop.createCustomer(token).error == "400 used_token")
            let rival = try await shop.rival()
            #expect(try await rival.get(Shop.customers + "/" + first.id).error == "404 customer_invalid")
            #expect(try await rival.delete(Shop.customers + "/" + first.id).error == "404 customer_invalid")
            #expect(try await shop.get(Shop.customers + "/" + first.id).status == 200)
        }
    }

    @Test func `a charged token's card may be kept for a day`() async throws {
        try await withShop { shop in
            let tokens = [try await shop.chargedToken(), try await shop.chargedToken()]
            try await shop.advance(seconds: 86_400)
            #expect(try await shop.createCustomer(tokens[0]).status == 200)
            try await shop.advance(seconds: 700)
            #expect(try await shop.createCustomer(tokens[1]).error == "400 token_invalid")
        }
    }

    @Test func `a repeated request makes one customer`() async throws {
        try await withShop { shop in
            let token = try await shop.chargedToken()
            let first = try await shop.createCustomer(token, idempotencyKey: "k")
            #expect(try await shop.createCustomer(token, idempotencyKey: "k").text == first.text)
            #expect(try await shop.createCustomer(nil, idempotencyKey: "k").status == 422)
        }
    }

    @Test(arguments: [" ", "\t\n", "\u{3000}"])
    func `a customer's name cannot be made blank`(name: String) async throws {
        try await withShop { shop in
            let customer = try await shop.createCustomer(nil)
            let path = Shop.customers + "/" + customer.id
            let body = "{\"email\":\"new@gmail.com\",\"name\":\(quoted(name))}"
            let answer = try await shop.post(path, body)
            #expect(answer.error == "400 mandatory_is_empty" && answer.message.contains("name"))
            let kept = try await shop.get(path)
            #expect(kept.show("name", "email") == customer.show("name", "email"))
        }
    }

    @Test func `5.1.2 a saved card pays by name and by token`() async throws {
        try await withShop { shop in
            let saved = try await shop.savedCustomer()
            let card = saved.show("default_card")
            let named = "{\"customer_id\":\(quoted(saved.id)),\"card_id\":\(quoted(card))}"
            let direct = try await shop.charge {
                $0.without("token").with("mode", "\"customer\"").with("customer", named)
            }
            #expect(direct.state == "Authorized success" && direct.show("source.id") == card)
            let made = try await shop.createToken(named)
            #expect(made.show("card.card_masking") == "441770*****5830")
            let byToken = try await shop.charge(
                Body.charge(made.show("token")).with("customer", "{\"customer_id\":\(quoted(saved.id))}"))
            #expect(byToken.state == "Authorized success" && byToken.show("source.id") == card)
            let other = try await shop.createCustomer(nil).id
            let conflict = try await shop.charge(
                Body.charge(try await shop.createToken(named).show("token"))
                    .with("customer", "{\"customer_id\":\(quoted(other))}"))
            #expect(conflict.error == "400 token_conflict")
        }
    }
}
