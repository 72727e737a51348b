import APISupport
import Testing
import WireKit

/// The choice of currency on the checkout page (full DCC, 4.1.1.1).
@Suite struct CheckoutConversionTests {
    private func offered(_ shop: Shop) async throws -> Form {
        let address = CheckoutPageTests.address(
            shop, "checkout", [("mid", Shop.Mid.fullDCCWithout3DS), ("amount", "1000")])
        let card = CheckoutPageTests.card.map { (name: $0.0, value: $0.0 == "number" ? Cards.dollars : $0.1) }
        let page = try await Browser(shop: shop).post(address, FormBody.encode(card))
        return try #require(page.form(button: "29.80 USD"))
    }

    private func post(_ shop: Shop, _ form: Form, _ more: [(String, String)]) async throws -> Page {
        let fields = form.fields.filter { $0.name != "accept" } + more.map { (name: $0.0, value: $0.1) }
        return try await Browser(shop: shop).post(form.action, FormBody.encode(fields))
    }

    @Test(
        arguments: [
            ([("currency", "THB")], "THB"), ([("currency", "THB"), ("accept", "on")], "THB"),
            ([("currency", "USD"), ("accept", "on")], "USD"),
        ])
    func `what the payer chooses is handed over, and what they were shown is charged`(
        chosen: [(String, String)], currency: String
    ) async throws {
        try await withShop { shop in
            let page = try await post(shop, try await offered(shop), chosen)
            let values = try #require(page.form(field: "token")).values
            #expect(page.html.contains("id=\"handover\"") && values["dcc_currency"] == currency)
            let body = Body.charge(values["token"] ?? "", mid: Shop.Mid.fullDCCWithout3DS).with("amount", "1000")
                .with("dcc_data", "{\"dcc_currency\":\(quoted(values["dcc_currency"] ?? ""))}")
            let charge = try await shop.charge(body)
            #expect(charge.state == "Authorized success", "\(charge.text)")
            let charged = currency == "THB" ? "1000.00" : "29.80"
            #expect(try await shop.books(charge.id) == ["authorize \(charged) approved"])
        }
    }

    /// 4.1.1.2, table 2: the currency is mandatory under a merchant id for DCC.
    @Test func `a card that has no quote hands back the shop's currency`() async throws {
        try await withShop { shop in
            let address = CheckoutPageTests.address(shop, "checkout", [("mid", Shop.Mid.fullDCCWithout3DS)])
            let card = CheckoutPageTests.card
            let page = try await Browser(shop: shop).post(
                address, FormBody.encode(card.map { (name: $0.0, value: $0.0 == "number" ? "5411768003140872" : $0.1) })
            )
            let form = try #require(page.form(field: "token"))
            #expect(form.fields.prefix(4).map(\.name) == ["token", "dcc_currency", "mid", "paymentMethods"])
            #expect(form.values["dcc_currency"] == "THB")
        }
    }

    @Test(
        arguments: [
            [("currency", "USD")], [("currency", "EUR"), ("accept", "on")], [], [("accept", "on")],
            [("currency", "JPY"), ("accept", "on"), ("card_currency", "JPY"), ("converted", "1"), ("rate", "1")],
        ] as [[(String, String)]])
    func `nothing is taken without consent to the currency that is stored with the token`(
        chosen: [(String, String)]
    ) async throws {
        try await withShop { shop in
            let page = try await post(shop, try await offered(shop), chosen)
            #expect(page.answer.status == 422 && !page.html.contains("id=\"handover\""))
            #expect(page.form(button: "29.80 USD") != nil && !page.html.contains("JPY"))
        }
    }

    @Test(arguments: ["late", "used", "unknown", "another amount"], ["THB", "USD"])
    func `a quote that is gone leads back to the card form and says why`(why: String, currency: String) async throws {
        try await withShop { shop in
            var form = try await offered(shop)
            switch why {
            case "late": shop.moveClock(seconds: 601)
            case "used":
                let charge = try await shop.charge(
                    Body.charge(form.values["token"] ?? "", mid: Shop.Mid.fullDCCWithout3DS).with("amount", "1000"))
                #expect(charge.state == "Authorized success", "\(charge.text)")
            case "unknown":
                form = Form(action: form.action, fields: [(name: "token", value: "tokn_test_1")], buttons: [])
            default:
                form = Form(
                    action: form.action.replacing("amount=1000", with: "amount=1"), fields: form.fields, buttons: [])
            }
            let page = try await post(shop, form, [("currency", currency), ("accept", "on")])
            #expect(page.answer.status == 422 && page.html.contains("What you were shown no longer holds"))
            #expect(page.form(field: "number") != nil && page.form(field: "token") == nil)
        }
    }

    @Test func `a payer with saved cards is led back to them`() async throws {
        try await withShop { shop in
            let token = try await shop.chargedToken(Cards.dollars)
            let customer = try await shop.createCustomer(token).id
            let address = CheckoutPageTests.address(
                shop, "checkout", [("mid", Shop.Mid.fullDCCWithout3DS), ("customer-id", customer)])
            let browser = Browser(shop: shop)
            let offer = try await browser.submit(try await browser.open(address).form(field: "card_id"))
            let form = try #require(offer.form(button: "USD"))
            shop.moveClock(seconds: 601)
            let page = try await post(shop, form, [("currency", "USD"), ("accept", "on")])
            #expect(page.answer.status == 422 && page.html.contains("What you were shown no longer holds"))
            #expect(page.form(field: "card_id") != nil)
        }
    }
}
