import APISupport
import HTTPTypes
import Payments
import Testing
import WireKit

/// What the address of a checkout page may say (3.2.5): the shop's attributes, and where the page is shown.
@Suite struct CheckoutAttributeTests {
    static let faults: [(name: String, value: String?, told: String)] = [
        ("apikey", nil, "apikey"), ("apikey", "pkey_test_none", "no public key"),
        ("apikey", "skey_test_41Bbw6At8dJjVyKV3ZaXghhLpRro5oAtR", "no public key"),
        ("amount", nil, "amount"), ("amount", "x", "a number"), ("amount", "0", "positive"),
        ("amount", "-1", "positive"), ("amount", "1.001", "decimals"), ("amount", "100000000", "eight digits"),
        ("currency", "XXX", "no currency"), ("currency", "THBX", "longer than 3"), ("mid", nil, "mid"),
        ("mid", "nothing", "no merchant id"), ("mid", Shop.Mid.unionPay, "no merchant id"),
        ("mid", Shop.Mid.fullUSD, "not taken"), ("mid", Shop.Mid.smartPay, "is for instalments"),
        ("payment-methods", nil, "payment-methods"), ("payment-methods", "cash", "one of card"),
        ("smartpay-id", "0001", "not for instalments"), ("term", "10", "not for instalments"),
        ("smartpay-id", "0000001", "longer than 6"),
        ("term", "x", "number of months"), ("term", "0", "number of months"), ("plan-id", "999", "missing"),
        ("customer-id", String(repeating: "x", count: 51), "longer than 50"),
        ("campaign-id", "123456789", "longer than 8"), ("campaign-id", "9", "no campaign"),
        ("campaign-id", "00000003", "no campaign"), ("savecard", "perhaps", "true or false"),
        ("name", "a\u{0}b", "NUL"),
    ]

    @Test(arguments: faults)
    func `a shop's developer is told which attribute is wrong`(name: String, value: String?, told: String) async throws
    {
        try await withShop { shop in
            let address = CheckoutPageTests.address(shop, "checkout", [(name, value)])
            for page in [
                try await Browser(shop: shop).open(address),
                try await Browser(shop: shop).post(
                    address, FormBody.encode(CheckoutPageTests.card.map { (name: $0.0, value: $0.1) })),
            ] {
                #expect(page.answer.status == 400 && page.html.contains(told), "\(page.html)")
                #expect(page.form(field: "number") == nil && page.form(field: "token") == nil)
            }
        }
    }

    @Test(arguments: [
        ("https://shop.example", "overlay"), ("http://localhost:3000", "inline"), ("http://[::1]:3000", "overlay"),
    ])
    func `a page within a shop's may be framed and names the one origin that is told`(
        origin: String, display: String
    ) async throws {
        try await withShop { shop in
            let address = CheckoutPageTests.address(shop, "checkout", [("origin", origin), ("display", display)])
            let browser = Browser(shop: shop)
            for page in [try await browser.open(address), try await CheckoutPageTests.submit(shop, address)] {
                #expect(page.html.contains("data-origin=\"\(origin)\""))
                let policy = try #require(page.answer.header("content-security-policy"))
                #expect(policy.contains("frame-ancestors https: http:") && policy.contains("default-src 'none'"))
            }
        }
    }

    @Test(arguments: [
        "null", "*", "javascript:alert(1)", "https://", "https://shop.example/path", "https://a b", "//shop.example",
        "https://shop.example\"><script>", "ftp://shop.example", "https://user@shop.example",
    ])
    func `what is no origin is told nothing, and the page may not be framed`(origin: String) async throws {
        try await withShop { shop in
            let address = CheckoutPageTests.address(shop, "checkout", [("origin", origin), ("display", "overlay")])
            let page = try await Browser(shop: shop).open(address)
            #expect(page.answer.status == 200 && !page.html.contains("data-origin"))
            #expect(page.answer.header("content-security-policy")?.contains("frame-ancestors 'none'") == true)
        }
    }

    @Test func `alone in a window the card goes to the shop's own address and to no other`() async throws {
        try await withShop { shop in
            let address = CheckoutPageTests.address(shop, "checkout", [("return_url", "https://evil.example/")])
            let without = try await CheckoutPageTests.submit(shop, address)
            #expect(without.form(field: "token")?.action == "" && without.form(field: "token")?.buttons == [])
            try await shop.set("{\"kpayment\":{\"callback_url\":\"https://shop.example/cb\"}}")
            let with = try await CheckoutPageTests.submit(shop, address)
            #expect(with.form(field: "token")?.action == "https://shop.example/cb")
            #expect(with.form(field: "token")?.buttons == ["Continue"])
        }
    }

    @Test(arguments: ["apikey=%", "apikey=%FF", String(repeating: "a=b&", count: 300)])
    func `an address that cannot be read is refused`(query: String) async throws {
        try await withShop { shop in
            let page = try await Browser(shop: shop).open("/ui/v2/checkout?" + query)
            #expect(page.answer.status == 400)
        }
    }
}
