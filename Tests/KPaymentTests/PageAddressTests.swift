import APISupport
import HTTPTypes
import Testing

/// The addresses of payers' pages, asked for otherwise than by their forms.
@Suite struct PageAddressTests {
    @Test func `pages have a head, which is that of the page without it`() async throws {
        try await withShop { shop in
            let charge = try await shop.charge(mid: Shop.Mid.full)
            let challenge = try #require(URLPath(charge.show("redirect_url")))
            for path in [
                CheckoutPageTests.address(shop), CheckoutPageTests.address(shop, "webview/pay"), challenge.text,
                "/ui/v2/3ds/nothing", "/ui/v2/kpayment.min.js", "/ui/v2/assets/visa.svg", "/ui/v2/checkout",
            ] {
                let (head, page) = (try await shop.send(.head, path), try await shop.send(.get, path))
                #expect(head.status == page.status && head.text.isEmpty, "\(path)")
                for name in ["content-type", "content-length", "cache-control"] {
                    #expect(head.header(name) == page.header(name), "\(path) \(name)")
                }
            }
        }
    }

    @Test(arguments: ["otp-request", "otp", "cancel"])
    func `what only takes 3-D Secure's forms leads back to the page`(step: String) async throws {
        try await withShop { shop in
            let charge = try await shop.charge(mid: Shop.Mid.full)
            let page = try #require(URLPath(charge.show("redirect_url"))).text
            let answer = try await shop.send(.get, page + "/" + step)
            #expect(answer.status == 303 && answer.location == page)
            #expect(try await shop.inquire(charge.id).state == charge.state)
        }
    }

    @Test(arguments: ["currency", "fee", "saved", "phone", "cancel"])
    func `what only takes the checkout's forms leads back to the page with its attributes`(
        step: String
    ) async throws {
        try await withShop { shop in
            let page = CheckoutPageTests.address(shop)
            let answer = try await shop.send(.get, page.replacing("checkout?", with: "checkout/\(step)?"))
            #expect(answer.status == 303 && answer.location == page)
        }
    }

    @Test(arguments: ["pay", "sms", "cancel"])
    func `what only takes a wallet's forms leads back to the wallet's page`(step: String) async throws {
        try await withShop { shop in
            let charge = try await shop.redirect(.redirect())
            let page = try #require(URLPath(charge.show("redirect_url"))).text
            let answer = try await shop.send(.get, page + "/" + step)
            #expect(answer.status == 303 && answer.location == page)
            #expect(try await shop.send(.get, page + "0/" + step).status == 404)
            #expect(try await shop.inquire(charge.id).state == charge.state)
        }
    }
}

/// The path of an address of this gateway.
private struct URLPath {
    let text: String

    init?(_ url: String) {
        guard url.hasPrefix(Sandbox.publicURL) else { return nil }
        text = String(url.dropFirst(Sandbox.publicURL.count))
    }
}
