import Testing

@testable import Checkout

/// Which pictures of a shop's a page shows, and what the browser is let load for them.
@Suite struct ShopPictureTests {
    @Test(arguments: [
        ("https://shop.example/a.png", "https://shop.example"),
        ("HTTPS://Shop.Example/A.png?b=c&d=%20#e", "https://shop.example"),
        ("https://cdn-1.shop.example:8443", "https://cdn-1.shop.example:8443"),
        ("https://xn--12c1fe0br.xn--o3cw4h?a:b@c", "https://xn--12c1fe0br.xn--o3cw4h"),

    ])
    func `a picture is shown from its own server alone`(address: String, origin: String) throws {
        let picture = try #require(ShopPicture(address))
        #expect(picture.origin == origin && picture.address == address)
    }

    @Test(arguments: [
        "", "shop.example/a.png", "//shop.example/a.png", "http://shop.example/a.png", "https:/shop.example/a.png",
        "https://", "https:///a.png", "https://?a", "data:image/png;base64,AAAA", "javascript:alert(1)",
        "https://shop.example;script-src/*", "https://shop.example /a.png", " https://shop.example/a.png",
        "https://shop.example/a.png\n", "https://shop.example/\"onerror=\"alert(1)", "https://shop.example/'x",
        "https://shop.example/<b>", "https://shop.example\\@evil.example/a.png", "https://user@shop.example/a.png",
        "https://user:secret@shop.example/a.png", "https://*.example/a.png", "https://*/a.png",
        "https://shop.example:/a.png", "https://shop.example:x/a.png", "https://shop.example:443443/a.png",
        "https://shop.example:1:2/a.png", "https://shop..example/a.png", "https://.example/a.png",
        "https://shop.example./a.png", "https://-shop.example/a.png", "https://shop-.example/a.png",
        "https://localhost/a.png", "https://192.168.1.1/a.png", "https://0x7f.1/a.png", "https://2130706433/a.png",
        "https://[::1]/a.png", "https://sh%6Fp.example/a.png", "https://ร้าน.example/a.png",
        "https://shop.example/รูป.png", "https://shop_1.example/a.png", "https://shop.example,evil.example/a.png",
    ])
    func `anything else is no picture`(address: String) {
        #expect(ShopPicture(address) == nil)
    }

    @Test(arguments: ["thai-qr-shop", "pay-plus-shop"])
    func `its server stands in that page's policy and nowhere else in it`(name: String) async throws {
        let page = try await Rendered.one(name)
        #expect(page.policy.contains("img-src 'self' https://shop.example;"))
        #expect(page.policy.matches(of: /shop\.example/).count == 1)
        #expect(page.contains("src=\"https://shop.example/shop.png?a=1&amp;b=2\" alt=\"\""))
        for other in try await Rendered.all(Gallery(language: .english)) where !other.name.hasSuffix("-shop") {
            #expect(other.policy.contains("img-src 'self';") && !other.contains("shop-picture"), "\(other.name)")
        }
    }

    @Test func `what more is said of a purchase stands below it, line by line`() async throws {
        let page = try await Rendered.one("thai-qr-shop")
        #expect(page.texts("li") == ["Polaroid PRONTO 600", "With case and two films"])
        #expect(try await Rendered.one("thai-qr").texts("li").isEmpty)
    }
}
