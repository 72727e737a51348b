import APISupport
import HTTPTypes
import Testing

/// Every field of `create_prompt_pay_qrcode` and `create_prompt_pay_deposit`, given wrongly.
@Suite struct PromptPayFieldTests {
    /// A field, a raw value, and what is answered.
    static let wrong: [(String, String, String)] = [
        ("amount", "null", "MISSING_PARAMETER"), ("amount", "\"\"", "MISSING_PARAMETER"),
        ("amount", "0", "INVALID_AMOUNT"), ("amount", "-1", "INVALID_AMOUNT"), ("amount", "\"-100\"", "INVALID_AMOUNT"),
        ("amount", "1.5", "INVALID_PARAMETER"), ("amount", "1.0", "INVALID_PARAMETER"),
        ("amount", "1e2", "INVALID_PARAMETER"), ("amount", "\"1,000\"", "INVALID_PARAMETER"),
        ("amount", "\"abc\"", "INVALID_PARAMETER"), ("amount", "true", "INVALID_PARAMETER"),
        ("amount", "[1]", "INVALID_PARAMETER"), ("amount", "{}", "INVALID_PARAMETER"),
        ("amount", "99999999999999999999", "INVALID_PARAMETER"), ("amount", "2000001", "AMOUNT_LIMIT_EXCEEDED"),
        ("callback_url", "null", "MISSING_PARAMETER"), ("callback_url", "\" \"", "MISSING_PARAMETER"),
        ("callback_url", "7", "INVALID_PARAMETER"), ("callback_url", "\"shop.test\"", "INVALID_PARAMETER"),
        ("callback_url", "\"javascript:alert(1)\"", "INVALID_PARAMETER"),
        ("callback_url", "\"ftp://shop.test/\"", "INVALID_PARAMETER"),
        ("callback_url", "\"http://\"", "INVALID_PARAMETER"),
        ("callback_url", "\"http://shop.test/a b\"", "INVALID_PARAMETER"),
        ("callback_url", "\"http://shop.test/\\r\\nX: y\"", "INVALID_PARAMETER"),
        ("callback_url", "\"http://a.test/\(String(repeating: "a", count: 499))\"", "INVALID_PARAMETER"),
        ("ref", "null", "MISSING_PARAMETER"), ("ref", "7", "INVALID_PARAMETER"), ("ref", "[]", "INVALID_PARAMETER"),
        ("ref", "\"a\\u0000b\"", "INVALID_PARAMETER"),
        ("ref", "\"\(String(repeating: "r", count: 129))\"", "INVALID_PARAMETER"),
        ("account_no_list", "7", "INVALID_PARAMETER"), ("account_no_list", "true", "INVALID_PARAMETER"),
        ("account_no_list", "{}", "INVALID_PARAMETER"), ("account_no_list", "\"123\"", "INVALID_PARAMETER"),
        ("account_no_list", "\"[12\"", "INVALID_PARAMETER"), ("account_no_list", "\"[abc]\"", "INVALID_PARAMETER"),
        ("account_no_list", "\"[1,,2]\"", "INVALID_PARAMETER"), ("account_no_list", "[null]", "INVALID_PARAMETER"),
        ("account_no_list", "[[1]]", "INVALID_PARAMETER"), ("account_no_list", "[1.5]", "INVALID_PARAMETER"),
        ("account_no_list", "\"[X]\"", "INVALID_PARAMETER"),
        (
            "account_no_list", "\"[\(Array(repeating: "1234567890", count: 50).joined(separator: ","))]\"",
            "INVALID_PARAMETER"
        ),
    ]

    @Test(arguments: ["create_prompt_pay_qrcode", "create_prompt_pay_deposit"])
    func `whatever is wrong is named, and nothing is made`(name: String) async throws {
        try await withShop { shop in
            for (field, value, code) in Self.wrong {
                let answer = try await shop.call(name, .promptPayDeposit.with(field, value))
                #expect(answer.outcome == "400 \(code)", "\(field) \(value)")
                #expect(code.hasPrefix("INVALID_A") || code.hasPrefix("AMOUNT") || answer.message.contains(field))
            }
            #expect(try await shop.payments().isEmpty)
        }
    }

    @Test func `only our own page needs to know where the payer goes back to`() async throws {
        try await withShop { shop async throws in
            for (value, code) in [
                ("null", "400 MISSING_PARAMETER"), ("\"shop\"", "400 INVALID_PARAMETER"),
                ("[]", "400 INVALID_PARAMETER"),
            ] {
                let body = Body.promptPayDeposit.with("postback_url", value)
                #expect(try await shop.call("create_prompt_pay_deposit", body).outcome == code)
                #expect(try await shop.call("create_prompt_pay_qrcode", body).outcome == "200 OK")
            }
        }
    }

    @Test(arguments: [
        ("\"[123, 456]\"", "[123, 456]"), ("[123,456]", "[123, 456]"), ("\"[123,456]\"", "[123,456]"),
        ("[\"X434783\", \"0993720453\"]", "[\"X434783\", \"0993720453\"]"), ("\"[]\"", "[]"), ("[]", "[]"),
        ("\"[6591492367, 0993720453, 1691414538]\"", "[6591492367, 0993720453, 1691414538]"),
        ("\"['65-914-92367']\"", "['65-914-92367']"), ("null", "null"), ("\"\"", "null"),
    ])
    func `the list of accounts is shown as it was sent`(sent: String, shown: String) async throws {
        try await withShop { shop in
            let uuid = try await shop.newCode(.qrCode.with("account_no_list", sent))
            #expect(try await shop.code(uuid).reply("prompt_pay_qrcode.account_no_list") == shown)
        }
    }

    @Test func `the longest values are taken, and hostile text is only text`() async throws {
        try await withShop { shop in
            let texts = [
                String(repeating: "ก", count: 128), "<script>alert(1)</script>", "'; DROP TABLE payments; --",
                "\"}]}\\", "\u{202E}\u{1F4B8}", "%s%n${7*7}",
            ]
            for text in texts {
                let url = "http://a.test/" + String(repeating: "a", count: 498)
                let uuid = try await shop.newCode(.qrCode.with("ref", text: text).with("callback_url", text: url))
                let code = try await shop.code(uuid)
                #expect(code.reply("prompt_pay_qrcode.ref") == text)
                #expect(code.reply("prompt_pay_qrcode.callback_url") == url)
            }
        }
    }

    /// The code that this form, signed, makes.
    private func make(_ shop: Shop, _ list: String) async throws -> Answer {
        let time = shop.newTime()
        let body =
            "merchant_code=DEMO&time=\(time)&signature=\(shop.signature(time))&amount=1&ref=R"
            + "&callback_url=http%3A%2F%2Fshop.test%2F&" + list
        let type = ("content-type", "application/x-www-form-urlencoded")
        return try await shop.send(.post, "/api/create_prompt_pay_qrcode", [type], body: body)
    }

    @Test(arguments: [
        ("account_no_list=%5B123%2C+456%5D", "[123, 456]"),
        ("account_no_list%5B%5D=123&account_no_list%5B%5D=456", "[\"123\", \"456\"]"),
        ("account_no_list[]=123&account_no_list[]=456", "[\"123\", \"456\"]"),
        // As PHP's http_build_query writes them, also after something was taken out of the array.
        ("account_no_list%5B0%5D=659&account_no_list%5B1%5D=099", "[\"659\", \"099\"]"),
        ("account_no_list[1]=659&account_no_list[4]=099&note[a]=1&note[b]=2", "[\"659\", \"099\"]"),
        ("account_no_list[0]=659&account_no_list[]=099", "[\"659\", \"099\"]"),
        ("account_no_list[0]=659", "[\"659\"]"),
    ])
    func `a form may carry the list as text or as elements`(list: String, shown: String) async throws {
        try await withShop { shop in
            let made = try await make(shop, list)
            #expect(made.outcome == "200 OK", "\(made.text)")
            let code = try await shop.code(made.reply("uuid"))
            #expect(code.reply("prompt_pay_qrcode.account_no_list") == shown)
        }
    }

    @Test(arguments: [
        ("account_no_list[a]=1", "400 INVALID_PARAMETER"), ("account_no_list[0][no]=1", "400 INVALID_PARAMETER"),
        ("account_no_list[0]=1&account_no_list[a]=2", "400 INVALID_PARAMETER"),
        ("account_no_list[0]=x", "400 INVALID_PARAMETER"),
        ("account_no_list[99999999999999999999]=1", "400 INVALID_PARAMETER"),
        ("account_no_list[0]=1&account_no_list[0]=2", "400 INVALID_REQUEST"),
        ("account_no_list[0]=1&account_no_list[00]=2", "400 INVALID_REQUEST"),
        ("account_no_list[]=1&account_no_list[0]=2", "400 INVALID_REQUEST"),
        ("account_no_list[0]=1&account_no_list=[2]", "400 INVALID_REQUEST"),
        ("account_no_list=[2]&account_no_list[0]=1", "400 INVALID_REQUEST"),
    ])
    func `a list in a form that cannot be kept is refused, not dropped`(list: String, code: String) async throws {
        try await withShop { shop in
            let answer = try await make(shop, list)
            #expect(answer.outcome == code)
            #expect(code.hasSuffix("REQUEST") || answer.message.contains("account_no_list"))
            #expect(try await shop.payments().isEmpty)
        }
    }
}
