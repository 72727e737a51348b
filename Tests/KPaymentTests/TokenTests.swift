import APISupport
import Testing

/// Card tokens (sandbox contract): single use, ten minutes, bound to what they were made for.
@Suite struct TokenTests {
    @Test(arguments: [
        ("4417706600005830", "visa", "441770*****5830"), ("4417 7066 0000 5830", "visa", "441770*****5830"),
        ("4417-7066-0000-5830", "visa", "441770*****5830"), ("5404888000072727", "mastercard", "540488*****2727"),
        ("2221000604647064", "mastercard", "222100*****7064"), ("3564580000056476", "jcb", "356458*****6476"),
        ("6210947764000027", "unionpay", "621094*****0027"), ("9100009764000010", "unionpay", "910000*****0010"),
        ("4242424242424242", "visa", "424242*****4242"), ("4222222222222", "visa", "422222*****2222"),
    ])
    func `a card gives a token and is shown by six and four digits`(
        number: String, brand: String, masked: String
    ) async throws {
        try await withShop { shop in
            let answer = try await shop.createToken(Body.card(number).text)
            #expect(answer.show("card.brand", "card.card_masking") == "\(brand) \(masked)", "\(answer.text)")
            #expect(answer.show("token").hasPrefix("tokn_test_") && answer.show("token").count <= 50)
            #expect(!answer.text.contains("SOMCHAI") && !answer.text.contains("\"123\""))
        }
    }

    @Test(arguments: ["number", "name", "expiry", "cvv"], ["-", "null", "\"\"", "\"  \""])
    func `what is missing is named`(name: String, raw: String) async throws {
        try await withShop { shop in
            let body = Body.card(Cards.approved)
            let answer = try await shop.createToken((raw == "-" ? body.without(name) : body.with(name, raw)).text)
            #expect(answer.error == "400 mandatory_is_empty" && answer.message.contains(name), "\(answer.text)")
        }
    }

    @Test(arguments: [
        ("number", "4417706600005831"), ("number", "4242"), ("number", "44177066000058300000000"), ("number", "abcd"),
        ("number", "٤٤١٧٧٠٦٦٠٠٠٠٥٨٣٠"), ("expiry", "13/30"), ("expiry", "00/30"), ("expiry", "02/26x"),
        ("expiry", "2030-12"), ("expiry", "12/3"), ("expiry", "02/26"), ("expiry", "12/25"), ("cvv", "12"),
        ("cvv", "12345"), ("cvv", "12a"), ("cvv", "๑๒๓"), ("cvv", "-12"),
    ])
    func `what is no card is refused and the field named`(name: String, text: String) async throws {
        try await withShop { shop in
            let answer = try await shop.createToken(Body.card(Cards.approved).with(name, text: text).text)
            #expect(answer.error == "400 invalid_parameter" && answer.message.contains(name), "\(answer.text)")
            #expect(name != "number" || !answer.text.contains(text), "a card number is never repeated")
        }
    }

    @Test(arguments: ["number", "name", "expiry", "cvv", "mid", "currency"], ["1", "true", "{}", "[]"])
    func `anything but text is refused and the field named`(name: String, raw: String) async throws {
        try await withShop { shop in
            let answer = try await shop.createToken(Body.card(Cards.approved).with(name, raw).text)
            #expect(answer.error == "400 invalid_parameter" && answer.message.contains(name), "\(answer.text)")
        }
    }

    @Test(arguments: ["03/26", "12/30", "12/99", "1230", "12 / 30"])
    func `a card is good until the end of its month`(expiry: String) async throws {
        try await withShop { shop in
            let answer = try await shop.createToken(Body.card(Cards.approved).with("expiry", text: expiry).text)
            #expect(answer.status == 200, "\(answer.text)")
        }
    }

    @Test(arguments: ["123", "1234", "000"])
    func `a security code has three or four digits`(code: String) async throws {
        try await withShop { shop in
            let token = try await shop.token { $0.with("cvv", text: code) }
            #expect(try await shop.charge(Body.charge(token)).state == "Authorized success")
        }
    }

    @Test(arguments: [
        ("mid", "\"nobody\"", "400 mid_and_tid_not_exist"), ("amount", "0", "400 amount_invalid"),
        ("amount", "-1", "400 amount_invalid"), ("amount", "1.001", "400 invalid_parameter"),
        ("amount", "true", "400 invalid_parameter"), ("customer_id", "\"cust_test_1\"", "404 customer_invalid"),
        ("card_id", "\"card_test_1\"", "400 mandatory_is_empty"),
    ])
    func `what a token cannot be made for is refused`(name: String, raw: String, error: String) async throws {
        try await withShop { shop in
            let answer = try await shop.createToken(Body.card(Cards.approved).with(name, raw).text)
            #expect(answer.error == error, "\(answer.text)")
        }
    }

    @Test(arguments: [("100", "XXX", "400 currency_invalid"), ("100.50", "JPY", "400 float_not_support")])
    func `an amount is checked in its currency`(amount: String, currency: String, error: String) async throws {
        try await withShop { shop in
            let body = Body.card(Cards.approved).with("amount", amount).with("currency", text: currency)
            let answer = try await shop.createToken(body.text)
            #expect(answer.error == error)
        }
    }

    @Test func `a token is used once`() async throws {
        try await withShop { shop in
            let token = try await shop.token()
            #expect(try await shop.charge(Body.charge(token)).state == "Authorized success")
            #expect(try await shop.charge(Body.charge(token, reference: "second")).error == "400 used_token")
        }
    }

    @Test func `a token that two requests want at the same time is given to one`() async throws {
        try await withShop { shop in
            let token = try await shop.token()
            let errors = try await withThrowingTaskGroup(of: String.self) { group in
                for index in 0..<8 {
                    group.addTask { try await shop.charge(Body.charge(token, reference: "R\(index)")).error }
                }
                return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
            }
            #expect(errors == ["200": 1, "400 used_token": 7])
        }
    }

    @Test func `a token lives ten minutes`() async throws {
        try await withShop { shop in
            let (first, second) = (try await shop.token(), try await shop.token())
            try await shop.advance(seconds: 540)
            #expect(try await shop.charge(Body.charge(first)).state == "Authorized success")
            try await shop.advance(seconds: 61)
            #expect(try await shop.charge(Body.charge(second)).error == "400 token_invalid")
            #expect(try await shop.charge(Body.charge(first, reference: "again")).error == "400 used_token")
        }
    }

    @Test(arguments: [
        "tokn_test_", "tokn_test_0", "token", "tokn_prod_0123456789012345678901234567890123456789",
        "tokn_test_0123456789012345678901234567890123456789", "tokn_test_ABCDEF7890123456789012345678901234567890",
        "card_test_0123456789012345678901234567890123456789", "'; DROP TABLE card_tokens; --",
    ])
    func `what is no token is invalid`(token: String) async throws {
        try await withShop { shop in
            let answer = try await shop.charge(Body.charge(token, reference: "R"))
            #expect(answer.error == "400 token_invalid")
        }
    }

    @Test func `another merchant's token is invalid, and still good for its own`() async throws {
        try await withShop { shop in
            let rival = try await shop.rival()
            let token = try await shop.token()
            #expect(try await rival.charge(Body.charge(token, mid: Shop.rivalMid)).error == "400 token_invalid")
            #expect(try await shop.charge(Body.charge(token)).state == "Authorized success")
        }
    }

    @Test(arguments: [
        ("mid", "\"401001001001001\""), ("amount", "200.49"), ("amount", "200.51"), ("amount", "\"0.01\""),
    ])
    func `a token made for something else conflicts, and is not used up`(name: String, raw: String) async throws {
        try await withShop { shop in
            let token = try await shop.token { $0.with(name, raw) }
            for _ in 0..<2 { #expect(try await shop.charge(Body.charge(token)).error == "400 token_conflict") }
        }
    }

    @Test func `a token made for an amount in one currency conflicts with another`() async throws {
        try await withShop { shop in
            let token = try await shop.token { $0.with("amount", "200.50").with("currency", text: "USD") }
            #expect(try await shop.charge(Body.charge(token)).error == "400 token_conflict")
            let inDollars = Body.charge(token).with("currency", text: "USD")
            #expect(try await shop.charge(inDollars).state == "Authorized success")
        }
    }

    /// The dialect's README: `token_conflict` where the currency is another.
    @Test func `a token made for a currency alone conflicts with another`() async throws {
        try await withShop { shop in
            let token = try await shop.token { $0.with("currency", text: "USD") }
            #expect(try await shop.charge(Body.charge(token)).error == "400 token_conflict")
        }
    }

    @Test func `a token made for no such currency is refused`() async throws {
        try await withShop { shop in
            let body = Body.card(Cards.approved).with("currency", text: "XXX")
            let answer = try await shop.createToken(body.text)
            #expect(answer.error == "400 currency_invalid")
        }
    }

    @Test func `a token made for exactly this is taken`() async throws {
        try await withShop { shop in
            let token = try await shop.token {
                $0.with("mid", text: Shop.Mid.without3DS).with("amount", "\"200.5\"").with("currency", text: "THB")
            }
            #expect(try await shop.charge(Body.charge(token)).state == "Authorized success")
        }
    }
}
