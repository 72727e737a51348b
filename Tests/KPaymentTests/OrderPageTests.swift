import APISupport
import HTTPTypes
import Testing
import WireKit

/// What an order's page shows of the order (4.1.2, 6.3.1).
@Suite struct OrderPageTests {
    private static let picture = "https://cdn.shop.example/shop.png?size=144"

    private func page(_ shop: Shop, _ order: Body, _ means: String = "qr") async throws -> Page {
        let made = try await shop.order(order)
        try #require(made.status == 200, "\(made.text)")
        let query = [
            ("apikey", shop.publicKey), ("amount", "200"), ("payment-methods", means), ("order-id", made.id),
        ]
        let address = "/ui/v2/checkout?" + FormBody.encode(query.map { (name: $0.0, value: $0.1) })
        return try await Browser(shop: shop).open(address)
    }

    private func policy(_ page: Page) -> String { page.answer.header("content-security-policy") ?? "" }

    @Test(arguments: ["qr", "wechat", "payplus"])
    func `the shop's picture stands on the page, and its server in that page's policy`(means: String) async throws {
        try await withShop { shop in
            let page = try await page(shop, Body.order(means).with("shop_image_url", text: Self.picture), means)
            #expect(page.answer.status == 200 && page.html.contains("src=\"\(Self.picture)\""))
            #expect(policy(page).contains("img-src 'self' https://cdn.shop.example; connect-src 'self'"))
        }
    }

    @Test(arguments: [
        nil, "http://shop.example/a.png", "https://192.168.0.1/a.png", "https://shop.example\";script-src/*",
        "https://shop.example/\"onerror=\"alert(1)", "https://shop.example/;script-src/*'unsafe-inline'",
        "https://a@shop.example/a.png", "https://*/a.png",
    ])
    func `what is no picture to be shown is not, and opens nothing`(url: String?) async throws {
        try await withShop { shop in
            let body = url.map { Body.order().with("shop_image_url", text: $0) } ?? Body.order()
            let page = try await page(shop, body)
            #expect(page.answer.status == 200 && !page.html.contains("shop-picture"))
            #expect(policy(page).contains("img-src 'self'; connect-src 'self'"))
            #expect(!policy(page).contains("unsafe") && !policy(page).contains("*"))
        }
    }

    /// What may stand in an address stands in the page, and no more than its server in the policy.
    @Test func `an address that looks like a policy is an address`() async throws {
        try await withShop { shop in
            let address = "https://shop.example/a;script-src/*,b?img-src=*"
            let page = try await page(shop, Body.order().with("shop_image_url", text: address))
            #expect(page.html.contains("src=\"\(address)\""))
            #expect(policy(page).contains("img-src 'self' https://shop.example; connect-src 'self'"))
            #expect(!policy(page).contains("*"))
        }
    }

    @Test func `what more the shop says of its goods stands below the description`() async throws {
        try await withShop { shop in
            let page = try await page(shop, Body.order().with("info1", text: "Case").with("info3", text: "Two films"))
            let lines = page.html.matches(of: /<li>([^<]*)<\/li>/).map { String($0.1) }
            #expect(lines == ["Case", "Two films"])
        }
    }

    @Test(arguments: PageTests.hostile) func `that is text, whatever it holds`(text: String) async throws {
        try await withShop { shop in
            let page = try await page(shop, Body.order().with("info1", text: text).with("info2", text: text))
            for raw in ["<script>alert", "<form action=//evil>", "onmouseover=\"alert", "<b>"] {
                let isThere = page.html.utf8Contains(raw)
                #expect(!isThere, "\(raw)")
            }
        }
    }

    @Test func `an order that says no more shows no more`() async throws {
        try await withShop { shop in
            let page = try await page(shop, .order())
            #expect(!page.html.contains("<li>") && !page.html.contains("class=\"information\""))
        }
    }
}
