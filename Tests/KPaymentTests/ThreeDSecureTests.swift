import HTTPTypes
import Testing

/// The hosted 3-D Secure page (4.1.1.4), walked through as a browser without scripts does.
@Suite struct ThreeDSecureTests {
    private static let callback = "https://shop.example/callback?x=1&y=2"

    /// A charge that waits for its payer, with a callback URL and a notify URL set.
    private func challenged(_ shop: Shop, _ number: String = Cards.approved, _ change: (Body) -> Body = { $0 })
        async throws
        -> (charge: Answer, url: String, browser: Browser)
    {
        try await shop.set(
            "{\"kpayment\":{\"callback_url\":\(quoted(Self.callback)),\"notify_url\":\"\(Shop.deafURL)\"}}")
        let charge = try await shop.charge(number, mid: Shop.Mid.full, change)
        try #require(charge.state == "Pre-Authorized success", "\(charge.text)")
        return (charge, charge.show("redirect_url"), Browser(shop: shop))
    }

    @Test func `the right code authorises, tells the shop and sends the payer back`() async throws {
        try await withShop { shop in
            let token = try await shop.token()
            let (charge, url, browser) = try await challenged(shop) { $0.with("token", text: token) }
            #expect(url.hasPrefix(Shop.publicURL + "/ui/v2/3ds/auth_test_") && url.count <= 256)

            let first = try await browser.open(url)
            #expect(first.answer.status == 200)
            #expect(first.form(field: "otp") == nil && first.form(button: "Request OTP") != nil)
            #expect(first.form(button: "Cancel") != nil)
            for shown in ["Demo Shop", "200.50 THB", "441770*****5830"] { #expect(first.html.contains(shown)) }
            #expect(try await shop.inquire(charge.id).state == "Pre-Authorized success")

            let second = try await browser.submit(first.form(button: "Request OTP"))
            #expect(second.answer.status == 200)
            #expect(second.form(field: "otp") != nil && second.form(button: "Cancel") != nil)
            #expect(try await shop.inquire(charge.id).state == "Pre-Authorized Pending")
            #expect(try await shop.notices().isEmpty)

            let last = try await browser.submit(second.form(field: "otp"), [("otp", "123456")])
            let back = try #require(last.form(field: "objectId"))
            #expect(back.action == Self.callback)
            #expect(back.fields.map(\.name) == ["objectId", "token", "status", "saveCard"])
            #expect(back.fields.map(\.value) == [charge.id, token, "true", "false"])
            #expect(try await shop.inquire(charge.id).state == "Authorized success")
            #expect(try await shop.notices().map(\.state) == ["Authorized success"])
            #expect(try await shop.books(charge.id) == ["authorize 200.50 approved"])
        }
    }

    @Test(arguments: ["000000", "12345", "1234567", "", " 123456", "123456 ", "１２３４５６", "abcdef"])
    func `a wrong code fails the authentication at once`(code: String) async throws {
        try await withShop { shop in
            let (charge, url, browser) = try await challenged(shop)
            let last = try await browser.authenticate(url, code: code)
            #expect(last.form(field: "objectId")?.values["status"] == "false")
            let inquired = try await shop.inquire(charge.id)
            #expect(inquired.state == "Pre-Authorized fail" && inquired.failure == "50 Failed Authentication")
            #expect(inquired.show("mpi", "approval_code") == "null null")
            let notices = try await shop.notices()
            #expect(
                notices.map(\.state) == ["Pre-Authorized fail"]
                    && notices.map(\.failure) == ["50 Failed Authentication"])
            #expect(try await shop.books(charge.id) == [], "the acquirer never hears of it")

            let again = try await browser.post(url.replacing(Shop.publicURL, with: "") + "/otp", "otp=123456")
            #expect(again.form(field: "objectId")?.values["status"] == "false", "there is no second try")
            #expect(try await shop.inquire(charge.id).state == "Pre-Authorized fail")
        }
    }

    @Test(arguments: [false, true])
    func `a payer may give up, before and after asking for a code`(hasAsked: Bool) async throws {
        try await withShop { shop in
            let (charge, url, browser) = try await challenged(shop)
            let page = hasAsked ? try await browser.requestCode(url) : try await browser.open(url)
            let last = try await browser.submit(page.form(button: "Cancel"))
            #expect(last.form(field: "objectId")?.values["status"] == "false")
            let inquired = try await shop.inquire(charge.id)
            #expect(inquired.state == "Pre-Authorized fail" && inquired.failure == "17 Customer Cancellation")
            #expect(try await shop.notices().map(\.state) == ["Pre-Authorized fail"])
        }
    }

    @Test(arguments: [false, true])
    func `fifteen minutes later the challenge has expired`(hasAsked: Bool) async throws {
        try await withShop { shop in
            let (charge, url, browser) = try await challenged(shop)
            if hasAsked { _ = try await browser.requestCode(url) }
            try await shop.advance(seconds: 840)
            let waiting = hasAsked ? "Pre-Authorized Pending" : "Pre-Authorized success"
            #expect(try await shop.inquire(charge.id).state == waiting)
            try await shop.advance(seconds: 61)
            let inquired = try await shop.inquire(charge.id)
            #expect(inquired.state == "Pre-Authorized fail" && inquired.failure == "68 Response Received Too Late")
            #expect(try await shop.notices().map(\.state) == ["Pre-Authorized fail"])
            #expect(try await browser.open(url).form(field: "objectId")?.values["status"] == "false")
            _ = try await browser.post(url.replacing(Shop.publicURL, with: "") + "/otp", "otp=123456")
            #expect(try await shop.inquire(charge.id).state == "Pre-Authorized fail")
            #expect(try await shop.notices().count == 1)
        }
    }

    /// The clock is past the end, and nothing has looked after the payment yet.
    @Test(arguments: ["otp-request", "otp", "cancel"])
    func `a step that comes too late fails even before the expiry has run`(step: String) async throws {
        try await withShop { shop in
            let (charge, url, browser) = try await challenged(shop)
            _ = try await browser.requestCode(url)
            shop.moveClock(seconds: 901)
            _ = try await browser.post(url.replacing(Shop.publicURL, with: "") + "/" + step, "otp=123456")
            let inquired = try await shop.inquire(charge.id)
            #expect(inquired.state == "Pre-Authorized fail" && inquired.failure == "68 Response Received Too Late")
        }
    }

    @Test func `a code before it was asked for changes nothing`() async throws {
        try await withShop { shop in
            let (charge, url, browser) = try await challenged(shop)
            let page = try await browser.post(url.replacing(Shop.publicURL, with: "") + "/otp", "otp=123456")
            #expect(page.form(button: "Request OTP") != nil)
            #expect(try await shop.inquire(charge.id).state == "Pre-Authorized success")
        }
    }

    @Test func `reloading and going back change nothing`() async throws {
        try await withShop { shop in
            let (charge, url, browser) = try await challenged(shop)
            let first = try await browser.open(url)
            for _ in 0..<3 { #expect(try await browser.open(url).form(button: "Request OTP") != nil) }
            let second = try await browser.submit(first.form(button: "Request OTP"))
            for _ in 0..<2 {
                #expect(try await browser.submit(first.form(button: "Request OTP")).form(field: "otp") != nil)
            }
            let last = try await browser.submit(second.form(field: "otp"), [("otp", "123456")])
            #expect(last.form(field: "objectId")?.values["status"] == "true")
            for form in [first.form(button: "Request OTP"), second.form(button: "Cancel"), second.form(field: "otp")] {
                let page = try await browser.submit(form, [("otp", "000000")])
                #expect(page.form(field: "objectId")?.values["status"] == "true")
            }
            #expect(try await browser.open(url).form(field: "objectId")?.values["status"] == "true")
            #expect(try await shop.inquire(charge.id).state == "Authorized success")
            #expect(try await shop.books(charge.id) == ["authorize 200.50 approved"])
            #expect(try await shop.notices().count == 1)
        }
    }

    @Test func `a double click authorises once`() async throws {
        try await withShop { shop in
            let (charge, url, browser) = try await challenged(shop)
            let form = try await browser.requestCode(url).form(field: "otp")
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<6 {
                    group.addTask { try await browser.submit(form, [("otp", "123456")]).answer.status }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses == Array(repeating: 200, count: 6))
            #expect(try await shop.inquire(charge.id).state == "Authorized success")
            #expect(try await shop.books(charge.id) == ["authorize 200.50 approved"])
            #expect(try await shop.notices().map(\.state) == ["Authorized success"])
        }
    }

    @Test func `the right code and giving up at the same time have one outcome`() async throws {
        try await withShop { shop in
            let (charge, url, browser) = try await challenged(shop)
            let page = try await browser.requestCode(url)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<3 {
                    group.addTask { _ = try await browser.submit(page.form(field: "otp"), [("otp", "123456")]) }
                    group.addTask { _ = try await browser.submit(page.form(button: "Cancel")) }
                }
                try await group.waitForAll()
            }
            let state = try await shop.inquire(charge.id).state
            #expect(["Authorized success", "Pre-Authorized fail"].contains(state))
            #expect(try await shop.notices().map(\.state) == [state])
            #expect(
                try await shop.books(charge.id) == (state == "Authorized success" ? ["authorize 200.50 approved"] : []))
        }
    }

    @Test func `the right code and the expiry at the same time have one outcome`() async throws {
        try await withShop { shop in
            for _ in 0..<20 {
                let (charge, url, browser) = try await challenged(shop)
                let form = try await browser.requestCode(url).form(field: "otp")
                let before = try await shop.notices().count
                shop.moveClock(seconds: 899)
                async let page = browser.submit(form, [("otp", "123456")])
                async let run: Void = shop.advance(seconds: 2)
                _ = try await (page, run)
                let state = try await shop.inquire(charge.id).state
                let isPaid = state == "Authorized success"
                #expect(["Authorized success", "Pre-Authorized fail"].contains(state))
                #expect(try await shop.notices().dropFirst(before).map(\.state) == [state])
                #expect(try await shop.books(charge.id) == (isPaid ? ["authorize 200.50 approved"] : []))
            }
        }
    }

    @Test(arguments: [(Cards.declined05, "Declined fail"), (Cards.silent, "Reversed fail")])
    func `a payer who proved who they are may still be declined`(card: String, state: String) async throws {
        try await withShop { shop in
            let (charge, url, browser) = try await challenged(shop, card)
            let last = try await browser.authenticate(url)
            #expect(last.form(field: "objectId")?.values["status"] == "false")
            #expect(try await shop.inquire(charge.id).state == state)
            #expect(try await shop.notices().map(\.state) == [state])
        }
    }

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
            let expected = Self.callback + "&objectId=\(charge.id)&token=\(token)&status=\(status)&saveCard=false"
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

    @Test(arguments: [
        "auth_test_", "auth_test_0123456789012345678901234567890123456789", "x", "%00", "auth_prod_", "..%2f..",
        "auth_test_ABCDEF7890123456789012345678901234567890", "%3Cscript%3E",
    ])
    func `a page that there is not says so and repeats nothing`(secret: String) async throws {
        try await withShop { shop in
            let pages = [
                try await shop.send(.get, "/ui/v2/3ds/\(secret)"),
                try await shop.send(.post, "/ui/v2/3ds/\(secret)/otp", body: "otp=1"),
                try await shop.send(.post, "/ui/v2/3ds/\(secret)/cancel"),
                try await shop.send(.post, "/ui/v2/3ds/\(secret)/otp-request"),
            ]
            for page in pages {
                #expect(page.status == 404 && page.header("content-type") == "text/html; charset=utf-8")
                #expect(!page.text.contains("auth_") && !page.text.contains("<script>"))
            }
        }
    }

    @Test func `one payer's page is nobody else's`() async throws {
        try await withShop { shop in
            let (first, url, browser) = try await challenged(shop)
            let (second, _, _) = try await challenged(shop)
            _ = try await browser.authenticate(url)
            #expect(try await shop.inquire(first.id).state == "Authorized success")
            #expect(try await shop.inquire(second.id).state == "Pre-Authorized success")
        }
    }

    /// What the merchant may do meanwhile.
    @Test func `a charge that waits for its payer can be neither voided, settled nor refunded`() async throws {
        try await withShop { shop in
            let (charge, _, _) = try await challenged(shop)
            #expect(try await shop.void(charge.id).error == "400 void_state_invalid")
            #expect(try await shop.settle(charge.id, "200.50").error == "400 settle_state_invalid")
            #expect(try await shop.refund(charge.id, "200.50").error == "400 refund_state_invalid")
            #expect(try await shop.inquire(charge.id).state == "Pre-Authorized success")
        }
    }

    @Test func `a Mastercard's proof says 02, a Visa's and a JCB's 05`() async throws {
        try await withShop { shop in
            for (card, eci) in [(Cards.approvedMastercard, "02"), (Cards.approved, "05"), ("3564580000056476", "05")] {
                let (charge, url, browser) = try await challenged(shop, card)
                _ = try await browser.authenticate(url)
                let answer = try await shop.inquire(charge.id)
                #expect(answer.show("mpi.eci") == eci)
                #expect(answer.show("mpi.xid").count == 40 && answer.show("mpi.cavv").count == 40)
            }
        }
    }
}
