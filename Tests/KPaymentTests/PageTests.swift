import APISupport
import HTTPTypes
import Payments
import Testing

/// What every hosted page keeps to, and what it says.
@Suite struct PageTests {
    /// Every page that a payer can see, from the first to the last.
    private func pages(_ shop: Shop, language: String? = nil) async throws -> [String: Answer] {
        let charge = try await shop.charge(mid: Shop.Mid.full)
        let url = charge.show("redirect_url")
        let browser = Browser(shop: shop, language: language)
        let first = try await browser.open(url)
        let second = try await browser.submit(first.forms.first)
        let last = try await browser.submit(second.form(field: "otp"), [("otp", "123456")])
        return [
            "request": first.answer, "code": second.answer, "result": last.answer,
            "unknown": try await browser.open(Sandbox.publicURL + "/ui/v2/3ds/nothing").answer,
        ]
    }

    @Test(arguments: ["", "\"https://shop.example/cb\""])
    func `no page is kept in a cache, framed, or allowed to load anything foreign`(callback: String) async throws {
        try await withShop { shop in
            if !callback.isEmpty { try await shop.set("{\"kpayment\":{\"callback_url\":\(callback)}}") }
            for (name, page) in try await pages(shop) {
                #expect(page.header("cache-control") == "no-store", "\(name)")
                #expect(page.header("x-content-type-options") == "nosniff", "\(name)")
                #expect(page.header("referrer-policy") == "no-referrer", "\(name)")
                let policy = try #require(page.header("content-security-policy"), "\(name)")
                for rule in [
                    "default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'",
                    "frame-ancestors 'none'",
                ] {
                    #expect(policy.contains(rule), "\(name)")
                }
                #expect(!policy.contains("unsafe"), "\(name)")
                #expect(
                    page.text.contains("<!DOCTYPE html>") && !page.text.contains("style=\"")
                        && !page.text.contains(" onclick"))
            }
        }
    }

    @Test func `what the pages load is there`() async throws {
        try await withShop { shop in
            try await shop.set("{\"kpayment\":{\"callback_url\":\"https://shop.example/cb\"}}")
            for page in try await pages(shop).values {
                for match in page.text.matches(of: /(?:src|href)="([^"]*)"/) {
                    let asset = try await shop.send(.get, String(match.1))
                    #expect(asset.status == 200 && asset.header("x-content-type-options") == "nosniff")
                    #expect(
                        match.1.hasSuffix(".js") == (asset.header("content-type") == "text/javascript; charset=utf-8"))
                }
            }
        }
    }

    @Test(
        arguments: [
            (nil, "en"), ("", "en"), ("en-GB,en;q=0.9", "en"), ("th", "th"), ("th-TH", "th"), ("TH", "th"),
            ("th-TH,th;q=0.9,en-US;q=0.8", "th"), ("en-US,en;q=0.9,th;q=0.8", "en"), ("th;q=0.5, en;q=0.9", "en"),
            ("en;q=0.1,th;q=0.2", "th"), ("de-DE,fr;q=0.8", "en"), ("ja,th;q=0.3", "th"), ("th;q=0,en", "en"),
            ("km", "km"), ("km-KH,km;q=0.9,en;q=0.5", "km"), ("KM", "km"), ("th;q=0.8,km;q=0.9", "km"),
            ("km,th", "km"), ("km;q=0.4,th;q=0.4", "km"), ("km;q=0,th;q=0.1", "th"), ("kmr,en", "en"),
            ("fr,km;q=0.1", "km"),
            ("*", "en"), (";;;,,q=", "en"), ("th;q=abc", "th"), ("en;q=0.5,th;q=0", "en"), ("th;q=0", "en"),
        ] as [(String?, String)])
    func `a page is in English unless the browser asks for Thai or Khmer`(
        header: String?, language: String
    ) async throws {
        try await withShop { shop in
            let languages = try await pages(shop, language: header).mapValues(Self.language)
            #expect(Set(languages.values) == [language])
        }
    }

    @Test(arguments: [("th", "ยืนยันการชำระเงิน"), ("km", "បញ្ជាក់ការទូទាត់")])
    func `another language has the same forms, and a button that says Request OTP`(
        language: String, heading: String
    ) async throws {
        try await withShop { shop in
            let charge = try await shop.charge(mid: Shop.Mid.full)
            let browser = Browser(shop: shop, language: language)
            let page = try await browser.open(charge.show("redirect_url"))
            #expect(page.html.contains(heading) && page.form(button: "Request OTP") != nil)
            _ = try await browser.authenticate(charge.show("redirect_url"))
            #expect(try await shop.inquire(charge.id).state == "Authorized success")
        }
    }

    @Test(arguments: [
        ("JPY", "120", "120 JPY"), ("KWD", "1.25", "1.25 KWD"), ("USD", "1", "1.00 USD"),
        ("THB", "9999999999.9", "9,999,999,999.90 THB"),
    ])
    func `an amount is shown with the decimals of its currency, two at most`(
        currency: String, amount: String, shown: String
    ) async throws {
        try await withShop { shop in
            let charge = try await shop.charge(mid: Shop.Mid.full) {
                $0.with("amount", amount).with("currency", text: currency)
            }
            let page = try await Browser(shop: shop).open(charge.show("redirect_url"))
            #expect(page.html.contains(">\(shown)<"))
        }
    }

    @Test func `a page names neither card, token, secret key nor payer`() async throws {
        try await withShop { shop in
            let charge = try await shop.charge(mid: Shop.Mid.full)
            let page = try await Browser(shop: shop).open(charge.show("redirect_url"))
            for secret in [Cards.approved, "SOMCHAI", "tokn_", shop.secretKey, charge.id, "TEST PRODUCT"] {
                #expect(!page.html.contains(secret), "\(secret)")
            }
        }
    }

    static let hostile = [
        "<script>alert(1)</script>", "\" onmouseover=\"alert(1)", "' autofocus '", "</dd></dl><form action=//evil>",
        "&lt;b&gt; &amp; <b>", "{{secret}}{{{secret}}}", "<!--", "]]>",
        // A combining or prepended mark makes one character with its neighbour.
        "<\u{301}b>", "\u{600}<form action=//evil><input name=otp>", "\"\u{301} onfocus=alert(1) x=\"", "\u{600}\"><b>",
        "\u{600}&lt;b&gt;",
    ]

    @Test(arguments: hostile)
    func `a merchant's name is text, whatever it holds`(name: String) async throws {
        try await withShop { shop in
            try await shop.changeMerchant { $0.name = name }
            let pages = try await pages(shop)
            for step in ["request", "code"] {
                let isEscaped = pages[step]?.text.utf8Contains("<dd>\(Self.escaped(name))</dd>")
                #expect(isEscaped == true, "\(step)")
            }
        }
    }

    @Test(arguments: hostile.map { "https://shop.example/cb?" + $0 })
    func `a callback URL is text, whatever it holds`(url: String) async throws {
        try await withShop { shop in
            try await shop.changeMerchant { $0.calls(back: url) }
            let page = try #require(try await pages(shop)["result"])
            let isEscaped = page.text.utf8Contains("action=\"\(Self.escaped(url))\"")
            #expect(isEscaped)
        }
    }

    @Test(arguments: ["https://shop.example/cb\r\nset-cookie: a=b", "https://shop.example/cb\n"])
    func `a callback URL adds no header to the redirect of a webview`(url: String) async throws {
        try await withShop { shop in
            let answer = try await shop.send(
                .put, "/sandbox/merchant", body: "{\"kpayment\":{\"callback_url\":\(quoted(url))}}")
            guard answer.status == 200 else { return #expect(answer.status == 422) }
            let charge = try await shop.charge(mid: Shop.Mid.full) { $0.with("callback_type", text: "mobile") }
            let last = try await Browser(shop: shop).authenticate(charge.show("redirect_url")).answer
            #expect(last.header("set-cookie") == nil)
            #expect(!(last.location ?? "").utf8Contains("\n") && !(last.location ?? "").utf8Contains("\r"))
        }
    }

    @Test(arguments: ["otp=%", "otp=%FF", "otp=%zz"])
    func `a form that is none is refused`(body: String) async throws {
        try await withShop { shop in
            let charge = try await shop.charge(mid: Shop.Mid.full)
            let browser = Browser(shop: shop)
            let page = try await browser.requestCode(charge.show("redirect_url"))
            let answer = try await browser.post(try #require(page.form(field: "otp")).action, body).answer
            #expect(answer.status == 400)
            #expect(try await shop.inquire(charge.id).state == "Pre-Authorized Pending")
        }
    }

    @Test func `a form that is too large is refused`() async throws {
        try await withShop { shop in
            let charge = try await shop.charge(mid: Shop.Mid.full)
            let browser = Browser(shop: shop)
            let page = try await browser.requestCode(charge.show("redirect_url"))
            let body = "otp=123456&x=" + String(repeating: "x", count: 65_537)
            let answer = try await browser.post(try #require(page.form(field: "otp")).action, body).answer
            #expect(answer.status == 413)
            #expect(try await shop.inquire(charge.id).state == "Pre-Authorized Pending")
        }
    }

    private static func language(of page: Answer) -> String {
        page.text.firstMatch(of: /<html lang="([a-z]*)">/).map { String($0.1) } ?? "-"
    }

    /// HTML's five characters as references, byte by byte.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

extension String {
    /// `contains` by bytes: `contains` itself compares characters, and marks hide in those.
    func utf8Contains(_ other: String) -> Bool {
        let (text, sought) = (Array(utf8), Array(other.utf8))
        guard !sought.isEmpty, text.count >= sought.count else { return sought.isEmpty }
        return (0...(text.count - sought.count)).contains { text[$0..<($0 + sought.count)].elementsEqual(sought) }
    }
}
