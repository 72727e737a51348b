import APISupport
import Testing

/// Every field of Create Charge (6.1.1): missing, of the wrong type, as long as allowed and one longer.
@Suite struct ChargeFieldTests {
    /// A field by its path; the last step is its own name.
    struct Field: Sendable, CustomTestStringConvertible {
        let path: String
        let longest: Int

        init(_ path: String, _ longest: Int) {
            self.path = path
            self.longest = longest
        }

        var testDescription: String { path }

        /// The body with this field's raw value; nil leaves the field out.
        func put(_ raw: String?, in body: Body) -> Body {
            let steps = path.split(separator: ".").map(String.init)
            guard steps.count == 2 else { return raw.map { body.with(path, $0) } ?? body.without(path) }
            let mid = steps[1] == "mid" || steps[0] != "additional_data" ? "" : "\"mid\":\"\(Shop.Mid.without3DS)\""
            let field = raw.map { "\"\(steps[1])\":\($0)" } ?? ""
            let members = [mid, field].filter { !$0.isEmpty }.joined(separator: ",")
            return body.with(steps[0], "{\(members)}")
        }
    }

    static let mandatory = [
        "amount", "currency", "description", "source_type", "reference_order", "token", "additional_data.mid",
    ].map { Field($0, 0) }

    @Test(arguments: mandatory)
    func `a mandatory field that is missing or empty is named`(field: Field) async throws {
        try await withShop { shop in
            let body = Body.charge(try await shop.token())
            for raw in [nil, "null", "\"\"", "\" \"", "\"\\t\\n \"", "\"\u{3000}\""] as [String?] {
                let answer = try await shop.charge(field.put(raw, in: body))
                #expect(answer.error == "400 mandatory_is_empty", "\(raw ?? "missing")")
                #expect(
                    answer.message.hasPrefix("Mandatory parameter is missing") && answer.message.contains(field.path))
            }
            #expect(try await shop.charge(body).state == "Authorized success")
        }
    }

    @Test func `a card charge without additional_data lacks its merchant id`() async throws {
        try await withShop { shop in
            let body = Body.charge(try await shop.token())
            for changed in [
                body.without("additional_data"), body.with("additional_data", "null"),
                body.with("additional_data", "{}"),
            ] {
                let answer = try await shop.charge(changed)
                #expect(answer.error == "400 mandatory_is_empty" && answer.message.contains("mid"))
            }
        }
    }

    static let texts = [
        Field("currency", 3), Field("description", 255), Field("reference_order", 50), Field("token", 50),
        Field("order_id", 100), Field("ref_1", 128), Field("ref_2", 128), Field("ref_3", 128),
        Field("additional_data.mid", 20), Field("additional_data.tid", 20), Field("additional_data.campaign_id", 8),
        Field("customer.customer_id", 256), Field("customer.card_id", 50),
    ]
    static let words = [Field("source_type", 0), Field("mode", 0), Field("callback_type", 0)]

    @Test(arguments: texts + words)
    func `anything but a string is refused and the field named`(field: Field) async throws {
        try await withShop { shop in
            let body = Body.charge(try await shop.token())
            for raw in ["1", "-0.5", "true", "false", "{}", "[]", "[\"x\"]", "{\"a\":\"b\"}"] {
                let answer = try await shop.charge(field.put(raw, in: body))
                #expect(
                    answer.error == "400 invalid_parameter" && answer.message.contains(field.path),
                    "\(raw) \(answer.text)")
            }
            #expect(try await shop.charge(body).state == "Authorized success")
        }
    }

    @Test(arguments: ["additional_data", "customer", "dcc_data", "smartpay"])
    func `anything but an object is refused and the field named`(name: String) async throws {
        try await withShop { shop in
            let body = Body.charge(try await shop.token())
            for raw in ["1", "\"x\"", "true", "[]", "[{}]"] {
                let answer = try await shop.charge(body.with(name, raw))
                #expect(
                    answer.error == "400 invalid_parameter" && answer.message.contains(name), "\(raw) \(answer.text)")
            }
        }
    }

    @Test func `savecard is a boolean, or its name as the sample shows it`() async throws {
        try await withShop { shop in
            for raw in ["true", "false", "\"true\"", "\"false\"", "null", "\"\""] {
                #expect(try await shop.charge { $0.with("savecard", raw) }.status == 200, "\(raw)")
            }
            for raw in ["1", "\"yes\"", "{}", "[true]", "0"] {
                let answer = try await shop.charge { $0.with("savecard", raw) }
                #expect(answer.error == "400 invalid_parameter" && answer.message.contains("savecard"), "\(raw)")
            }
        }
    }

    @Test(arguments: texts, ["a", "ก", "😀"])
    func `one character more than allowed is refused and the field named`(field: Field, letter: String) async throws {
        try await withShop { shop in
            let body = Body.charge(try await shop.token())
            let longest = quoted(String(repeating: letter, count: field.longest))
            let fits = try await shop.charge(field.put(longest, in: body))
            #expect(fits.show("code") != "invalid_parameter", "\(fits.text)")
            let longer = quoted(String(repeating: letter, count: field.longest + 1))
            let answer = try await shop.charge(field.put(longer, in: body.with("reference_order", text: "another")))
            #expect(answer.error == "400 invalid_parameter" && answer.message.contains(field.path), "\(answer.text)")
        }
    }

    @Test(arguments: ["description", "reference_order", "ref_1", "ref_2", "ref_3"])
    func `what is echoed comes back to the character`(name: String) async throws {
        try await withShop { shop in
            for text in [
                "ที่ค้ำ", "👨‍👩‍👧‍👦 \u{202E}desrever", "\"quoted\" \\ / <b>&amp;'", "tab\tline\nreturn\r",
                " leading and trailing ",
                "\u{2028}\u{2029}\u{FEFF}\u{FFFD}", "e\u{301} é", "\u{1}\u{1F}\u{7F}", "null", "{{x}}{{{y}}}",
            ] {
                let answer = try await shop.charge { $0.with(name, text: text) }
                #expect(answer.state == "Authorized success", "\(answer.text)")
                #expect(answer.show(name).unicodeScalars.elementsEqual(text.unicodeScalars), "\(text)")
                let inquired = try await shop.inquire(answer.id)
                #expect(inquired.show(name).unicodeScalars.elementsEqual(text.unicodeScalars), "\(text)")
            }
        }
    }

    @Test(arguments: ["description", "reference_order", "ref_1", "ref_2", "ref_3", "token", "additional_data.mid"])
    func `text that holds NUL is refused`(path: String) async throws {
        try await withShop { shop in
            let field = Field(path, 0)
            let body = field.put("\"a\\u0000b\"", in: Body.charge(try await shop.token()))
            let answer = try await shop.charge(body)
            #expect(answer.error == "400 invalid_parameter" && answer.message.contains(path), "\(answer.text)")
        }
    }

    @Test func `members that the document does not know are ignored`() async throws {
        try await withShop { shop in
            let answer = try await shop.charge {
                $0.with("savecards", "[1,{\"a\":null}]").with("Amount", "\"no number\"").with("", "0")
                    .with("additional_data", "{\"mid\":\"\(Shop.Mid.without3DS)\",\"shop\":{\"x\":[]},\"tid\":null}")
            }
            #expect(answer.state == "Authorized success", "\(answer.text)")
            #expect(answer.show("amount") == "200.5")
        }
    }

    @Test(arguments: ["token", "TOKEN", "Token", "\"\"", "null", "-"])
    func `the mode is token whatever its case, and where it is left out`(mode: String) async throws {
        try await withShop { shop in
            let answer = try await shop.charge { body in
                switch mode {
                case "-": body.without("mode")
                case "null", "\"\"": body.with("mode", mode)
                default: body.with("mode", text: mode).with("source_type", text: mode == "TOKEN" ? "CARD" : "card")
                }
            }
            #expect(answer.state == "Authorized success", "\(answer.text)")
        }
    }

    @Test(arguments: [
        ("source_type", "cash"), ("source_type", "card "), ("mode", "tokens"), ("mode", "register"),
        ("callback_type", "app"), ("callback_type", "Web page"),
    ])
    func `a word that is none of the document's is refused and the field named`(name: String, word: String) async throws
    {
        try await withShop { shop in
            let answer = try await shop.charge { $0.with(name, text: word) }
            #expect(answer.error == "400 invalid_parameter" && answer.message.contains(name), "\(answer.text)")
        }
    }

    /// What cannot be done must be refused, not charged as something else.
    @Test(arguments: [
        ("mode", "\"customer\"", "400 mandatory_is_empty"), ("mode", "\"register3D\"", "400 amount_invalid"),
        ("mode", "\"register3d\"", "400 amount_invalid"),
        ("customer", "{\"customer_id\":\"cust_test_1\"}", "404 customer_invalid"),
        ("customer", "{}", "400 mandatory_is_empty"), ("customer", "{\"customer_id\":\" \"}", "400 mandatory_is_empty"),
        ("customer", "{\"customer_id\":null}", "400 mandatory_is_empty"),
        ("customer", "{\"card_id\":\"card_test_1\"}", "400 mandatory_is_empty"),
    ])
    func `what is asked for wrongly charges nothing`(name: String, raw: String, error: String) async throws {
        try await withShop { shop in
            let body = Body.charge(try await shop.token())
            #expect(try await shop.charge(body.with(name, raw)).error == error)
            #expect(
                try await shop.charge(body).state == "Authorized success", "the token and the reference are still free")
        }
    }
}
