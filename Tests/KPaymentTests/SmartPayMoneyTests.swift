import APISupport
import Testing

/// What instalments cost the merchant, and what of them may be refunded.
@Suite struct SmartPayMoneyTests {
    @Test(arguments: [("0001", "55 3.85 941.15"), ("0002", "25 1.75 973.25")])
    func `a merchant that bears the interest pays it on top of the discount`(id: String, kept: String) async throws {
        try await withShop { shop in
            let charged = try await shop.instalment("1000") {
                $0.additional(Shop.Mid.smartPay, "\"smartpay_id\":\"\(id)\",\"term\":10")
            }
            try await shop.advanceToMidnight()
            let settled = try await shop.inquire(charged.id)
            #expect(settled.state == "Settled success")
            #expect(
                settled.show(
                    "settlement_info.orig_mdr", "settlement_info.orig_vat", "settlement_info.orig_net_amount")
                    == kept)
        }
    }

    /// The Refund API's error table; `model_no` stands for the plan of that mode.
    @Test(arguments: [
        ("01", "999901", "400 internal_permission_denied", "400 internal_permission_denied"),
        ("02", "999902", "200", "400 internal_permission_denied"),
        ("03", "123456", "200", "200"), ("04", "999904", "200", "200"),
    ])
    func `who bears the interest decides what may be refunded`(
        mode: String, model: String, part: String, whole: String
    ) async throws {
        try await withShop { shop in
            let plan = SmartPay().with("ipan_mode", quoted(mode)).with("model_no", quoted(model))
                .with("product_type", mode == "03" ? "3" : "4")
            var ids: [String] = []
            for _ in 0..<2 {
                ids.append(try await shop.instalment("1000") { $0.with("smartpay", plan.text) }.id)
            }
            try await shop.advanceToMidnight()
            #expect(try await shop.refund(ids[0], "1000").error == whole)
            #expect(try await shop.refund(ids[1], "1000.01").error == "400 amount_exceed")
            #expect(try await shop.refund(ids[1], "100").error == part)
            if part == "200" {
                #expect(try await shop.refund(ids[1], "900").error == "400 partial_refund_is_not_allowed")
                #expect(try await shop.refund(ids[1], "900.01").error == "400 amount_exceed")
            }
        }
    }
}
