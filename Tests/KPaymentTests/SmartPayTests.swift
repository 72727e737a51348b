import APISupport
import Payments
import Testing

/// Instalments: `smartpay_id` and `term`, or the `smartpay` object (4.1.1.1, 6.1.1).
@Suite struct SmartPayTests {
    private static func byID(_ members: String) -> @Sendable (Body) -> Body {
        { $0.additional(Shop.Mid.smartPay, members) }
    }

    @Test(arguments: [
        "\"smartpay_id\":\"0001\",\"term\":10", "\"smartpay_id\":\"0001\",\"term\":\"10\"",
        "\"smartpay_id\":\"0002\",\"term\":\"010\"", "\"smartpay_id\":\"888888\",\"term\":\"10\"",
        "\"smartpay_id\":\"0001\",\"term\":10,\"tid\":\"12345678\",\"campaign_id\":\"00000001\"",
    ])
    func `an offer is taken by its id and term`(members: String) async throws {
        try await withShop { shop in
            let answer = try await shop.instalment("1000", Self.byID(members))
            #expect(answer.state == "Authorized success", "\(answer.text)")
            let payment = try #require(try await shop.payment(answer.id))
            #expect(payment.terms.instalment?.months == 10)
        }
    }

    @Test(arguments: [
        SmartPay(), SmartPay().with("product_type", "4"), SmartPay().with("product_type", "\"004\""),
        SmartPay().with("ipan_mode", "1").with("payment_term", "3").with("plan_id", "999"),
        SmartPay().with("supplier_no", "99903").with("model_no", "999901").with("payment_term", "\"03\""),
        // The samples of 4.1.1.1, of the table in 6.1.1, and one that merchant and supplier share.
        SmartPay().with("ipan_mode", "\"03\"").with("product_type", "\"003\"").with("model_no", "\"123456\"")
            .with("payment_term", "\"10\""),
        SmartPay().with("ipan_mode", "\"02\"").with("product_type", "\"2\"").with("payment_term", "\"10\"")
            .with("supplier_no", "\"00003\"").with("model_no", "\"001234\""),
        SmartPay().with("ipan_mode", "\"02\"").with("product_type", "\"2\"").with("supplier_no", "3")
            .with("model_no", "1234"),
        SmartPay().with("ipan_mode", "\"04\"").with("model_no", "\"999904\""),
    ])
    func `a plan is taken, numbers counting by their value`(plan: SmartPay) async throws {
        try await withShop { shop in
            let answer = try await shop.instalment("1000") { $0.with("smartpay", plan.text) }
            #expect(answer.state == "Authorized success", "\(plan.text) \(answer.text)")
            let payment = try #require(try await shop.payment(answer.id))
            #expect(payment.terms.instalment != nil)
        }
    }

    static let wrong: [(additional: String, smartpay: String?)] = [
        ("\"tid\":null", nil), ("\"tid\":null", SmartPay().with("plan_id", "\"998\"").text),
        ("\"smartpay_id\":\"0009\",\"term\":10", nil), ("\"smartpay_id\":\"1\",\"term\":10", nil),
        ("\"smartpay_id\":\"0001\",\"term\":11", nil), ("\"smartpay_id\":\"0001\",\"term\":0", nil),
        ("\"smartpay_id\":\"0001\",\"term\":10", SmartPay().text), ("\"term\":10", nil),
        ("\"term\":10", SmartPay().text),
        ("\"tid\":null", SmartPay().with("product_type", "\"5\"").text),
        ("\"tid\":null", SmartPay().with("ipan_mode", "\"03\"").text),
        ("\"tid\":null", SmartPay().with("supplier_no", "\"99904\"").text),
        ("\"tid\":null", SmartPay().with("supplier_no", "\"9990X\"").text),
        ("\"tid\":null", SmartPay().with("model_no", "\"1\"").text),
        ("\"tid\":null", SmartPay().with("payment_term", "\"72\"").text),
        // The report's sample line ended in 2021.
        (
            "\"tid\":null",
            SmartPay().with("ipan_mode", "2").with("product_type", "3").with("supplier_no", "99902")
                .with("model_no", "999999").text
        ),
    ]

    @Test(arguments: wrong.indices) func `what is not offered is smartpay_invalid and uses nothing up`(
        index: Int
    ) async throws {
        try await withShop { shop in
            let body = Body.charge(try await shop.token(), mid: Shop.Mid.smartPay)
            var asked = body.additional(Shop.Mid.smartPay, Self.wrong[index].additional)
            if let smartpay = Self.wrong[index].smartpay { asked = asked.with("smartpay", smartpay) }
            let answer = try await shop.charge(asked)
            #expect(answer.error == "400 smartpay_invalid", "\(asked.text) \(answer.text)")
            #expect(answer.message.hasPrefix("smartpay information cannot found in system"))
            let other = body.with("additional_data", "{\"mid\":\"\(Shop.Mid.without3DS)\"}")
            #expect(try await shop.charge(other).state == "Authorized success")
        }
    }

    @Test func `a term beside the same term of a plan does no harm`() async throws {
        try await withShop { shop in
            let answer = try await shop.instalment("1000") {
                $0.additional(Shop.Mid.smartPay, "\"term\":\"3\"").with("smartpay", SmartPay().text)
            }
            #expect(answer.state == "Authorized success", "\(answer.text)")
        }
    }

    @Test(arguments: [("2999.99", false), ("3000", true), ("50000", true), ("50000.01", false)])
    func `a plan holds between its prices`(amount: String, isTaken: Bool) async throws {
        try await withShop { shop in
            let plan = SmartPay().with("ipan_mode", "2").with("product_type", "3").with("model_no", "100001")
                .with("payment_term", "6")
            let answer = try await shop.charge(mid: Shop.Mid.smartPay) {
                $0.with("amount", amount).with("smartpay", plan.text)
            }
            #expect(isTaken ? answer.state == "Pre-Authorized success" : answer.error == "400 smartpay_invalid")
        }
    }

    @Test(arguments: [Shop.Mid.full, Shop.Mid.without3DS, Shop.Mid.fullDCCWithout3DS, Shop.Mid.convenienceFee])
    func `another product's merchant id takes no instalments`(mid: String) async throws {
        try await withShop { shop in
            let body = Body.charge(try await shop.token(), mid: mid)
            for asked in [
                body.with("smartpay", SmartPay().text), body.additional(mid, "\"smartpay_id\":\"0001\",\"term\":10"),
                body.additional(mid, "\"term\":10"),
            ] {
                #expect(try await shop.charge(asked).error == "400 smartpay_invalid")
            }
        }
    }

    private static let members = [
        "plan_id", "ipan_mode", "product_type", "payment_term", "supplier_no", "model_no",
    ]

    @Test(arguments: members) func `every member of a plan is mandatory`(member: String) async throws {
        try await withShop { shop in
            let body = Body.charge(try await shop.token(), mid: Shop.Mid.smartPay)
            for plan in [
                SmartPay().without(member), SmartPay().with(member, "null"), SmartPay().with(member, "\" \""),
            ] {
                let answer = try await shop.charge(body.with("smartpay", plan.text))
                #expect(answer.error == "400 mandatory_is_empty" && answer.message.hasSuffix("smartpay.\(member)"))
            }
            #expect(try await shop.charge(body.with("smartpay", "{}")).error == "400 mandatory_is_empty")
        }
    }

    @Test(arguments: members) func `a mistyped or over-long member is refused and named`(member: String) async throws {
        try await withShop { shop in
            let body = Body.charge(try await shop.token(), mid: Shop.Mid.smartPay)
            for raw in ["true", "[]", "{}", "1.5", "-1", "1e1", "1234567", "\"1234567\"", "\"a\\u0000\""] {
                let answer = try await shop.charge(body.with("smartpay", SmartPay().with(member, raw).text))
                #expect(
                    answer.error == "400 invalid_parameter" && answer.message.contains("smartpay.\(member)"),
                    "\(raw) \(answer.text)")
            }
        }
    }

    @Test func `a mode of interest is one of four, a term is a whole number`() async throws {
        try await withShop { shop in
            let body = Body.charge(try await shop.token(), mid: Shop.Mid.smartPay)
            for plan in [
                SmartPay().with("ipan_mode", "\"05\""), SmartPay().with("ipan_mode", "\"+1\""),
                SmartPay().with("payment_term", "\"x\""), SmartPay().with("payment_term", "\"+3\""),
            ] {
                let answer = try await shop.charge(body.with("smartpay", plan.text))
                #expect(answer.error == "400 invalid_parameter", "\(plan.text)")
            }
        }
    }

    @Test(arguments: [
        ("\"smartpay_id\":\"0001\"", "mandatory_is_empty", "additional_data.term"),
        ("\"smartpay_id\":\"0001\",\"term\":null", "mandatory_is_empty", "additional_data.term"),
        ("\"smartpay_id\":1,\"term\":10", "invalid_parameter", "additional_data.smartpay_id"),
        ("\"smartpay_id\":\"0000001\",\"term\":10", "invalid_parameter", "additional_data.smartpay_id"),
        ("\"smartpay_id\":\"0001\",\"term\":\"ten\"", "invalid_parameter", "additional_data.term"),
        ("\"smartpay_id\":\"0001\",\"term\":10.5", "invalid_parameter", "additional_data.term"),
        ("\"smartpay_id\":\"0001\",\"term\":-10", "invalid_parameter", "additional_data.term"),
        ("\"smartpay_id\":\"0001\",\"term\":true", "invalid_parameter", "additional_data.term"),
        ("\"smartpay_id\":\"0001\",\"term\":99999999999999999999", "invalid_parameter", "additional_data.term"),
    ])
    func `a missing or mistyped id or term is named`(members: String, code: String, field: String) async throws {
        try await withShop { shop in
            let answer = try await shop.charge(mid: Shop.Mid.smartPay, Self.byID(members))
            #expect(answer.show("code") == code && answer.message.contains(field), "\(answer.text)")
        }
    }
}
