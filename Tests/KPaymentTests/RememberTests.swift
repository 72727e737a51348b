import APISupport
import Testing
import WireKit

/// “Remember this card” from the page to the customer's cards (4.1.1.2, 5.1.1, 6.1.1, 6.2).
@Suite struct RememberTests {
    /// What a page hands over; nothing is ticked where `ticked` is empty.
    private func taken(
        _ shop: Shop, _ ticked: String, page: String = "checkout", _ changes: [(name: String, value: String?)] = []
    ) async throws -> [String: String] {
        let address = CheckoutPageTests.address(shop, page, changes)
        let form = (CheckoutPageTests.card + [("savecard", ticked)]).map { (name: $0.0, value: $0.1) }
        let landed = try await Browser(shop: shop).post(address, FormBody.encode(form))
        return try #require(landed.form(field: "token"), "\(landed.html)").values
    }

    /// A charge of what the page showed, with this `savecard`; nil leaves it out.
    private func charge(
        _ shop: Shop, _ taken: [String: String], _ word: String?, mid: String = Shop.Mid.without3DS
    ) async throws -> Answer {
        let body = Body.charge(taken["token"] ?? "", mid: mid).with("amount", "1250.50")
        return try await shop.charge(word.map { body.with("savecard", $0) } ?? body)
    }

    @Test(arguments: [
        ("on", "true"), ("on", "\"true\""), ("on", "false"), ("", "false"), ("", nil), ("", "null"),
    ])
    func `a shop that says what the payer said, or keeps less, charges`(ticked: String, word: String?) async throws {
        try await withShop { shop in
            let taken = try await taken(shop, ticked)
            #expect(taken["savecard"] == (ticked.isEmpty ? nil : "true"))
            #expect(try await charge(shop, taken, word).state == "Authorized success")
        }
    }

    @Test(arguments: [nil, "null", "\"\""])
    func `a shop that was told of the payer's wish says what becomes of it`(word: String?) async throws {
        try await withShop { shop in
            let taken = try await taken(shop, "on")
            let answer = try await charge(shop, taken, word)
            #expect(answer.error == "400 mandatory_is_empty" && answer.message.contains("savecard"))
            #expect(try await charge(shop, taken, "true").state == "Authorized success")
        }
    }

    @Test func `a card is not kept against its payer's word`() async throws {
        try await withShop { shop in
            let taken = try await taken(shop, "")
            let answer = try await charge(shop, taken, "true")
            #expect(answer.error == "400 invalid_parameter" && answer.message.contains("savecard"))
            try #require(try await charge(shop, taken, nil).state == "Authorized success")
            let token = taken["token"] ?? ""
            let created = try await shop.createCustomer(token)
            #expect(created.error == "400 invalid_parameter" && created.message.contains("token"))
            let customer = try await shop.savedCustomer().id
            let body = "{\"mode\":\"token\",\"token\":\(quoted(token))}"
            let added = try await shop.post(Shop.customers + "/\(customer)/card", body)
            #expect(added.error == "400 invalid_parameter")
            #expect(try await shop.get(Shop.customers + "/\(customer)").show("cards.count") == "1")
        }
    }

    @Test func `a card whose payer ticked the box is kept for a customer`() async throws {
        try await withShop { shop in
            let taken = try await taken(shop, "on")
            try #require(try await charge(shop, taken, "true").state == "Authorized success")
            let created = try await shop.createCustomer(taken["token"])
            #expect(created.show("cards.0.card_masking") == "441770*****5830")
        }
    }

    @Test(arguments: ["true", "false"])
    func `the payer brings back from their bank what the shop has said`(word: String) async throws {
        try await withShop { shop in
            try await shop.set("{\"kpayment\":{\"callback_url\":\"https://shop.example/cb\"}}")
            let taken = try await taken(shop, "on", [("mid", Shop.Mid.full)])
            let answer = try await charge(shop, taken, word, mid: Shop.Mid.full)
            let back = try await Browser(shop: shop).authenticate(answer.show("redirect_url"))
            #expect(back.form(field: "objectId")?.values["saveCard"] == word)
        }
    }

    @Test(arguments: ["true", "false", nil])
    func `where the shop hides the box it answers for its payers itself`(word: String?) async throws {
        try await withShop { shop in
            let taken = try await taken(shop, "on", [("savecard", "false")])
            try #require(try await charge(shop, taken, word).state == "Authorized success")
            #expect(try await shop.createCustomer(taken["token"]).status == 200)
        }
    }

    /// The step's form carries no word of it that could be changed.
    @Test func `a later step hands over what was said on the card's form`() async throws {
        try await withShop { shop in
            for (ticked, isSaved) in [("on", true), ("", false)] {
                let address = CheckoutPageTests.address(
                    shop, "checkout", [("mid", Shop.Mid.convenienceFee), ("amount", "10.00")])
                let card = (CheckoutPageTests.card + [("savecard", ticked)]).map { (name: $0.0, value: $0.1) }
                let browser = Browser(shop: shop)
                let step = try #require(
                    try await browser.post(address, FormBody.encode(card)).form(button: "Pay 12.68 THB"))
                #expect(step.values["savecard"] == nil)
                let fields = step.fields + [(name: "savecard", value: isSaved ? "false" : "true")]
                let page = try await browser.post(step.action, FormBody.encode(fields))
                let values = try #require(page.form(field: "mid")).values
                #expect((values["savecard"] == "true") == isSaved && (values["saveCard"] == "true") == isSaved)
            }
        }
    }

    @Test(arguments: [(nil, "true"), ("false", "false"), ("true", "true")])
    func `verifying a card from the page that saves is to keep it`(word: String?, back: String) async throws {
        try await withShop { shop in
            try await shop.set("{\"kpayment\":{\"callback_url\":\"https://shop.example/cb\"}}")
            let taken = try await taken(
                shop, "", page: "webview/save", [("amount", nil), ("payment-methods", nil), ("mid", Shop.Mid.full)])
            let answer = try await shop.register {
                let body = $0.with("token", text: taken["token"] ?? "").with("callback_type", "\"web\"")
                return word.map { body.with("savecard", $0) } ?? body
            }
            try #require(answer.state == "Pre-Authorized success", "\(answer.text)")
            let page = try await Browser(shop: shop).authenticate(answer.show("redirect_url"))
            #expect(page.form(field: "objectId")?.values["saveCard"] == back)
            #expect(try await shop.createCustomer(taken["token"]).status == 200)
        }
    }

    @Test func `a card is not verified for keeping against its payer's word`() async throws {
        try await withShop { shop in
            let taken = try await taken(shop, "", [("mid", Shop.Mid.full), ("amount", "1.00")])
            let answer = try await shop.register { $0.with("token", text: taken["token"] ?? "") }
            #expect(answer.error == "400 invalid_parameter" && answer.message.contains("savecard"))
        }
    }

    @Test(arguments: [("true", "true"), ("false", "-"), ("null", "-"), ("\"true\"", "true")])
    func `a token without a page says what it was told`(word: String, said: String) async throws {
        try await withShop { shop in
            let answer = try await shop.createToken(Body.card(Cards.approved).with("savecard", word).text)
            #expect(answer.status == 200 && answer.show("savecard") == said)
            let charge = try await shop.charge(Body.charge(answer.show("token")))
            #expect(charge.error == (said == "true" ? "400 mandatory_is_empty" : "200"))
        }
    }

    @Test(arguments: ["1", "\"yes\"", "[]", "{}"])
    func `what is no yes or no makes no token`(word: String) async throws {
        try await withShop { shop in
            let answer = try await shop.createToken(Body.card(Cards.approved).with("savecard", word).text)
            #expect(answer.error == "400 invalid_parameter" && answer.message.contains("savecard"))
        }
    }

    @Test func `a webview that saves a card needs no amount and says that the card is to be saved`() async throws {
        try await withShop { shop in
            let address = CheckoutPageTests.address(
                shop, "webview/save", [("amount", nil), ("payment-methods", nil), ("mid", Shop.Mid.full)])
            let page = try await CheckoutPageTests.submit(shop, address)
            let values = try #require(page.form(field: "token")).values
            #expect(values["savecard"] == "true" && values["saveCard"] == "true")
        }
    }

    @Test(arguments: [
        (nil, "on", true), (nil, "true", true), ("true", "on", true), ("false", "on", false), (nil, "", false),
    ])
    func `a card is remembered where the payer asks for it and the shop offers it`(
        attribute: String?, ticked: String, isSaved: Bool
    ) async throws {
        try await withShop { shop in
            let address = CheckoutPageTests.address(shop, "checkout", [("savecard", attribute)])
            let fields = (CheckoutPageTests.card + [("savecard", ticked)]).map { (name: $0.0, value: $0.1) }
            let page = try await Browser(shop: shop).post(address, FormBody.encode(fields))
            #expect((page.form(field: "savecard") != nil) == isSaved)
        }
    }
}
