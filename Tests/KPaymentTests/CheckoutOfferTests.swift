import APISupport
import Testing
import WireKit

/// What the checkout page offers of instalments and promotions, and that it takes nothing else (4.1.1.1).
@Suite struct CheckoutOfferTests {
    private static let scheme: [(name: String, value: String?)] = [
        ("mid", Shop.Mid.smartPay), ("smartpay-id", "0001"),
    ]
    private static let plan: [(name: String, value: String?)] = [
        ("mid", Shop.Mid.smartPay), ("plan-id", "999"), ("ipan-mode", "03"), ("product-type", "003"),
        ("supplier-no", "99903"), ("model-no", "123456"),
    ]

    private static func post(_ shop: Shop, _ address: String, _ more: [(String, String)]) async throws -> Page {
        let fields = (CheckoutPageTests.card + more).map { (name: $0.0, value: $0.1) }
        return try await Browser(shop: shop).post(address, FormBody.encode(fields))
    }

    @Test(arguments: [scheme, plan])
    func `a payer chooses the term where the shop has set none, and the charge takes it`(
        attributes: [(name: String, value: String?)]
    ) async throws {
        try await withShop { shop in
            let address = CheckoutPageTests.address(shop, "checkout", attributes)
            let browser = Browser(shop: shop)
            let page = try await browser.open(address)
            let form = try #require(page.form(field: "number"))
            #expect(form.fields.filter { $0.name == "term" }.map(\.value) == ["3", "6", "10"])
            #expect(page.html.contains("416.84 THB a month") && !page.html.contains(" checked"))
            let taken = try await browser.submit(form, CheckoutPageTests.card + [("term", "6")])
            let values = try #require(taken.form(field: "token")).values
            #expect(values["term"] == "6")
            let body = Body.charge(values["token"] ?? "", mid: Shop.Mid.smartPay).with("amount", "1250.50")
            let asked = values["smartpayId"].map {
                body.additional(Shop.Mid.smartPay, "\"smartpay_id\":\(quoted($0)),\"term\":\"6\"")
            }
            let plan = SmartPay().with("ipan_mode", "\"03\"").with("product_type", "\"003\"")
                .with("model_no", "\"123456\"").with("payment_term", "\"6\"")
            let charge = try await shop.charge(asked ?? body.with("smartpay", plan.text))
            #expect(charge.state == "Pre-Authorized success", "\(charge.text)")
        }
    }

    @Test(arguments: [nil, "", "4", "12", "x", "-3", "3.0"])
    func `no card is taken without a term that is offered`(term: String?) async throws {
        try await withShop { shop in
            let address = CheckoutPageTests.address(shop, "checkout", Self.scheme)
            let page = try await Self.post(shop, address, term.map { [("term", $0)] } ?? [])
            #expect(page.answer.status == 422 && page.html.contains("Please choose the number of months."))
            #expect(page.form(field: "token") == nil && page.form(field: "number")?.values["name"] == "SOMCHAI J")
        }
    }

    @Test func `a term that was chosen stays chosen when the card is wrong`() async throws {
        try await withShop { shop in
            let address = CheckoutPageTests.address(shop, "checkout", Self.scheme)
            let wrong = try await Browser(shop: shop).post(address, "term=10")
            #expect(wrong.answer.status == 422 && wrong.html.contains("value=\"10\" required checked"))
            #expect(!wrong.html.contains("Please choose the number of months.</p>"))
        }
    }

    @Test func `a shop's own term cannot be chosen anew`() async throws {
        try await withShop { shop in
            let fixed = CheckoutPageTests.address(shop, "checkout", Self.scheme + [("term", "10")])
            let taken = try await Self.post(shop, fixed, [("term", "3")])
            #expect(taken.form(field: "token")?.values["term"] == "10")
        }
    }

    static let faults: [(attributes: [(name: String, value: String?)], told: String)] = [
        ([("smartpay-id", "0002"), ("term", "11")], "data-term"), ([("smartpay-id", "9999")], "data-smartpay-id"),
        ([("smartpay-id", "9999"), ("term", "10")], "no such offer"),
        (plan + [("plan-id", "998")], "data-plan-id"), (plan + [("term", "4")], "data-term"),
        (plan + [("ipan-mode", "05")], "one of 01, 02, 03, 04"), (plan + [("ipan-mode", "04")], "no such offer"),
        (
            plan + [("ipan-mode", "02"), ("product-type", "3"), ("supplier-no", "99902"), ("model-no", "999999")],
            "not valid today"
        ),
        (
            plan + [("ipan-mode", "02"), ("product-type", "3"), ("model-no", "100001"), ("amount", "2999.99")],
            "data-amount"
        ),
    ]

    @Test(arguments: faults.indices)
    func `instalments that are not offered are told to the developer in place of the form`(index: Int) async throws {
        try await withShop { shop in
            let (attributes, told) = Self.faults[index]
            let address = CheckoutPageTests.address(shop, "checkout", [("mid", Shop.Mid.smartPay)] + attributes)
            let opened = try await Browser(shop: shop).open(address)
            let posted = try await Self.post(shop, address, [("term", "10")])
            for page in [opened, posted] {
                #expect(page.answer.status == 400 && page.html.contains(told), "\(page.html)")
                #expect(page.form(field: "number") == nil && page.form(field: "token") == nil)
            }
        }
    }

    @Test(arguments: [
        ("00000001", Cards.jcb, true), ("00000002", Cards.approved, true), ("00000002", Cards.jcb, false),
        ("00000002", "5372074248113841", false),
    ])
    func `a card that takes no part in the shop's promotion is not taken`(
        campaign: String, number: String, isTaken: Bool
    ) async throws {
        try await withShop { shop in
            let address = CheckoutPageTests.address(shop, "checkout", [("campaign-id", campaign)])
            let card = CheckoutPageTests.card.map { $0.0 == "number" ? ("number", number) : $0 }
            let page = try await Browser(shop: shop).post(
                address, FormBody.encode(card.map { (name: $0.0, value: $0.1) }))
            #expect(page.answer.status == (isTaken ? 200 : 422))
            #expect(page.html.contains("takes no part in the shop") == !isTaken)
            #expect((page.form(field: "token") != nil) == isTaken)
        }
    }

    @Test func `a card is saved only where it can be verified`() async throws {
        try await withShop { shop in
            func page(_ mid: String) async throws -> Page {
                let changes: [(name: String, value: String?)] = [
                    ("amount", nil), ("payment-methods", nil), ("mid", mid),
                ]
                return try await Browser(shop: shop).open(CheckoutPageTests.address(shop, "webview/save", changes))
            }
            let without = try await page(Shop.Mid.without3DS)
            #expect(without.answer.status == 400 && without.html.contains("without 3-D Secure"))
            // A verification passes over instalments: the page needs no attribute of theirs.
            for mid in [Shop.Mid.full, Shop.Mid.smartPay] {
                #expect(try await page(mid).form(field: "number") != nil)
            }
            try await shop.set("{\"kpayment\":{\"register3d\":false}}")
            let refused = try await page(Shop.Mid.full)
            #expect(refused.answer.status == 400 && refused.html.contains("verifies no cards"))
        }
    }

    @Test func `with a saved card the term is chosen, too`() async throws {
        try await withShop { shop in
            let customer = try await shop.savedCustomer().id
            let address = CheckoutPageTests.address(shop, "checkout", Self.scheme + [("customer-id", customer)])
            let browser = Browser(shop: shop)
            let form = try #require(try await browser.open(address).form(field: "card_id"))
            let card = form.values["card_id"] ?? ""
            let without = try await browser.post(form.action, "card_id=\(card)")
            #expect(without.answer.status == 422 && without.html.contains("Please choose the number of months."))
            #expect(without.html.contains("value=\"\(card)\" required checked"))
            let other = try await browser.post(form.action, "card_id=\(card)&term=4")
            #expect(other.answer.status == 422)
            let taken = try await browser.post(form.action, "card_id=\(card)&term=3")
            #expect(taken.form(field: "token")?.values["term"] == "3")
        }
    }

    @Test func `saved cards that the payment does not take are not shown, and cannot be sent`() async throws {
        try await withShop { shop in
            let token = try await shop.chargedToken(Cards.jcb)
            let customer = try await shop.createCustomer(token).id
            let all = CheckoutPageTests.address(shop, "checkout", [("customer-id", customer)])
            let browser = Browser(shop: shop)
            let card = try #require(try await browser.open(all).form(field: "card_id")).values["card_id"] ?? ""
            let address = all + "&campaign-id=00000002"
            #expect(try await browser.open(address).form(field: "number") != nil)
            let sent = try await browser.post(
                address.replacing("/checkout?", with: "/checkout/saved?"), "card_id=\(card)")
            #expect(sent.form(field: "token") == nil && sent.form(field: "number") != nil)
        }
    }
}
