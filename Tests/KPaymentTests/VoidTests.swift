import APISupport
import HTTPTypes
import Testing

/// 6.1.3 Void Transaction.
@Suite struct VoidTests {
    @Test(arguments: ["void", "Void"])
    func `an authorised charge is voided, also with a capital V`(word: String) async throws {
        try await withShop { shop in
            let id = try await shop.authorized()
            let answer = try await shop.post("/card/v2/charge/\(id)/\(word)", "{\"reason\":\"Cancel transaction\"}")
            #expect(answer.state == "Voided success" && answer.failure == "null null")
            #expect(try await shop.inquire(id).state == "Voided success")
            #expect(try await shop.books(id) == ["authorize 200.50 approved", "void 200.50 approved"])
            #expect(try await shop.void(id).error == "400 void_state_invalid")
        }
    }

    @Test(arguments: [nil, "null", "\"\"", "\"  \""] as [String?])
    func `a void needs a reason`(raw: String?) async throws {
        try await withShop { shop in
            let id = try await shop.authorized()
            let answer = try await shop.post("/card/v2/charge/\(id)/void", raw.map { "{\"reason\":\($0)}" } ?? "{}")
            #expect(answer.error == "400 mandatory_is_empty" && answer.message.contains("reason"))
            #expect(try await shop.inquire(id).state == "Authorized success")
        }
    }

    @Test(arguments: ["1", "true", "[]", "{}", "\"\\u0000\""])
    func `a reason is text`(raw: String) async throws {
        try await withShop { shop in
            let id = try await shop.authorized()
            let answer = try await shop.post("/card/v2/charge/\(id)/void", "{\"reason\":\(raw)}")
            #expect(answer.error == "400 invalid_parameter" && answer.message.contains("reason"))
        }
    }

    @Test(arguments: ["x", "ก", "😀"])
    func `a reason has 256 characters at most`(letter: String) async throws {
        try await withShop { shop in
            let id = try await shop.authorized()
            let path = "/card/v2/charge/\(id)/void"
            let long = "{\"reason\":\(quoted(String(repeating: letter, count: 257)))}"
            #expect(try await shop.post(path, long).error == "400 invalid_parameter")
            let longest = "{\"reason\":\(quoted(String(repeating: letter, count: 256)))}"
            #expect(try await shop.post(path, longest).state == "Voided success")
        }
    }

    @Test func `what is captured, settled, declined or reversed cannot be voided`() async throws {
        try await withShop { shop in
            let captured = try await shop.authorized()
            _ = try await shop.settle(captured, "200.50")
            let declined = try await shop.charge(Cards.declined05).id
            let reversed = try await shop.charge(Cards.silent).id
            for id in [captured, declined, reversed] {
                #expect(try await shop.void(id).error == "400 void_state_invalid")
            }
            try await shop.advanceToMidnight()
            #expect(try await shop.inquire(captured).state == "Settled success")
            #expect(try await shop.void(captured).error == "400 void_state_invalid")
        }
    }

    @Test(arguments: ChargeIDs.unknown, ["void", "Void", "settle", "refund"])
    func `a charge that there is not does not exist`(id: String, operation: String) async throws {
        try await withShop { shop in
            let body = "{\"reason\":\"r\",\"amount\":1,\"type\":\"full\"}"
            let answer = try await shop.post("/card/v2/charge/\(id)/\(operation)", body)
            #expect(answer.error == "404 charge_id_not_exist")
        }
    }

    @Test func `another merchant's charge answers as if there were none`() async throws {
        try await withShop { shop in
            let rival = try await shop.rival()
            let mine = try await shop.charge { $0.with("reference_order", text: "my order") }
            let none = "chrg_test_00000000000000000000000000000000"
            for (his, unknown) in [
                (try await rival.void(mine.id), try await rival.void(none)),
                (try await rival.settle(mine.id, "1"), try await rival.settle(none, "1")),
                (try await rival.refund(mine.id, "1"), try await rival.refund(none, "1")),
                (try await rival.inquire(mine.id), try await rival.inquire(none)),
                (try await rival.inquire("my%20order"), try await rival.inquire(none)),
                (try await rival.inquire(mine.id, date: "20260302"), try await rival.inquire(none, date: "20260302")),
            ] {
                #expect(his.error == "404 charge_id_not_exist" && his.text == unknown.text)
            }
            #expect(try await shop.void(mine.id).state == "Voided success")
        }
    }

    @Test func `a void whose answer is lost is asked after`() async throws {
        try await withShop { shop in
            let id = try await shop.authorized()
            let fault = "{\"rail\":\"card\",\"fault\":\"timeout\",\"operation\":\"void\"}"
            try await shop.control(.post, "/faults", fault)
            #expect(try await shop.void(id).state == "Voided success")
            #expect(try await shop.books(id).filter { $0.hasPrefix("void") }.count == 1)
        }
    }

    @Test func `of eight voids at once one is carried out`() async throws {
        try await withShop { shop in
            let id = try await shop.authorized()
            let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
                for _ in 0..<8 { group.addTask { try await shop.void(id) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.filter { $0.state == "Voided success" }.count == 1)
            for answer in answers where answer.status != 200 {
                #expect(["400 void_state_invalid", "400 pending_state"].contains(answer.error))
            }
            #expect(try await shop.books(id) == ["authorize 200.50 approved", "void 200.50 approved"])
        }
    }

    @Test func `of a void and a settlement at once one is carried out`() async throws {
        try await withShop { shop in
            let id = try await shop.authorized()
            async let void = shop.void(id)
            async let settlement = shop.settle(id, "200.50")
            let states = [try await void, try await settlement].filter { $0.status == 200 }.map(\.state)
            #expect(states == ["Voided success"] || states == ["Captured success"])
            #expect(try await shop.inquire(id).state == states.first)
            #expect(try await shop.books(id).count == 2)
        }
    }

    @Test func `of a void and the settlement run at once one is carried out`() async throws {
        try await withShop { shop in
            for _ in 0..<20 {
                let id = try await shop.authorized()
                async let run: Void = shop.advance(days: 1)
                let void = try await shop.void(id)
                try await run
                try await shop.advance(seconds: 61)
                #expect(["200", "400 void_state_invalid", "400 pending_state"].contains(void.error))
                let state = try await shop.inquire(id).state
                let (first, second) = ("authorize 200.50 approved", void.status == 200 ? "void" : "capture")
                #expect(state == (void.status == 200 ? "Voided success" : "Settled success"), "\(void.text)")
                #expect(try await shop.books(id) == [first, "\(second) 200.50 approved"])
            }
        }
    }
}

/// Charge ids that name nothing.
enum ChargeIDs {
    static let unknown = [
        "chrg_test_00000000000000000000000000000000", "chrg_test_0000000000000000000000000000000",
        "chrg_test_000000000000000000000000000000000", "chrg_prod_00000000000000000000000000000000", "chrg_test_", "x",
        "chrg_test_ABCDEF00000000000000000000000000", "%00", "%ZZ", "a%2Fb", "%E0%B8%81", "'%20OR%201=1--",
        "CHRG_TEST_00000000000000000000000000000000",
    ]
}
