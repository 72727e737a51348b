import APISupport
import HTTPTypes
import Testing

/// Where the forms of pages may end whose last step is a redirect to the shop: browsers hold a form to its page's policy
/// through every redirect.
@Suite struct FormTargetTests {
    private static let callback = "https://Shop.example:8443/back?order=7"

    private func targets(_ page: Page) -> String {
        let policy = page.answer.header("content-security-policy") ?? ""
        return policy.split(separator: ";").last.map { $0.drop { $0 == " " }.description } ?? ""
    }

    private func challenged(_ shop: Shop, _ change: (Body) -> Body) async throws -> [String] {
        try await shop.changeMerchant { $0.calls(back: Self.callback) }
        let url = try await shop.charge(mid: Shop.Mid.full, change).show("redirect_url")
        let browser = Browser(shop: shop)
        return [targets(try await browser.open(url)), targets(try await browser.requestCode(url))]
    }

    @Test func `a challenge that ends in a redirect names the shop's origin, on both its steps`() async throws {
        try await withShop { shop in
            let mobile = try await challenged(shop) { $0.with("callback_type", text: "mobile") }
            let named = "form-action 'self' https://shop.example:8443 https:"
            #expect(mobile == [named, named])
            let verified = try await challenged(shop) { $0.with("mode", text: "register3D").with("amount", "1") }
            #expect(verified == [named, named])
        }
    }

    @Test func `a challenge that ends on a page of ours names nobody`() async throws {
        try await withShop { shop in
            let own = "form-action 'self'"
            #expect(try await challenged(shop) { $0 } == [own, own])
            let web = try await challenged(shop) {
                $0.with("mode", text: "register3D").with("amount", "1").with("callback_type", text: "web")
            }
            #expect(web == [own, own])
        }
    }

    @Test(arguments: ["alipay", "wechat", "unionpay"])
    func `a wallet's page names the way back and the shop`(wallet: String) async throws {
        try await withShop { shop in
            try await shop.changeMerchant { $0.calls(back: Self.callback) }
            let charge = try await shop.redirect(.redirect(wallet))
            let page = try await Browser(shop: shop).open(charge.show("redirect_url"))
            #expect(targets(page) == "form-action 'self' http://gateway.test https://shop.example:8443 https:")
        }
    }

    @Test(arguments: [
        "https://shop.example; script-src *", "https://shop.example;script-src */", "https://a,default-src *",
        "https://a\r\nx: y", "https://*", "javascript:alert(1)", "https://shop.example\\@evil.example", "",
    ])
    func `no address that is stored can add to a policy`(url: String) async throws {
        try await withShop { shop in
            try await shop.changeMerchant { $0.calls(back: url) }
            let charge = try await shop.charge(mid: Shop.Mid.full) { $0.with("callback_type", text: "mobile") }
            let page = try await Browser(shop: shop).open(charge.show("redirect_url"))
            #expect(targets(page) == "form-action 'self'")
            #expect(page.answer.header("content-security-policy")?.split(separator: ";").count == 8)
        }
    }
}
