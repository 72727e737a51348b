import Money
import Payments
import Testing

@testable import Checkout

@Suite struct ViewTests {
    @Test(
        arguments: [
            (0, Currency.THB, "0.00"), (99_999, .THB, "999.99"), (100_000, .THB, "1,000.00"),
            (999_999_999_999, .THB, "9,999,999,999.99"), (120, .JPY, "120"), (1_234_567, .JPY, "1,234,567"),
            (1_250, .KWD, "1.25"), (1_234_567, .KWD, "1,234.567"), (-100_000, .THB, "-1,000.00"),
        ] as [(Int64, Currency, String)])
    func `an amount is grouped by thousands, with the decimals of its currency`(
        units: Int64, currency: Currency, text: String
    ) {
        #expect(Money(minorUnits: units, currency).grouped == text)
    }

    @Test func `a wrong field says why beside it and keeps no number or code`() async throws {
        let page = try await Rendered.one("card-problems")
        #expect(page.status == 422 && page.contains("role=\"alert\""))
        #expect(page.contains("id=\"number-error\">This is not a card number."))
        #expect(page.contains("id=\"expiry-error\">This card has expired."))
        #expect(page.html.matches(of: /aria-invalid="true"/).count == 4)
        #expect(page.contains("name=\"expiry\" type=\"text\" value=\"01/20\""))
        #expect(page.contains("name=\"number\" type=\"text\" value=\"\""))
        #expect(page.contains("name=\"cvv\" type=\"text\" value=\"\""))
        #expect(page.contains("type=\"checkbox\" checked"))
    }

    @Test(
        arguments: [
            ("https://shop.example", "https://shop.example", ["status=S"]),
            ("https://shop.example/a?b=c&d=%20e#f?g", "https://shop.example/a#f?g", ["b=c", "d= e", "status=S"]),
            ("https://shop.example/?", "https://shop.example/", ["status=S"]),
        ])
    func `the way back keeps what the shop's address holds`(url: String, action: String, fields: [String]) {
        let values = BackToShop(to: url, with: [("status", "S")]).values
        let shown = (values["fields"] as? [[String: String]] ?? []).map {
            ($0["name"] ?? "") + "=" + ($0["value"] ?? "")
        }
        #expect(values["url"] as? String == action && values["isLink"] as? Bool == false)
        #expect(shown == fields)
    }

    @Test(
        arguments: [
            ("https://shop.example/?%ZZ", "https://shop.example/?%ZZ&status=S&ref=a+b%26"),
            (
                "https://shop.example/back?order=55&name=%A1%A2#top",
                "https://shop.example/back?order=55&name=%A1%A2&status=S&ref=a+b%26#top"
            ),
            (
                "https://shop.example/back?order=55&pct=100%",
                "https://shop.example/back?order=55&pct=100%&status=S&ref=a+b%26"
            ),
        ])
    func `a query that cannot be taken apart stands in a link as it is`(url: String, link: String) {
        let values = BackToShop(to: url, with: [("status", "S"), ("ref", "a b&")]).values
        #expect(values["url"] as? String == link && values["isLink"] as? Bool == true)
    }

    @Test(arguments: ["deposit-paid-link", "promptpay-checking-link"])
    func `the link back is the page's only way there`(name: String) async throws {
        let page = try await Rendered.one(name)
        #expect(page.contains("href=\"https://shop.example/back?order=7&amp;name=%A1%A2&amp;status=S\""))
        #expect(!page.contains("action=\"https://shop.example"))
    }

    @Test func `a code that is wrong is said beside it, and no password is shown again`() async throws {
        let wrong = try await Rendered.one("bank-otp1-wrong")
        #expect(wrong.contains("id=\"otp1-error\">The code is wrong.") && wrong.contains("aria-invalid=\"true\""))
        let empty = try await Rendered.one("bank-sign-in-empty")
        #expect(empty.status == 422 && empty.contains("name=\"username\" type=\"text\" value=\"somchai\""))
        #expect(empty.contains("name=\"password\" type=\"password\" value=\"\""))
    }

    @Test func `a page within the shop's own draws no button and no heading of its own`() async throws {
        let page = try await Rendered.one("card", Gallery(language: .english, place: .inline(origin: Gallery.origin)))
        #expect(!page.contains("<button") && !page.contains("class=\"purchase\""))
    }

    @Test(arguments: ["card", "saved-cards", "fee", "conversion"])
    func `a step within the shop's own page leaves its button to the shop`(name: String) async throws {
        let page = try await Rendered.one(name, Gallery(language: .english, place: .inline(origin: Gallery.origin)))
        #expect(!page.contains("<button") && page.html.matches(of: /<form[^>]* data-main/).count == 1)
        let over = try await Rendered.one(name)
        #expect(over.contains("type=\"submit\""))
    }

    @Test func `within the shop's own page a currency is an answer that is chosen, and none is beforehand`()
        async throws
    {
        let page = try await Rendered.one(
            "conversion", Gallery(language: .english, place: .inline(origin: Gallery.origin)))
        let choices = page.html.matches(of: /<input type="radio" name="currency" value="(\w+)" required>/)
        #expect(choices.map { String($0.1) } == ["THB", "USD"])
    }

    @Test func `a picture to be saved is a file of its own`() async throws {
        let page = try await Rendered.one("thai-qr-file")
        #expect(page.contains("<img src=\"/ui/v2/assets/icon.svg\""))
        #expect(page.contains("href=\"/ui/v2/assets/qr.png\" download"))
    }

    @Test func `while there is nothing to pay with yet, no payer is asked to`() async throws {
        let page = try await Rendered.one("preparing")
        #expect(page.texts("h1") == ["One moment, please"])
        #expect(
            !page.contains("<img src=\"/ui/v2/qr") && !page.contains("download") && !page.contains("role=\"timer\""))
    }

    @Test(arguments: GalleryTests.languages, GalleryTests.places)
    func `every page with a form has a heading`(language: Language, place: Frame.Place) async throws {
        for page in try await Rendered.all(Gallery(language: language, place: place)) where page.contains("<form") {
            #expect(page.texts("h1").count == 1, "\(page.name)")
        }
    }

    @Test func `a page that saves a card asks for no consent and shows no amount`() async throws {
        let page = try await Rendered.one("webview-save")
        #expect(page.contains(">Save</button>") && !page.contains("savecard") && !page.contains("THB"))
    }

    @Test func `a saved card shows its first six and last four digits, and an expired one cannot be chosen`()
        async throws
    {
        let page = try await Rendered.one("saved-cards")
        #expect(page.contains("4417 70** **** 5830") && page.contains("Use another card"))
        #expect(page.contains("value=\"card_test_1\" required checked>"))
        #expect(page.contains("value=\"card_test_3\" required disabled>"))
        #expect(page.contains("Pay 30,000.00 THB"))
    }

    @Test func `the choice of a currency shows both amounts and the rate, and asks for consent`() async throws {
        let page = try await Rendered.one("conversion")
        for text in [
            "1 USD = 33.560 THB", "893.92 USD", "30,000.00 THB", "I accept the payment currency",
            "name=\"currency\" value=\"THB\"", "name=\"currency\" value=\"USD\"",
            "name=\"token\" value=\"tokn_test_1\"",
        ] {
            #expect(page.contains(text), "\(text)")
        }
        #expect(!page.contains("role=\"alert\""))
        #expect(try await Rendered.one("conversion-problem").contains("role=\"alert\""))
    }

    @Test func `a waiting page counts down, shows the QR's id and looks again by itself without scripts`() async throws
    {
        let page = try await Rendered.one("thai-qr")
        for text in [
            "qr_test_0190f1c2a7b37d3e", ">9:05<", "data-seconds=\"545\"", "data-status=\"/ui/v2/status/1\"",
            "<noscript><meta http-equiv=\"refresh\" content=\"5\"></noscript>", "action=\"/ui/v2/cancel/1\"",
        ] {
            #expect(page.contains(text), "\(text)")
        }
    }

    @Test(arguments: [
        ("kplus://pay?id=1", true), ("https://app.example/pay", true), ("javascript:alert(1)", false),
        ("JavaScript:alert(1)", false), (" javascript:alert(1)", false), ("java\nscript:alert(1)", false),
        ("data:text/html,x", false), ("nothing", false), (":x", false),
    ])
    func `a link opens an app and runs nothing`(link: String, isTaken: Bool) async throws {
        #expect(PayPlusPage.isSafe(link) == isTaken)
    }

    @Test(arguments: ["alipay", "wechat", "unionpay"])
    func `a wallet has a form with Pay and a form with Cancel`(name: String) async throws {
        let page = try await Rendered.one(name)
        #expect(page.contains("action=\"/ui/v2/pay/1\"") && page.contains(">Pay</button>"))
        #expect(page.contains("action=\"/ui/v2/cancel/1\"") && page.contains(">Cancel</button>"))
    }

    @Test func `UnionPay's fields are filled in`() async throws {
        let page = try await Rendered.one("unionpay")
        for text in ["value=\"6250947000000014\"", "value=\"12/33\"", "value=\"123\"", "value=\"111111\""] {
            #expect(page.contains(text), "\(text)")
        }
        #expect(try await Rendered.one("unionpay-code").contains("name=\"otp\" type=\"text\" value=\"111111\""))
    }

    @Test(arguments: ["alipay", "wechat", "unionpay"], [Language.thai, .khmer])
    func `a wallet's buttons keep the English words`(name: String, language: Language) async throws {
        let page = try await Rendered.one(name, Gallery(language: language))
        #expect(page.contains("(Pay)</button>") && page.contains("(Cancel)</button>"))
    }

    @Test func `what is handed over goes to the shop's address only from a window of its own`() async throws {
        let framed = try await Rendered.one("card-taken")
        #expect(framed.contains("name=\"token\" value=\"tokn_test_1\"") && !framed.contains("shop.example/callback"))
        #expect(framed.policy.hasSuffix("form-action 'none'"))
        let alone = try await Rendered.one("card-taken", Gallery(language: .english, place: .window))
        #expect(alone.contains("action=\"https://shop.example/callback\"") && alone.contains(">Continue</button>"))
    }

    @Test func `a shop's developer is told what is wrong`() async throws {
        let page = try await Rendered.one("set-up-wrong")
        #expect(page.status == 400 && page.texts("li").count == 2)
        #expect(try await Rendered.one("unavailable").contains("href=\"/ui/v2/checkout?a=b\""))
    }
}
