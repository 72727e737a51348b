import APISupport
import HTTPTypes
import Payments
import Testing
import WireKit

/// The checkout page as the script opens it, and the webview pages (3.2.5, 4.1.1).
@Suite struct CheckoutPageTests {
    static let card = [("number", Cards.approved), ("name", "SOMCHAI J"), ("expiry", "12/30"), ("cvv", "123")]

    /// The address of a page with the usual attributes, changed as the test wants them; nil leaves one out.
    static func address(
        _ shop: Shop, _ page: String = "checkout", _ changes: [(name: String, value: String?)] = []
    ) -> String {
        var query = [
            ("apikey", shop.publicKey), ("amount", "1250.50"), ("payment-methods", "card"),
            ("mid", Shop.Mid.without3DS), ("name", "Awesome Shop"),
        ]
        for change in changes {
            query.removeAll { $0.0 == change.name }
            if let value = change.value { query.append((change.name, value)) }
        }
        return "/ui/v2/\(page)?" + FormBody.encode(query.map { (name: $0.0, value: $0.1) })
    }

    static func submit(
        _ shop: Shop, _ address: String, _ card: [(String, String)] = Self.card
    ) async throws -> Page {
        let browser = Browser(shop: shop)
        return try await browser.submit(try await browser.open(address).form(field: "number"), card)
    }

    @Test func `a card typed into the page pays`() async throws {
        try await withShop { shop in
            let result = try await Self.submit(shop, Self.address(shop))
            let fields = try #require(result.form(field: "token")).values
            #expect(result.answer.status == 200)
            #expect(fields["mid"] == Shop.Mid.without3DS && fields["paymentMethods"] == "card")
            let token = try #require(fields["token"])
            let charge = try await shop.charge(
                Body.charge(token, mid: Shop.Mid.without3DS).with("amount", "1250.50"))
            #expect(charge.state == "Authorized success")
        }
    }

    @Test(arguments: [("amount", "1250.51"), ("currency", "\"USD\"")])
    func `what the payer has seen is what the token pays`(field: String, value: String) async throws {
        try await withShop { shop in
            let fields = try #require(try await Self.submit(shop, Self.address(shop)).form(field: "token")).values
            let body = Body.charge(fields["token"] ?? "", mid: Shop.Mid.without3DS)
                .with("amount", "1250.50").with(field, value)
            let charge = try await shop.charge(body)
            #expect(charge.error == "400 token_conflict")
        }
    }

    @Test(arguments: [("number", "4417706600005831"), ("number", ""), ("number", "12"), ("number", "4417x06600005830")])
    func `a wrong number is told beside its field, and no number or code comes back`(
        field: String, value: String
    ) async throws {
        try await withShop { shop in
            let card = Self.card.map { $0.0 == field ? ($0.0, value) : $0 }
            let page = try await Self.submit(shop, Self.address(shop), card)
            #expect(page.answer.status == 422)
            #expect(page.html.contains("aria-invalid=\"true\"") && page.form(field: "token") == nil)
            let values = try #require(page.form(field: "number")).values
            #expect(values["number"] == "" && values["cvv"] == "")
            #expect(values["name"] == "SOMCHAI J" && values["expiry"] == "12/30")
            if value.utf8.count > 2 { #expect(!page.html.contains(value)) }
        }
    }

    @Test(arguments: [
        ("name", "", "Please fill in the name"), ("name", String(repeating: "x", count: 101), "too long"),
        ("expiry", "", "Please fill in the expiry"), ("expiry", "13/30", "month and year"),
        ("expiry", "02/26", "has expired"), ("cvv", "", "Please fill in the security code"),
        ("cvv", "12", "three or four digits"), ("cvv", "12a", "three or four digits"),
        ("cvv", "12345", "three or four digits"), ("number", "6210947764000027", "does not take this kind of card"),
        ("number", "378282246310005", "does not take this kind of card"),
    ])
    func `every other field says what is wrong with it`(field: String, value: String, told: String) async throws {
        try await withShop { shop in
            let card = Self.card.map { $0.0 == field ? ($0.0, value) : $0 }
            let page = try await Self.submit(shop, Self.address(shop), card)
            #expect(page.answer.status == 422 && page.html.contains(told))
        }
    }

    @Test(arguments: ["12/2030", "12 / 2030", "12/30", "1230"])
    func `an expiry may be written with its whole year`(expiry: String) async throws {
        try await withShop { shop in
            let card = Self.card.map { $0.0 == "expiry" ? ($0.0, expiry) : $0 }
            let page = try await Self.submit(shop, Self.address(shop), card)
            #expect(page.form(field: "token") != nil)
        }
    }

    @Test(arguments: ["12/2130", "12/203", "12/20305", "2030/12", "12/1930"])
    func `an expiry that is none is no other one`(expiry: String) async throws {
        try await withShop { shop in
            let card = Self.card.map { $0.0 == "expiry" ? ($0.0, expiry) : $0 }
            let page = try await Self.submit(shop, Self.address(shop), card)
            #expect(page.answer.status == 422 && page.html.contains("month and year"))
        }
    }

    @Test func `a form without any field is told of all four`() async throws {
        try await withShop { shop in
            let page = try await Browser(shop: shop).post(Self.address(shop), "")
            #expect(page.answer.status == 422 && page.html.matches(of: /aria-invalid="true"/).count == 4)
        }
    }

    @Test func `instalments are handed back in the document's words`() async throws {
        try await withShop { shop in
            let address = Self.address(
                shop, "checkout", [("mid", Shop.Mid.smartPay), ("smartpayid", "0001"), ("term", "10")])
            let page = try await Self.submit(shop, address)
            let fields = try #require(page.form(field: "token")).fields.dropFirst()
            #expect(
                fields.map { "\($0.name)=\($0.value)" } == [
                    "mid=\(Shop.Mid.smartPay)", "paymentMethods=card", "smartpayId=0001", "term=10",
                ])
        }
    }

    @Test(arguments: PageTests.hostile) func `what a shop writes is text`(text: String) async throws {
        try await withShop { shop in
            let address = Self.address(shop, "checkout", [("name", text), ("description", text), ("ref-number", text)])
            let page = try await Browser(shop: shop).open(address)
            for raw in ["<script>alert", "<form action=//evil>", "onmouseover=\"alert", "<b>"] {
                let isThere = page.html.utf8Contains(raw)
                #expect(!isThere, "\(raw)")
            }
            #expect(page.form(field: "number") != nil)
        }
    }

    @Test func `a form that is none or too large is refused`() async throws {
        try await withShop { shop in
            let browser = Browser(shop: shop)
            let broken = try await browser.post(Self.address(shop), "number=%FF")
            #expect(broken.answer.status == 400)
            let large = try await browser.post(
                Self.address(shop), "number=" + String(repeating: "1", count: 65_537))
            #expect(large.answer.status == 413)
        }
    }

    @Test(arguments: [
        ("en", "Card number", "Please fill in the card number.", "This payment cannot begin"),
        ("th", "หมายเลขบัตร", "กรุณากรอกหมายเลขบัตร", "ไม่สามารถเริ่มการชำระเงินได้"),
        ("km", "លេខកាត", "សូមបញ្ចូលលេខកាត។", "មិនអាចចាប់ផ្ដើមការទូទាត់បានទេ"),
    ])
    func `every page is in the browser's language`(
        language: String, label: String, missing: String, problem: String
    ) async throws {
        try await withShop { shop in
            let browser = Browser(shop: shop, language: language + ";q=0.9,fr")
            for name in ["checkout", "webview/pay", "webview/save"] {
                let page = try await browser.open(Self.address(shop, name, [("mid", Shop.Mid.full)]))
                #expect(page.html.contains("<html lang=\"\(language)\">") && page.html.contains(">\(label)</label>"))
                let again = try await browser.submit(page.form(field: "number"))
                #expect(again.answer.status == 422 && again.html.contains(missing), "\(name)")
                let taken = try await browser.submit(page.form(field: "number"), Self.card)
                #expect(taken.answer.status == 200 && taken.html.contains("<html lang=\"\(language)\">"))
            }
            let wrong = try await browser.open(Self.address(shop, "checkout", [("mid", "nothing")]))
            #expect(wrong.answer.status == 400 && wrong.html.contains(problem))
        }
    }

    @Test func `the script may be loaded by any page`() async throws {
        try await withShop { shop in
            let script = try await shop.send(.get, "/ui/v2/kpayment.min.js")
            #expect(script.status == 200 && script.header("content-type") == "text/javascript; charset=utf-8")
            #expect(script.header("cross-origin-resource-policy") == "cross-origin")
            #expect(script.text.contains("window.KPayment") && script.text.utf8.count < 20_000)
        }
    }

    @Test func `what the page loads is there`() async throws {
        try await withShop { shop in
            let address = Self.address(shop, "checkout", [("origin", "https://a.example"), ("display", "overlay")])
            let page = try await Browser(shop: shop).open(address)
            for match in page.html.matches(of: /(?:src|href)="([^"]*)"/) {
                let asset = try await shop.send(.get, String(match.1))
                #expect(asset.status == 200, "\(match.1)")
            }
        }
    }
}
