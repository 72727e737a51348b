import APISupport
import HTTPTypes
import Testing
import WireKit

/// The checkout page of an order (4.1.2), and of one that is paid by card.
@Suite struct OrderCheckoutTests {
    private func address(_ shop: Shop, _ order: Answer, _ means: String = "qr") -> String {
        "/ui/v2/checkout?apikey=\(shop.publicKey)&payment-methods=\(means)&amount=200&order-id=\(order.id)"
    }

    /// Where the page asks whether it has to wait.
    private func status(_ page: Page) -> String {
        page.html.firstMatch(of: /data-status="([^"]*)"/).map { String($0.1) } ?? ""
    }

    @Test func `a code is saved as a picture that galleries of phones take`() async throws {
        try await withShop { shop in
            let page = try await Browser(shop: shop).open(address(shop, try await shop.order()))
            let saved = try #require(page.html.firstMatch(of: /href="([^"]*)" download/))
            #expect(saved.1.hasSuffix(".png"))
            let picture = try await shop.send(.get, String(saved.1))
            #expect(picture.status == 200 && picture.header("content-type") == "image/png")
        }
    }

    @Test(arguments: ["qr", "wechat", "payplus"])
    func `while the bank has not answered no payer is asked to scan or to confirm`(means: String) async throws {
        try await withShop { shop in
            try await shop.control(
                .post, "/faults",
                "{\"rail\":\"qr\",\"fault\":\"timeout\",\"operation\":\"present\",\"count\":2}")
            let order = try await shop.order(
                .order(means).with("additional_data", "{\"phone\":\"0812345678\"}"))
            let address = address(shop, order, means)
            let page = try await Browser(shop: shop).open(address)
            #expect(page.html.contains("<h1>One moment, please</h1>") && !page.html.contains("/ui/v2/qr/"))
            #expect(!page.html.contains("0812345678"))
            #expect(try await shop.send(.get, status(page)).show("waiting") == "true")
            try await shop.advance(seconds: 300)
            #expect(try await shop.send(.get, status(page)).show("waiting") == "false")
            // It was taken back; the payer has another made.
            let over = try await Browser(shop: shop).open(address)
            #expect(over.html.contains("Payment not completed"))
            let shown = try await Browser(shop: shop).open(address + "&again=1")
            #expect(shown.html.contains(means == "payplus" ? "0812345678" : "/ui/v2/qr/"))
            #expect(try await shop.send(.get, status(shown)).show("waiting") == "true")
        }
    }

    // MARK: An order that is paid by card

    private static let terms = "{\"mid\":\"401202106042001\",\"smartpay_id\":\"888888\",\"term\":\"10\"}"

    private func open(_ shop: Shop, _ order: String, _ changes: [(name: String, value: String?)]) async throws -> Page {
        let address = CheckoutPageTests.address(
            shop, "checkout", [("order-id", order), ("amount", "1250.50")] + changes)
        return try await Browser(shop: shop).open(address)
    }

    private func cardOrder(_ shop: Shop, _ terms: String? = Self.terms) async throws -> String {
        let body = Body.order("card").with("amount", "1250.50")
        let order = try await shop.order(terms.map { body.with("additional_data", $0) } ?? body)
        try #require(order.status == 200, "\(order.text)")
        return order.id
    }

    @Test(
        arguments: [[], [("mid", nil)], [("amount", nil), ("mid", nil)], [("term", "10")], [("amount", "1250.5")]]
            as [[(name: String, value: String?)]])
    func `an order's terms are what the page offers where the shop says nothing`(
        changes: [(name: String, value: String?)]
    ) async throws {
        try await withShop { shop in
            let order = try await cardOrder(shop)
            let page = try await open(shop, order, [("mid", Shop.Mid.smartPay)] + changes)
            #expect(page.answer.status == 200 && page.html.contains("10 months"), "\(page.html)")
            let taken = try await Browser(shop: shop).submit(page.form(field: "number"), CheckoutPageTests.card)
            let values = try #require(taken.form(field: "token")).values
            #expect(values["smartpayId"] == "888888" && values["term"] == "10" && values["mid"] == Shop.Mid.smartPay)
            let body = Body.charge(values["token"] ?? "", mid: Shop.Mid.smartPay).with("amount", "1250.50")
                .additional(Shop.Mid.smartPay, "\"smartpay_id\":\"888888\",\"term\":\"10\"").with(
                    "order_id", text: order)
            #expect(try await shop.charge(body).state == "Pre-Authorized success")
        }
    }

    @Test(arguments: [
        ("order-id", "order_test_nonsense", "data-order-id: no order"), ("amount", "1250.51", "another amount"),
        ("mid", Shop.Mid.without3DS, "data-mid: the order says"), ("term", "3", "data-term: the order says 10"),
        ("smartpay-id", "0001", "data-smartpay-id: the order says 888888"), ("currency", "USD", "data-currency"),
    ])
    func `a page that says something else than its order is told what`(
        name: String, value: String, told: String
    ) async throws {
        try await withShop { shop in
            let order = try await cardOrder(shop)
            let page = try await open(shop, order, [("mid", Shop.Mid.smartPay), (name, value)])
            #expect(page.answer.status == 400 && page.html.contains(told), "\(page.html)")
        }
    }

    @Test func `an order without terms leaves them to the shop`() async throws {
        try await withShop { shop in
            let page = try await open(shop, try await cardOrder(shop, nil), [("campaign-id", "00000001")])
            #expect(page.answer.status == 200 && page.form(field: "number") != nil)
        }
    }

    @Test func `an order of another means, or that nobody can pay any more, opens no card form`() async throws {
        try await withShop { shop in
            let scanned = try await shop.order(Body.order(reference: "Q1").with("amount", "1250.50"))
            let other = try await open(shop, scanned.id, [])
            #expect(other.answer.status == 400 && other.html.contains("the order is for qr"))
            let order = try await cardOrder(shop, nil)
            let body = Body.charge(try await shop.token()).with("amount", "1250.50").with("order_id", text: order)
            #expect(try await shop.charge(body).state == "Authorized success")
            let paid = try await open(shop, order, [])
            #expect(paid.answer.status == 400 && paid.html.contains("the order is paid"))
            let late = try await shop.order(Body.order("card", reference: "Q2").with("amount", "1250.50"))
            try await shop.advance(seconds: 3_600)
            let over = try await open(shop, late.id, [])
            #expect(over.answer.status == 400 && over.html.contains("time is over"))
        }
    }
}
