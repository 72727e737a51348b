import APISupport
import HTTPTypes
import Testing

/// The hosted 3-D Secure page (4.1.1.4), walked through as a browser without scripts does.
@Suite struct ThreeDSecureTests {
    @Test func `the right code authorises, tells the shop and sends the payer back`() async throws {
        try await withShop { shop in
            let token = try await shop.token()
            let (charge, url, browser) = try await challenged(shop) { $0.with("token", text: token) }
            #expect(url.hasPrefix(Sandbox.publicURL + "/ui/v2/3ds/auth_test_") && url.count <= 256)

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
            #expect(back.action == shopsCallback)
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

            let again = try await browser.post(url.replacing(Sandbox.publicURL, with: "") + "/otp", "otp=123456")
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
            _ = try await browser.post(url.replacing(Sandbox.publicURL, with: "") + "/otp", "otp=123456")
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
            _ = try await browser.post(url.replacing(Sandbox.publicURL, with: "") + "/" + step, "otp=123456")
            let inquired = try await shop.inquire(charge.id)
            #expect(inquired.state == "Pre-Authorized fail" && inquired.failure == "68 Response Received Too Late")
        }
    }

    @Test func `a code before it was asked for changes nothing`() async throws {
        try await withShop { shop in
            let (charge, url, browser) = try await challenged(shop)
            let page = try await browser.post(url.replacing(Sandbox.publicURL, with: "") + "/otp", "otp=123456")
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
