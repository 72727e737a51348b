import APISupport
import Testing
import WireKit

/// The convenience fee, told to the payer before they agree to it.
@Suite struct CheckoutFeeTests {
    private static let changes: [(name: String, value: String?)] = [
        ("mid", Shop.Mid.convenienceFee), ("amount", "10.00"),
    ]

    private func submit(_ shop: Shop, _ number: String = Cards.approved, language: String? = nil) async throws -> Page {
        let card = CheckoutPageTests.card.map { $0.0 == "number" ? ("number", number) : $0 }
        let address = CheckoutPageTests.address(shop, "checkout", Self.changes)
        let body = FormBody.encode((card + [("savecard", "on")]).map { (name: $0.0, value: $0.1) })
        return try await Browser(shop: shop, language: language).post(address, body)
    }

    @Test(arguments: [Cards.approved, Cards.approvedMastercard])
    func `fee, tax and total are named, and what is agreed to is what is charged`(number: String) async throws {
        try await withShop { shop in
            let step = try await submit(shop, number)
            #expect(step.answer.status == 200 && !step.html.contains("id=\"handover\""))
            for shown in ["10.00 THB", "2.50 THB", "0.18 THB", "12.68 THB"] {
                #expect(step.html.contains("<dd>\(shown)</dd>"), "\(shown)")
            }
            let form = try #require(step.form(button: "Pay 12.68 THB"))
            let taken = try await Browser(shop: shop).submit(form)
            let values = try #require(taken.form(field: "mid")).values
            #expect(values.keys.sorted() == ["mid", "paymentMethods", "saveCard", "savecard", "token"])
            let charge = try await shop.charge(
                Body.charge(values["token"] ?? "", mid: Shop.Mid.convenienceFee).with("amount", "10")
                    .with("savecard", "true"))
            #expect(charge.show("transaction_state", "convfee.net_amount") == "Authorized 12.68")
        }
    }

    @Test func `a card without a fee has no such step`() async throws {
        try await withShop { shop in
            let jcb = try await submit(shop, Cards.jcb)
            #expect(jcb.html.contains("id=\"handover\""))
            let cheap = CheckoutPageTests.address(
                shop, "checkout", [("mid", Shop.Mid.convenienceFee), ("amount", "0.01")])
            let card = CheckoutPageTests.card.map { (name: $0.0, value: $0.1) }
            let page = try await Browser(shop: shop).post(cheap, FormBody.encode(card))
            #expect(page.html.contains("id=\"handover\""))
        }
    }

    @Test func `the card form says whose cards pay a fee`() async throws {
        try await withShop { shop in
            let browser = Browser(shop: shop)
            let page = try await browser.open(CheckoutPageTests.address(shop, "checkout", Self.changes))
            #expect(page.html.contains("With Visa, Mastercard a fee is added."))
            let other = try await browser.open(CheckoutPageTests.address(shop))
            #expect(!other.html.contains("a fee is added"))
        }
    }

    @Test func `the page is in Thai where the browser asks for it`() async throws {
        try await withShop { shop in
            let step = try await submit(shop, language: "th")
            #expect(step.html.contains("ค่าธรรมเนียมความสะดวก") && step.form(button: "ชำระเงิน 12.68 THB") != nil)
        }
    }

    @Test(arguments: ["10.00", "", "12.67", "x"])
    func `another total than the one that is due is shown again`(total: String) async throws {
        try await withShop { shop in
            let form = try #require(try await submit(shop).form(button: "Pay 12.68 THB"))
            let again = try await Browser(shop: shop).submit(form, [("total", total)])
            #expect(!again.html.contains("id=\"handover\"") && again.form(button: "Pay 12.68 THB") != nil)
        }
    }

    @Test func `a saved card's fee is named at once`() async throws {
        try await withShop { shop in
            let customer = try await shop.savedCustomer().id
            let address = CheckoutPageTests.address(shop, "checkout", Self.changes + [("customer-id", customer)])
            let page = try await Browser(shop: shop).open(address)
            for shown in ["10.00 THB", "2.50 THB", "0.18 THB", "12.68 THB"] {
                #expect(page.html.contains("<dd>\(shown)</dd>"), "\(shown)")
            }
            let taken = try await Browser(shop: shop).submit(page.form(button: "Pay 12.68 THB"))
            #expect(taken.html.contains("id=\"handover\"") && taken.form(field: "token") != nil)
        }
    }

    @Test func `of saved cards with and without a fee each names its total, and the fee is confirmed`() async throws {
        try await withShop { shop in
            let created = try await shop.savedCustomer()
            let added = try await shop.post(
                "/card/v2/customer/\(created.id)/card",
                "{\"mode\":\"token\",\"token\":\(quoted(try await shop.chargedToken(Cards.jcb)))}")
            #expect(added.status == 200, "\(added.text)")
            let address = CheckoutPageTests.address(shop, "checkout", Self.changes + [("customer-id", created.id)])
            let browser = Browser(shop: shop)
            let page = try await browser.open(address)
            #expect(page.html.contains(">12.68 THB with the fee</span>") && page.html.contains(">10.00 THB</span>"))
            let form = try #require(page.form(field: "card_id"))
            #expect(form.buttons == ["Pay"] && form.values["total"] == nil)
            let cards = form.fields.filter { $0.name == "card_id" }.map(\.value)
            let results = [
                try await browser.post(form.action, "card_id=\(cards[0])"),
                try await browser.post(form.action, "card_id=\(cards[1])"),
            ]
            #expect(results.map { $0.html.contains("id=\"handover\"") }.sorted { !$0 && $1 } == [false, true])
            #expect(results.filter { $0.form(button: "Pay 12.68 THB") != nil }.count == 1)
        }
    }

    @Test(arguments: ["late", "used", "unknown", "none"])
    func `a step whose token is gone leads back to the card form and says why`(why: String) async throws {
        try await withShop { shop in
            let form = try #require(try await submit(shop).form(button: "Pay 12.68 THB"))
            var filled: [(String, String)] = []
            switch why {
            case "late": shop.moveClock(seconds: 601)
            case "used":
                let charge = try await shop.charge(
                    Body.charge(form.values["token"] ?? "", mid: Shop.Mid.convenienceFee).with("amount", "10")
                        .with("savecard", "true"))
                #expect(charge.state == "Authorized success", "\(charge.text)")
            case "unknown": filled = [("token", "tokn_test_" + String(repeating: "0", count: 40))]
            default: filled = [("token", "")]
            }
            let page = try await Browser(shop: shop).submit(form, filled)
            #expect(page.answer.status == 422 && page.html.contains("What you were shown no longer holds"))
            #expect(page.form(field: "number") != nil && page.form(field: "token") == nil)
        }
    }
}
