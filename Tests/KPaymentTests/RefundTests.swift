import APISupport
import HTTPTypes
import Money
import Testing
import WireKit

/// 6.1.5 Refund Transaction.
@Suite struct RefundTests {
    @Test func `a whole refund is sent, and refunded the next day`() async throws {
        try await withShop { shop in
            let id = try await shop.settled()
            let answer = try await shop.refund(id, "200.50")
            #expect(answer.state == "Refund Sent success" && answer.failure == "null null")
            #expect(answer.show("refund_id").hasPrefix("refd_test_") && answer.show("refund_info") == "null")
            #expect(answer.show("amount") == "200.5", "the amount is the charge's")
            let sent = try await shop.inquire(id)
            #expect(sent.state == "Refund Sent success" && sent.show("refund_info.0.refund_date") == "null")
            try await shop.advance(days: 1)
            let refunded = try await shop.inquire(id)
            #expect(refunded.state == "Refunded success" && refunded.show("refund_info.count") == "1")
            #expect(refunded.show("refund_info.0.refund_id") == answer.show("refund_id"))
            #expect(refunded.show("refund_info.0.refund_date") == "20260304000000000")
            #expect(try await shop.books(id).last == "refund 200.50 approved")
        }
    }

    @Test func `several refunds go up to the settled amount and not beyond`() async throws {
        try await withShop { shop in
            let id = try await shop.settled()
            let first = try await shop.refund(id, "\"50.25\"")
            let second = try await shop.refund(id, "50")
            #expect([first.state, second.state] == ["Refund Sent success", "Refund Sent success"])
            try await shop.advance(days: 1)
            #expect(try await shop.inquire(id).state == "Partial Refund success")
            #expect(try await shop.refund(id, "100.26").error == "400 amount_exceed")
            let third = try await shop.refund(id, "100.25")
            #expect(third.state == "Refund Sent success" && third.show("refund_info.count") == "2")
            #expect(try await shop.refund(id, "0.01").error == "400 amount_exceed", "a refund that is sent counts")
            try await shop.advance(days: 1)
            let refunded = try await shop.inquire(id)
            #expect(refunded.state == "Refunded success" && refunded.show("refund_info.count") == "3")
            let amounts = (0..<3).map { refunded.show("refund_info.\($0).refund_amount") }
            #expect(amounts == ["50.25", "50", "100.25"])
            let ids = (0..<3).map { refunded.show("refund_info.\($0).refund_id") }
            #expect(ids == [first, second, third].map { $0.show("refund_id") } && Set(ids).count == 3)
        }
    }

    @Test func `parts give back exactly the fee and the tax that the whole cost`() async throws {
        try await withShop { shop in
            let id = try await shop.settled { $0.with("amount", "11") }
            for amount in ["3.67", "3.67", "3.66"] { _ = try await shop.refund(id, amount) }
            let answer = try await shop.inquire(id)
            for (part, whole) in [("orig_amount", 1100), ("orig_mdr", 28), ("orig_vat", 2), ("orig_net_amount", 1070)] {
                let parts = try (0..<3).map { index in
                    try Money(parsing: answer.show("refund_info.\(index).\(part)"), in: .THB).minorUnits
                }
                #expect(parts.reduce(0, +) == Int64(whole), "\(part) \(parts)")
            }
        }
    }

    /// JPY 10001 is 2245.22 baht; 3333 and 6668, each by itself, would be 748.26 and 1496.97.
    @Test(arguments: [
        ("JPY", "10001", ["3333", "6668"]), ("JPY", "10001", ["3333", "3334", "3334"]),
        ("VND", "123457", ["41152", "82305"]),
    ])
    func `parts give back exactly the baht that were settled`(
        currency: String, amount: String, parts: [String]
    ) async throws {
        try await withShop { shop in
            let id = try await shop.settled { $0.with("amount", amount).with("currency", text: currency) }
            for part in parts { #expect(try await shop.refund(id, part).state == "Refund Sent success") }
            let answer = try await shop.inquire(id)
            let back = try parts.indices.map { index in
                try Money(parsing: answer.show("refund_info.\(index).baht_amount"), in: .THB).minorUnits
            }
            let settled = try Money(parsing: answer.show("settlement_info.baht_amount"), in: .THB).minorUnits
            #expect(back.reduce(0, +) == settled, "\(back)")
        }
    }

    @Test func `what is not settled cannot be refunded`() async throws {
        try await withShop { shop in
            try await shop.set("{\"kpayment\":{\"auto_capture\":false}}")
            let authorized = try await shop.authorized()
            let captured = try await shop.authorized()
            _ = try await shop.settle(captured, "200.50")
            let voided = try await shop.authorized()
            _ = try await shop.void(voided)
            let declined = try await shop.charge(Cards.declined05).id
            let reversed = try await shop.charge(Cards.silent).id
            let waiting = try await shop.charge(mid: Shop.Mid.full).id
            for id in [authorized, captured, voided, declined, reversed, waiting] {
                #expect(try await shop.refund(id, "1").error == "400 refund_state_invalid")
            }
        }
    }

    /// The Refund API's table: the status must be Settle, Partial Refund or Refund sent.
    @Test func `what is refunded is no longer in a state to be refunded`() async throws {
        try await withShop { shop in
            let id = try await shop.settled()
            _ = try await shop.refund(id, "200.50")
            try await shop.advance(days: 1)
            try #require(try await shop.inquire(id).state == "Refunded success")
            #expect(try await shop.refund(id, "1").error == "400 refund_state_invalid")
        }
    }

    @Test(arguments: [
        ("200.51", "400 amount_exceed"), ("9999999999.99", "400 amount_exceed"), ("0", "400 amount_invalid"),
        ("-1", "400 amount_invalid"), ("\"-0.01\"", "400 amount_invalid"), ("1.001", "400 invalid_parameter"),
        ("10000000000", "400 invalid_parameter"), ("\"abc\"", "400 invalid_parameter"), ("{}", "400 invalid_parameter"),
        ("null", "400 mandatory_is_empty"), ("\"\"", "400 mandatory_is_empty"), ("\" \"", "400 mandatory_is_empty"),
    ])
    func `an amount that cannot be refunded is refused and moves nothing`(raw: String, error: String) async throws {
        try await withShop { shop in
            let id = try await shop.settled()
            #expect(try await shop.refund(id, raw).error == error)
            let inquired = try await shop.inquire(id)
            #expect(inquired.state == "Settled success" && inquired.show("refund_info") == "null")
        }
    }

    @Test(arguments: ["JPY", "KRW", "VND"])
    func `decimals of a currency without any are not supported`(currency: String) async throws {
        try await withShop { shop in
            let id = try await shop.settled { $0.with("amount", "5000").with("currency", text: currency) }
            #expect(try await shop.refund(id, "100.5").error == "400 currency_not_support_decimals")
            #expect(try await shop.refund(id, "100.00").state == "Refund Sent success")
        }
    }

    @Test(arguments: [
        "{}", "{\"reason\":\"r\"}", "{\"amount\":1}", "{\"amount\":1,\"reason\":\"\"}",
        "{\"amount\":1,\"reason\":null}",
    ])
    func `amount and reason are mandatory`(body: String) async throws {
        try await withShop { shop in
            let id = try await shop.settled()
            let answer = try await shop.post("/card/v2/charge/\(id)/refund", body)
            #expect(answer.error == "400 mandatory_is_empty")
        }
    }

    @Test func `a reason has 256 characters at most, and comes back`() async throws {
        try await withShop { shop in
            let id = try await shop.settled()
            let path = "/card/v2/charge/\(id)/refund"
            for raw in ["1", "[]", quoted(String(repeating: "ก", count: 257)), "\"a\\u0000\""] {
                let answer = try await shop.post(path, "{\"amount\":1,\"reason\":\(raw)}")
                #expect(answer.error == "400 invalid_parameter" && answer.message.contains("reason"))
            }
            let longest = String(repeating: "ก", count: 256)
            let answer = try await shop.post(path, "{\"amount\":1,\"reason\":\(quoted(longest))}")
            #expect(answer.state == "Refund Sent success" && answer.show("reason") == longest)
        }
    }

    @Test func `too little in the merchant's account is OBVAL, after which no refund is allowed`() async throws {
        try await withShop { shop in
            let id = try await shop.settled()
            _ = try await shop.refund(id, "100")
            try await shop.decline("refund", "OBVAL")
            let answer = try await shop.refund(id, "50")
            #expect(answer.status == 200 && answer.state == "Refund Sent fail")
            #expect(answer.failure == "OBVAL " + DocumentFailures.insufficientBalance)
            #expect(answer.show("refund_info.0.error_code") == "OBVAL")
            #expect(answer.show("refund_info.0.error_message") == DocumentFailures.insufficientBalance)
            #expect(try await shop.refund(id, "50").error == "400 refund_not_allowed")
            try await shop.advance(days: 1)
            #expect(try await shop.inquire(id).state == "Partial Refund success")
            #expect(try await shop.refund(id, "50").error == "400 refund_not_allowed")
        }
    }

    @Test func `OBVAL of one charge forbids nothing to another`() async throws {
        try await withShop { shop in
            let (first, second) = (try await shop.authorized(), try await shop.authorized())
            try await shop.advanceToMidnight()
            try await shop.decline("refund", "OBVAL")
            #expect(try await shop.refund(first, "50").state == "Settled fail")
            #expect(try await shop.refund(second, "50").state == "Refund Sent success")
        }
    }

    @Test func `a refund that was refused does not count`() async throws {
        try await withShop { shop in
            let id = try await shop.settled()
            try await shop.decline("refund", "91")
            #expect(try await shop.refund(id, "200.50").state == "Settled fail")
            #expect(try await shop.refund(id, "200.50").state == "Refund Sent success")
        }
    }

    @Test func `a refund whose answer is lost is asked after`() async throws {
        try await withShop { shop in
            let id = try await shop.settled()
            let fault = "{\"rail\":\"card\",\"fault\":\"timeout\",\"operation\":\"refund\"}"
            try await shop.control(.post, "/faults", fault)
            #expect(try await shop.refund(id, "200.50").state == "Refund Sent success")
            #expect(try await shop.books(id).filter { $0.hasPrefix("refund") }.count == 1)
        }
    }

    @Test func `refunds at the same time never give back more than was settled`() async throws {
        try await withShop { shop in
            let id = try await shop.settled()
            let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
                for _ in 0..<8 { group.addTask { try await shop.refund(id, "80") } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let sent = answers.filter { $0.state == "Refund Sent success" }.count
            #expect((1...2).contains(sent))
            for answer in answers where answer.status != 200 {
                #expect(["400 amount_exceed", "400 Pending_state"].contains(answer.error))
            }
            #expect(try await shop.books(id).filter { $0.hasPrefix("refund") }.count == sent)
        }
    }

    @Test func `a refund while the run completes an earlier one is answered`() async throws {
        try await withShop { shop in
            let id = try await shop.settled()
            for _ in 0..<20 {
                #expect(try await shop.refund(id, "5").state == "Refund Sent success")
                async let run: Void = shop.advance(days: 1)
                let refund = try await shop.refund(id, "5")
                try await run
                #expect(refund.state == "Refund Sent success", "\(refund.text)")
            }
            try await shop.advance(days: 1)
            let refunded = try await shop.inquire(id)
            #expect(refunded.state == "Partial Refund success" && refunded.show("refund_info.count") == "40")
        }
    }

    @Test(arguments: [("1000", "USD"), ("100000", "JPY")])
    func `refund_info has the amount, baht, rate, fee, tax and net`(amount: String, currency: String) async throws {
        try await withShop { shop in
            let id = try await shop.settled { $0.with("amount", amount).with("currency", text: currency) }
            _ = try await shop.refund(id, amount)
            let answer = try await shop.inquire(id)
            let info = try #require(answer["refund_info"]?.arrayValue?.first?.objectValue)
            #expect(
                info.names == [
                    "refund_amount", "baht_amount", "exchange_rate", "orig_amount", "orig_mdr", "orig_vat",
                    "orig_net_amount",
                    "refund_id", "error_code", "error_message", "refund_date",
                ])
            for name in ["baht_amount", "exchange_rate", "orig_amount", "orig_mdr", "orig_vat", "orig_net_amount"] {
                #expect(answer.show("refund_info.0." + name) == answer.show("settlement_info." + name), "\(name)")
            }
        }
    }
}
