import APISupport
import Testing

/// How payers come back to the shop from the hosted 3-D Secure page (4.1.1.4), and with what.
@Suite struct ThreeDSecureReturnTests {
    @Test(arguments: ["true", "false", "\"true\""])
    func `the wish to save the card comes back with the payer`(raw: String) async throws {
        try await withShop { shop in
            let (_, url, browser) = try await challenged(shop) { $0.with("savecard", raw) }
            let back = try #require(try await browser.authenticate(url).form(field: "objectId"))
            #expect(back.values["saveCard"] == (raw == "false" ? "false" : "true"))
        }
    }

    @Test(arguments: ["123456", "000000"])
    func `a payer in an app's webview is redirected to the callback URL`(code: String) async throws {
        try await withShop { shop in
            let token = try await shop.token()
            let (charge, url, browser) = try await challenged(shop) {
                $0.with("callback_type", text: "Mobile").with("token", text: token)
            }
            let last = try await browser.authenticate(url, code: code)
            #expect(last.answer.status == 303)
            let status = code == "123456" ? "true" : "false"
            let expected = shopsCallback + "&objectId=\(charge.id)&token=\(token)&status=\(status)&saveCard=false"
            #expect(last.answer.location == expected)
        }
    }

    /// RFC 3986: the query stands before the fragment.
    @Test(arguments: [
        ("https://shop.example/app#/done", "https://shop.example/app?", "#/done"),
        ("https://shop.example/app?a=b#done", "https://shop.example/app?a=b&", "#done"),
        ("https://shop.example", "https://shop.example?", ""), ("https://shop.example/?", "https://shop.example/?", ""),
    ])
    func `the query of a webview's redirect joins what the callback URL has`(
        url: String, start: String, end: String
    ) async throws {
        try await withShop { shop in
            try await shop.set("{\"kpayment\":{\"callback_url\":\(quoted(url))}}")
            let token = try await shop.token()
            let charge = try await shop.charge(
                Body.charge(token, mid: Shop.Mid.full).with("callback_type", text: "mobile"))
            let last = try await Browser(shop: shop).authenticate(charge.show("redirect_url"))
            let location = try #require(last.answer.location).replacing("?&", with: "?")
            #expect(location == start + "objectId=\(charge.id)&token=\(token)&status=true&saveCard=false" + end)
        }
    }

    @Test func `without a callback URL the payer sees the result`() async throws {
        try await withShop { shop in
            for (code, text) in [("123456", "approved"), ("000000", "not completed")] {
                let charge = try await shop.charge(mid: Shop.Mid.full)
                let last = try await Browser(shop: shop).authenticate(charge.show("redirect_url"), code: code)
                #expect(last.answer.status == 200 && last.forms.isEmpty && last.html.contains(text))
            }
        }
    }
}
