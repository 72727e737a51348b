import APISupport
import HTTPTypes
import Testing
import WireKit

/// 6.1.4 Settle Transaction, and what the settlement run makes of it.
@Suite struct SettleTests {
    @Test(arguments: [
        ("200.50", "full"), ("200.5", "full"), ("\"200.50\"", "full"), ("2005e-1", "FULL"), ("200.50", "partial"),
    ])
    func `the whole amount is captured`(amount: String, type: String) async throws {
        try await withShop { shop in
            let id = try await shop.authorized()
            let answer = try await shop.settle(id, amount, type)
            #expect(
                answer.state == "Captured success" && answer.failure == "null null" && answer.show("amount") == "200.5")
            #expect(try await shop.inquire(id).state == "Captured success")
            try await shop.advanceToMidnight()
            let settled = try await shop.inquire(id)
            #expect(settled.state == "Settled success" && settled.show("settlement_info.settle_amount") == "200.5")
            #expect(try await shop.books(id) == ["authorize 200.50 approved", "capture 200.50 approved"])
        }
    }

    @Test func `a part is captured and the rest freed`() async throws {
        try await withShop { shop in
            let id = try await shop.authorized()
            let answer = try await shop.settle(id, "60.25", "Partial")
            #expect(answer.state == "Captured success" && answer.show("amount") == "200.5")
            try await shop.advanceToMidnight()
            let settled = try await shop.inquire(id)
            #expect(settled.state == "Settled success" && settled.show("amount") == "200.5")
            // 2.5 % of 60.25 is 1.50625, and 7 % of 1.51 is 0.1057.
            #expect(
                settled.show(
                    "settlement_info.settle_amount", "settlement_info.orig_mdr", "settlement_info.orig_vat",
                    "settlement_info.orig_net_amount") == "60.25 1.51 0.11 58.63")
            #expect(try await shop.refund(id, "60.26").error == "400 amount_exceed")
            #expect(try await shop.refund(id, "60.25").state == "Refund Sent success")
        }
    }

    @Test(arguments: [
        ("200.51", "full", "400 amount_exceed"), ("200.51", "partial", "400 amount_exceed"),
        ("9999999999.99", "full", "400 amount_exceed"), ("200", "full", "400 invalid_parameter"),
        ("0", "full", "400 amount_invalid"), ("0", "partial", "400 amount_invalid"),
        ("-1", "partial", "400 amount_invalid"), ("1.001", "partial", "400 invalid_parameter"),
        ("10000000000", "partial", "400 invalid_parameter"), ("\"abc\"", "full", "400 invalid_parameter"),
        ("true", "full", "400 invalid_parameter"), ("null", "full", "400 mandatory_is_empty"),
        ("\"\"", "full", "400 mandatory_is_empty"), ("200.50", "all", "400 invalid_parameter"),
        ("200.50", "", "400 mandatory_is_empty"), ("200.50", "  ", "400 mandatory_is_empty"),
    ])
    func `what cannot be settled is refused and leaves the charge as it is`(
        amount: String, type: String, error: String
    ) async throws {
        try await withShop { shop in
            let id = try await shop.authorized()
            #expect(try await shop.settle(id, amount, type).error == error)
            #expect(try await shop.inquire(id).state == "Authorized success")
            #expect(try await shop.books(id) == ["authorize 200.50 approved"])
        }
    }

    @Test(arguments: ["{}", "{\"type\":\"full\"}", "{\"amount\":200.50}", "{\"amount\":200.50,\"type\":null}"])
    func `amount and type are mandatory`(body: String) async throws {
        try await withShop { shop in
            let id = try await shop.authorized()
            let answer = try await shop.post("/card/v2/charge/\(id)/settle", body)
            #expect(answer.error == "400 mandatory_is_empty")
        }
    }

    @Test(arguments: ["7", "{}", "[\"full\"]", "true"])
    func `a type is text`(raw: String) async throws {
        try await withShop { shop in
            let id = try await shop.authorized()
            let answer = try await shop.post("/card/v2/charge/\(id)/settle", "{\"amount\":200.50,\"type\":\(raw)}")
            #expect(answer.error == "400 invalid_parameter" && answer.message.contains("type"))
        }
    }

    @Test func `decimals of a currency without any are not supported`() async throws {
        try await withShop { shop in
            let id = try await shop.authorized { $0.with("amount", "500").with("currency", text: "JPY") }
            #expect(try await shop.settle(id, "100.5", "partial").error == "400 float_not_support")
            #expect(try await shop.settle(id, "100", "partial").state == "Captured success")
        }
    }

    @Test func `what is captured, settled, voided, declined or reversed cannot be settled`() async throws {
        try await withShop { shop in
            let captured = try await shop.authorized()
            #expect(try await shop.settle(captured, "100", "partial").state == "Captured success")
            let voided = try await shop.authorized()
            _ = try await shop.void(voided)
            let declined = try await shop.charge(Cards.declined05).id
            let reversed = try await shop.charge(Cards.silent).id
            for id in [captured, voided, declined, reversed] {
                #expect(try await shop.settle(id, "100", "partial").error == "400 settle_state_invalid")
            }
            try await shop.advanceToMidnight()
            #expect(try await shop.settle(captured, "100", "partial").error == "400 settle_state_invalid")
        }
    }

    @Test func `what nobody settled or voided is settled by the run where the merchant id captures by itself`()
        async throws
    {
        try await withShop { shop in
            let id = try await shop.authorized()
            try await shop.advanceToMidnight()
            #expect(try await shop.inquire(id).state == "Settled success")
            #expect(try await shop.books(id) == ["authorize 200.50 approved", "capture 200.50 approved"])
        }
    }

    @Test func `where it does not, a charge stays authorised until it is settled by hand`() async throws {
        try await withShop { shop in
            try await shop.set("{\"kpayment\":{\"auto_capture\":false}}")
            let id = try await shop.authorized()
            try await shop.advance(days: 3)
            #expect(try await shop.inquire(id).state == "Authorized success")
            #expect(try await shop.settle(id, "200.50").state == "Captured success")
            try await shop.advance(days: 1)
            #expect(try await shop.inquire(id).state == "Settled success")
        }
    }

    @Test func `the run comes at midnight in Bangkok and not a minute before`() async throws {
        try await withShop { shop in
            let id = try await shop.authorized()
            let captured = try await shop.authorized()
            _ = try await shop.settle(captured, "200.50")
            try await shop.advance(seconds: 43_200 - 60)
            #expect(try await shop.inquire(id).state == "Authorized success")
            #expect(try await shop.inquire(captured).state == "Captured success")
            try await shop.advance(seconds: 60)
            #expect(try await shop.inquire(id).state == "Settled success")
            #expect(try await shop.inquire(captured).state == "Settled success")
        }
    }

    @Test func `a run that the acquirer refuses leaves the charge for the next`() async throws {
        try await withShop { shop in
            let id = try await shop.authorized()
            try await shop.decline("capture", "96")
            try await shop.advanceToMidnight()
            #expect(try await shop.inquire(id).state == "Authorized success")
            try await shop.advance(days: 1)
            #expect(try await shop.inquire(id).state == "Settled success")
        }
    }

    @Test func `of a settlement by hand and the run at once one captures`() async throws {
        try await withShop { shop in
            for _ in 0..<20 {
                let id = try await shop.authorized()
                async let run: Void = shop.advance(days: 1)
                let settlement = try await shop.settle(id, "60", "partial")
                try await run
                #expect(["200", "400 settle_state_invalid", "400 pending_state"].contains(settlement.error))
                try await shop.advance(days: 1)
                let settled = try await shop.inquire(id)
                let amount = settlement.status == 200 ? "60" : "200.5"
                #expect(settled.state == "Settled success")
                #expect(settled.show("settlement_info.settle_amount") == amount, "\(settlement.text)")
                #expect(try await shop.books(id).count == 2)
            }
        }
    }

    @Test func `void, settlement and the run send no webhook`() async throws {
        try await withShop { shop in
            try await shop.listen()
            let voided = try await shop.authorized()
            let settled = try await shop.authorized()
            _ = try await shop.void(voided)
            _ = try await shop.settle(settled, "200.50")
            try await shop.advanceToMidnight()
            _ = try await shop.refund(settled, "200.50")
            try await shop.advance(days: 1)
            #expect(try await shop.notices().map(\.state) == ["Authorized success", "Authorized success"])
        }
    }

    /// Baht at the sandbox's rate, fee and tax each rounded half to even.
    @Test(arguments: [
        ("11", "THB", "11 11 1 11 0.28 0.02 10.7"), ("305", "THB", "305 305 1 305 7.62 0.53 296.85"),
        ("0.01", "THB", "0.01 0.01 1 0.01 0 0 0.01"), ("0.2", "THB", "0.2 0.2 1 0.2 0 0 0.2"),
        ("0.6", "THB", "0.6 0.6 1 0.6 0.02 0 0.58"), ("100", "USD", "100 3356 33.56 100 2.5 0.18 97.32"),
        ("1000", "JPY", "1000 224.5 0.2245 1000 25 2 973"), ("1", "JPY", "1 0.22 0.2245 1 0 0 1"),
        ("9999999999.99", "THB", "9999999999.99 9999999999.99 1 9999999999.99 250000000 17500000 9732499999.99"),
        ("1.25", "KWD", "1.25 136.62 109.3 1.25 0.031 0.002 1.217"),
    ])
    func `settlement_info has the amount, baht, rate, fee, tax and net`(
        amount: String, currency: String, figures: String
    ) async throws {
        try await withShop { shop in
            let id = try await shop.settled { $0.with("amount", amount).with("currency", text: currency) }
            let names = [
                "settle_amount", "baht_amount", "exchange_rate", "orig_amount", "orig_mdr", "orig_vat",
                "orig_net_amount",
            ]
            let settled = try await shop.inquire(id)
            #expect(settled["settlement_info"]?.objectValue?.names == names)
            #expect(names.map { settled.show("settlement_info." + $0) }.joined(separator: " ") == figures)
        }
    }
}
