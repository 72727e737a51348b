import APISupport
import HTTPTypes
import Testing
import WireKit

/// The addresses of the hosted pages, asked for otherwise than by their forms.
@Suite struct PageAddressTests {
    private func promptPay(_ shop: HostedShop) async throws -> String {
        let answer = try await shop.call(
            "create_prompt_pay_deposit",
            [
                ("amount", .number("250")), ("postback_url", .string("https://shop.example/paid")),
                ("callback_url", .string("https://shop.example/cb")), ("ref", .string("R-1")),
            ])
        return answer.show("response.uuid")
    }

    @Test(arguments: ["sign-in", "otp1", "otp2", "qr", "cancel"])
    func `what only takes forms leads back to the page of its token, and changes nothing`(
        step: String
    ) async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG()
            _ = try await Browser(shop: shop).openPG(token)
            for method in [HTTPRequest.Method.get, .head] {
                let answer = try await shop.send(method, "/pg/\(step)?token=\(token)")
                #expect(answer.status == 303 && answer.header("location") == "/pg?token=\(token)", "\(method)")
            }
            let odd = try await shop.get("/pg/\(step)?token=%2F%2Fevil.example%0D%0Ax")
            #expect(odd.status == 303 && odd.header("location") == "/pg?token=%2F%2Fevil.example%0D%0Ax")
            for nobody in ["", "?token=", "?uuid=\(token)"] {
                let answer = try await shop.get("/pg/\(step)" + nobody)
                #expect(answer.status == 404 && answer.text.contains("This page does not exist"), "\(nobody)")
            }
            #expect(try await shop.status(token) == "W")
        }
    }

    @Test func `who reloads a page that asks for a field again is at the form`() async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG()
            let browser = Browser(shop: shop)
            let again = try await browser.fill(try await browser.openPG(token), ("username", ""), ("password", ""))
            #expect(again.answer.status == 422)
            let page = try await browser.open(again.path)
            #expect(page.answer.status == 200 && page.form(field: "username") != nil)
        }
    }

    @Test func `the word that a code was paid leads back to the code`() async throws {
        try await withHostedShop { shop in
            let uuid = try await promptPay(shop)
            let answer = try await shop.get("/pp_redirect/paid?uuid=\(uuid)")
            #expect(answer.status == 303 && answer.header("location") == "/pp_redirect?uuid=\(uuid)")
            #expect(try await shop.get("/pp_redirect/paid").status == 404)
            #expect(try await Browser(shop: shop).open("/pp_redirect?uuid=\(uuid)").heading == "Scan to pay")
        }
    }

    @Test func `pages and pictures have a head, which is that of the page without it`() async throws {
        try await withHostedShop { shop in
            let (token, uuid) = (try await shop.createPG(), try await promptPay(shop))
            _ = try await Browser(shop: shop).openPG(token)
            for path in [
                "/pg?token=\(token)", "/pg/status?token=\(token)&seen=W", "/pg/qr.png?token=\(token)",
                "/pp_redirect?uuid=\(uuid)", "/pp_redirect/status?uuid=\(uuid)&seen=C", "/pp_qrcode/\(uuid).png",
                "/pp_account/demo/1.png", "/img/no-image.png", "/bank_logo/014.png", "/ui/v2/assets/checkout.css",
                "/pg?token=0", "/bank_logo/none.png",
            ] {
                let (head, page) = (try await shop.send(.head, path), try await shop.get(path))
                #expect(head.status == page.status && head.bytes.isEmpty, "\(path)")
                for name in ["content-type", "content-length", "cache-control"] {
                    #expect(head.header(name) == page.header(name), "\(path) \(name)")
                }
            }
        }
    }

    @Test func `a look at a page's head is no payer's visit`() async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG()
            let head = try await shop.send(.head, "/pg?token=\(token)")
            #expect(head.status == 200)
            let deposit = try await shop.deposit(token)
            #expect(deposit.show("response.deposit.status") == "C")
            #expect(deposit.show("response.deposit.is_token_used") == "0")
            #expect(try await shop.callBacks().isEmpty)
            #expect(try await shop.get("/pg?token=\(token)").header("content-length") == head.header("content-length"))
        }
    }
}
