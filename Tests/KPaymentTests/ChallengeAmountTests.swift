import APISupport
import HTTPTypes
import Testing

/// What the 3-D Secure page says of the amount, and that it never only waits.
@Suite struct ChallengeAmountTests {
    private static let callback = "https://shop.example/callback?x=1"

    private func charge(_ shop: Shop, _ change: (Body) -> Body = { $0 }) async throws -> Answer {
        try await shop.set("{\"kpayment\":{\"callback_url\":\(quoted(Self.callback))}}")
        return try await shop.charge(mid: Shop.Mid.full, change)
    }

    /// Challenge, code and result.
    private func pages(_ shop: Shop, _ url: String) async throws -> [Page] {
        let browser = Browser(shop: shop)
        let first = try await browser.open(url)
        let second = try await browser.submit(first.form(button: "Request OTP"))
        return [first, second, try await browser.submit(second.form(field: "otp"), [("otp", "123456")])]
    }

    @Test func `a card that is charged in its own currency sees that amount, and the shop's beside it`() async throws {
        try await withShop { shop in
            try await shop.set("{\"kpayment\":{\"callback_url\":\(quoted(Self.callback))}}")
            let charge = try await shop.convert("1000", "USD", card: Cards.dollarsWith3DS, mid: Shop.Mid.fullDCC)
            for page in try await pages(shop, charge.show("redirect_url")) {
                #expect(page.html.contains("amount\">29.80 USD<"), "\(page.html)")
                #expect(page.html.contains("Amount at the shop") && page.html.contains("1,000.00 THB"))
            }
            #expect(try await shop.books(charge.id) == ["authorize 29.80 approved"])
        }
    }

    @Test func `a charge in the shop's currency names one amount`() async throws {
        try await withShop { shop in
            for page in try await pages(shop, try await charge(shop).show("redirect_url")) {
                #expect(page.html.contains("amount\">200.50 THB<") && !page.html.contains("Amount at the shop"))
            }
        }
    }

    /// The acquirer answers neither the authorisation nor its reversal.
    private func silence(_ shop: Shop) async throws {
        try await shop.control(.post, "/faults", "{\"rail\":\"card\",\"fault\":\"timeout\"}")
        try await shop.control(
            .post, "/faults",
            "{\"rail\":\"card\",\"fault\":\"unavailable\",\"operation\":\"reverse\",\"count\":3}")
    }

    @Test func `where the bank keeps silent the payer can look again and go back to the shop`() async throws {
        try await withShop { shop in
            let charge = try await charge(shop)
            try await silence(shop)
            let url = charge.show("redirect_url")
            let page = try await Browser(shop: shop).authenticate(url)
            #expect(page.html.contains("Still waiting for your bank"))
            let path = url.replacing(Sandbox.publicURL, with: "")
            #expect(page.html.contains("<a class=\"button primary\" href=\"\(path)\">Look again</a>"))
            #expect(page.html.contains("http-equiv=\"refresh\""))
            let back = try #require(page.form(button: "Back to the shop"))
            #expect(back.action == Self.callback && back.values["status"] == "false")
            #expect(back.fields.map(\.name) == ["objectId", "token", "status", "saveCard"])
            // The reversal is tried again until it is acknowledged.
            for _ in 0..<6 { try await shop.advance(seconds: 61) }
            let after = try await Browser(shop: shop).open(url)
            #expect(after.html.contains("Payment not completed"), "\(after.html)")
        }
    }

    @Test func `an app is led back by an address that says the same`() async throws {
        try await withShop { shop in
            let token = try await shop.token()
            let charge = try await charge(shop) {
                $0.with("callback_type", text: "mobile").with("token", text: token)
            }
            try await silence(shop)
            let page = try await Browser(shop: shop).authenticate(charge.show("redirect_url"))
            let address = "\(Self.callback)&objectId=\(charge.id)&token=\(token)&status=false&saveCard=false"
            #expect(
                page.html.contains("href=\"\(address.replacing("&", with: "&amp;"))\">Back to the shop</a>"),
                "\(page.html)")
            #expect(page.forms.isEmpty)
        }
    }

    @Test func `without a callback URL there is only the page itself to look at`() async throws {
        try await withShop { shop in
            let charge = try await shop.charge(mid: Shop.Mid.full)
            try await silence(shop)
            let page = try await Browser(shop: shop).authenticate(charge.show("redirect_url"))
            #expect(page.html.contains("Look again</a>") && page.forms.isEmpty)
        }
    }
}
