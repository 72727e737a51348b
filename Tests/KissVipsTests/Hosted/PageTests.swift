import APISupport
import HTTPTypes
import Payments
import Testing
import WireKit

/// What the hosted pages keep to, and the page of a PromptPay code (Appendix D).
@Suite struct HostedPageTests {
    private func promptPay(_ shop: HostedShop, postback: String = "https://shop.example/paid?n=1") async throws
        -> String
    {
        let answer = try await shop.call(
            "create_prompt_pay_deposit",
            [
                ("amount", .number("250")), ("postback_url", .string(postback)),
                ("callback_url", .string("https://shop.example/cb")), ("ref", .string("R-1")),
            ])
        let path = answer.show("response.redirect_path")
        try #require(path.hasPrefix(Sandbox.publicURL), "\(answer.text)")
        return String(path.dropFirst(Sandbox.publicURL.count))
    }

    @Test func `a payer scans, says so, and sees the money arrive`() async throws {
        try await withHostedShop { shop in
            let path = try await promptPay(shop)
            let browser = Browser(shop: shop)
            let qr = try await browser.open(path)
            #expect(qr.heading == "Scan to pay" && qr.html.contains("250.00") && qr.html.contains("role=\"timer\""))
            let source = try #require(qr.html.firstMatch(of: /<img src="(\/pp_qrcode\/[^"]*)"/))
            let picture = try await shop.get(String(source.1))
            #expect(picture.status == 200 && picture.header("content-type") == "image/png")
            let checking = try await browser.press(qr, "I have paid")
            #expect(checking.heading == "Thank you" && checking.form(button: "Back to the shop") != nil)
            // Pressing it again in another tab changes nothing.
            #expect(try await browser.press(qr, "I have paid").heading == "Thank you")
            try await shop.control(.post, "/bank/credits", "{\"amount\": \"250.00\", \"reference\": \"Q1\"}")
            let done = try await browser.open(path)
            #expect(done.heading == "Payment received")
            let back = try #require(done.form(button: "Back to the shop"))
            let uuid = String(path.split(separator: "=").last ?? "")
            #expect(back.action == "https://shop.example/paid")
            #expect(back.fields.map { "\($0.name)=\($0.value)" } == ["n=1", "uuid=\(uuid)", "status=V", "ref=R-1"])
        }
    }

    @Test func `an address with a query that cannot be taken apart keeps it to the byte`() async throws {
        try await withHostedShop { shop in
            let path = try await promptPay(shop, postback: "https://shop.example/back?order=55&name=%A1%A2&pct=100%")
            let browser = Browser(shop: shop)
            let checking = try await browser.press(try await browser.open(path), "I have paid")
            let uuid = String(path.split(separator: "=").last ?? "")
            let way = "https://shop.example/back?order=55&amp;name=%A1%A2&amp;pct=100%&amp;uuid=\(uuid)&amp;status="
            #expect(checking.html.contains("href=\"\(way)S&amp;ref=R-1\""))
            try await shop.control(.post, "/bank/credits", "{\"amount\": \"250.00\", \"reference\": \"Q1\"}")
            let done = try await browser.open(path)
            #expect(done.html.contains("id=\"return\"") && done.html.contains("href=\"\(way)V&amp;ref=R-1\""))
        }
    }

    @Test func `a code that nobody scans expires, and the word of a payer comes too late`() async throws {
        try await withHostedShop { shop in
            let path = try await promptPay(shop)
            let browser = Browser(shop: shop)
            let qr = try await browser.open(path)
            try await shop.advance(seconds: 3_600)
            #expect(try await browser.press(qr, "I have paid").heading == "Payment not completed")
        }
    }

    @Test(arguments: ["", "00", "e14c4253-e32b-40f8-bda2-36c82e26111e", "..%2F", "%00", "%"])
    func `an address that nobody gave shows a page that says so`(uuid: String) async throws {
        try await withHostedShop { shop in
            for path in ["/pp_redirect", "/pp_redirect/status"] {
                let answer = try await shop.get(path + "?uuid=" + uuid)
                #expect([400, 404].contains(answer.status), "\(path) \(uuid): \(answer.status)")
            }
            for path in ["/pg", "/pg/status", "/pg/qr.png"] {
                let answer = try await shop.get(path + "?token=" + uuid)
                #expect([400, 404].contains(answer.status), "\(path) \(uuid): \(answer.status)")
            }
            for path in ["/pp_qrcode/\(uuid).png", "/pp_account/demo/\(uuid).png", "/bank_logo/\(uuid).png"] {
                #expect([400, 404].contains(try await shop.get(path).status), "\(path)")
            }
        }
    }

    @Test func `a hosted page of the other kind shows nothing`() async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG()
            let uuid = try await shop.uuid(of: token)
            #expect(try await shop.get("/pp_redirect?uuid=\(uuid)").status == 404)
            #expect(try await shop.get("/pp_qrcode/\(uuid).png").status == 404)
        }
    }

    @Test func `banks have marks, accounts have codes, and what has none has a picture that says so`() async throws {
        try await withHostedShop { shop in
            let banks = try await shop.call("get_bank_config")
            let logos = banks.text.matches(of: /"logo_url":"http:\\?\/\\?\/gateway.test([^"]*)"/).map {
                String($0.1).replacing("\\", with: "")
            }
            #expect(logos.count >= 17)
            for path in logos + ["/pp_account/demo/1.png", "/img/no-image.png"] {
                let answer = try await shop.get(path)
                #expect(answer.status == 200 && answer.header("content-type") == "image/png", "\(path)")
                #expect(answer.bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]), "\(path)")
            }
            #expect(try await shop.get("/pp_account/demo/9.png").status == 404)
        }
    }

    @Test(arguments: [
        ("fr", "Sign in to your bank", "Siam Commercial Bank", "Scan to pay", "This page does not exist"),
        (
            "th", "เข้าสู่ระบบธนาคารของคุณ", "ธนาคารไทยพาณิชย์",
            "สแกนเพื่อชำระเงิน", "ไม่พบหน้านี้"
        ),
        ("km-KH", "ចូលគណនីធនាគាររបស់អ្នក", "Siam Commercial Bank", "ស្កេនដើម្បីទូទាត់", "រកមិនឃើញទំព័រនេះទេ"),
        (
            "fr,th;q=0.5,km;q=0.6", "ចូលគណនីធនាគាររបស់អ្នក", "Siam Commercial Bank",
            "ស្កេនដើម្បីទូទាត់", "រកមិនឃើញទំព័រនេះទេ"
        ),
    ])
    func `a page speaks the language that the browser likes best`(
        language: String, signIn: String, bank: String, scan: String, lost: String
    ) async throws {
        try await withHostedShop { shop in
            let browser = Browser(shop: shop, language: language)
            let page = try await browser.openPG(try await shop.createPG())
            #expect(page.heading == signIn && page.html.contains("<strong>\(bank)</strong>"))
            #expect(try await browser.open(try await promptPay(shop)).heading == scan)
            #expect(try await browser.openPG("0").heading == lost)
        }
    }

    @Test func `every page may load nothing foreign, stays in no cache and is framed by nobody`() async throws {
        try await withHostedShop { shop in
            let browser = Browser(shop: shop)
            let token = try await shop.createPG()
            let signIn = try await browser.openPG(token)
            let code = try await browser.signIn(signIn)
            let done = try await browser.fill(code, ("otp1", "123456"))
            for page in [
                signIn, code, done, try await browser.open(try await promptPay(shop)), try await browser.openPG("0"),
            ] {
                let policy = page.answer.header("content-security-policy") ?? ""
                #expect(policy.hasPrefix("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'"))
                #expect(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"))
                #expect(page.answer.header("cache-control") == "no-store")
                #expect(page.answer.header("referrer-policy") == "no-referrer")
                #expect(!page.html.contains("https://fonts") && !page.html.contains("style=\""))
            }
        }
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "\" autofocus onfocus=\"alert(1)", "{{#fields}}{{{x}}}", "<\u{301}b>",
    ])
    func `hostile text is text`(hostile: String) async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG([("ref", .string(hostile))])
            let browser = Browser(shop: shop)
            let page = try await browser.fill(
                try await browser.openPG(token), ("username", hostile), ("password", ""))
            #expect(page.answer.status == 422 && page.html.contains("Please fill in your password."))
            for text in [page.html, try await browser.press(page, "Cancel").html] {
                #expect(
                    text.utf8.firstRange(of: hostile.utf8) == nil || !hostile.utf8.contains(where: "<\"".utf8.contains))
            }
            #expect(try await shop.status(token) == "E")
        }
    }

    static let badForms: [(String, String)] = [
        ("", "Please fill in your user name."), ("username=&password=", "Please fill in your user name."),
        ("username=+&password=x", "Please fill in your user name."), ("username=u", "Please fill in your password."),
        ("username=" + String(repeating: "u", count: 65) + "&password=x", "This is too long."),
        ("username=u&password=" + String(repeating: "p", count: 129), "This is too long."),
    ]

    @Test func `a form that lacks something says what, and the bank hears nothing`() async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG()
            let browser = Browser(shop: shop)
            _ = try await browser.openPG(token)
            for (body, words) in Self.badForms {
                let page = try await browser.post("/pg/sign-in?token=\(token)", body)
                #expect(page.answer.status == 422 && page.html.contains(words), "\(body)")
                #expect(!page.html.contains("value=\"x\""))
            }
            #expect(try await browser.post("/pg/sign-in?token=\(token)", "username=%ZZ").answer.status == 400)
            let large = "username=" + String(repeating: "u", count: 70_000)
            #expect(try await browser.post("/pg/sign-in?token=\(token)", large).answer.status == 413)
            #expect(try await shop.status(token) == "W")
            let code = try await browser.signIn(try await browser.openPG(token))
            for body in ["", "otp1=", "otp1=123456789", "otp2=123456"] {
                #expect(try await browser.post("/pg/otp1?token=\(token)", body).answer.status == 422, "\(body)")
            }
            #expect(try await browser.fill(code, ("otp1", "123456")).heading == "Payment received")
        }
    }

    @Test func `scripts learn whether there is still something to wait for`() async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG()
            let browser = Browser(shop: shop)
            _ = try await browser.press(try await browser.openPG(token), "Pay by PromptPay QR")
            #expect(try await shop.get("/pg/status?token=\(token)&seen=W").show("waiting") == "true")
            try await shop.control(.post, "/bank/credits", "{\"amount\": \"10.00\", \"reference\": \"Q1\"}")
            #expect(try await shop.get("/pg/status?token=\(token)&seen=W").show("waiting") == "false")
            let path = try await promptPay(shop).replacing("?", with: "/status?")
            #expect(try await shop.get(path + "&seen=C").show("waiting") == "true")
            #expect(try await shop.get(path + "&seen=S").show("waiting") == "false")
        }
    }
}
