import APISupport
import HTTPTypes
import Testing

/// Which of two faults is told (wire notes: “Order of checks”).
@Suite struct OrderOfChecksTests {
    /// A fault that a request can have, and what is said of it.
    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let error: String
        /// What the message must name, where several faults share a code.
        var names = ""
        var body: @Sendable (Body) -> Body = { $0 }
        var text: @Sendable (String) -> String = { $0 }
        var hasBadKey = false
    }

    static let inOrder = [
        Fault(testDescription: "authentication", error: "401 authentication_failure", hasBadKey: true),
        Fault(testDescription: "JSON", error: "400 bad_request", text: { $0 + "}" }),
        Fault(
            testDescription: "mandatory fields", error: "400 mandatory_is_empty", names: "description",
            body: { $0.without("description") }),
        Fault(
            testDescription: "types and lengths", error: "400 invalid_parameter", names: "ref_3",
            body: { $0.with("ref_3", "3") }),
        Fault(testDescription: "currency", error: "400 currency_invalid", body: { $0.with("currency", text: "XXX") }),
        Fault(testDescription: "amount", error: "400 amount_invalid", body: { $0.with("amount", "-5") }),
        Fault(
            testDescription: "merchant id", error: "400 mid_and_tid_not_exist",
            body: { $0.with("additional_data", "{\"mid\":\"nobody\"}") }),
        Fault(
            testDescription: "reference", error: "400 duplicate_request",
            body: { $0.with("reference_order", text: "used before") }),
        Fault(
            testDescription: "token", error: "400 token_invalid",
            body: { $0.with("token", text: "tokn_test_" + String(repeating: "0", count: 40)) }),
        Fault(testDescription: "limits", error: "400 exceed_amount_per_txn"),
    ]

    @Test(arguments: inOrder.indices)
    func `of two faults the earlier is told`(index: Int) async throws {
        try await withShop { shop in
            try #require(try await shop.charge { $0.with("reference_order", text: "used before") }.status == 200)
            // Every request has the last fault.
            try await shop.set("{\"limits\":{\"kpayment\":{\"per_transaction\":\"1\"}}}")
            let first = Self.inOrder[index]
            for second in Self.inOrder[index...] {
                let answer = try await send([second, first], shop)
                #expect(answer.error == first.error, "with \(second.testDescription): \(answer.text)")
                #expect(first.names.isEmpty || answer.message.contains(first.names))
            }
        }
    }

    @Test func `with every fault at once the first is told`() async throws {
        try await withShop { shop in
            for index in Self.inOrder.indices.dropLast(3) {
                let answer = try await send(Self.inOrder[index...].reversed(), shop)
                #expect(answer.error == Self.inOrder[index].error)
            }
        }
    }

    /// What a card charge must have besides is mandatory like the rest.
    @Test(arguments: ["token", "additional_data"])
    func `a missing token or merchant id is told before what is mistyped`(missing: String) async throws {
        try await withShop { shop in
            let body = Body.charge(try await shop.token()).without(missing)
            let mistyped = [
                ("amount", "\"abc\""), ("currency", "764"), ("description", quoted(String(repeating: "x", count: 300))),
                ("reference_order", "1"), ("ref_1", "{}"), ("mode", "\"no mode\""), ("savecard", "7"),
                ("callback_type", "\"carrier pigeon\""), ("order_id", "5"), ("customer", "5"),
            ]
            var toldOtherwise: [String] = []
            for (name, raw) in mistyped {
                let answer = try await shop.charge(body.with(name, raw))
                if answer.error != "400 mandatory_is_empty" { toldOtherwise.append("\(name): \(answer.message)") }
            }
            #expect(toldOtherwise == [])
        }
    }

    @Test func `a body that is too large tells a stranger nothing`() async throws {
        try await withShop { shop in
            let body = String(repeating: "x", count: 70_000)
            let answer = try await shop.send(.post, "/card/v2/charge", [("x-api-key", "wrong")], body: body)
            #expect(answer.error == "401 authentication_failure")
        }
    }

    private func send(_ faults: [Fault], _ shop: Shop) async throws -> Answer {
        let body = faults.reduce(Body.charge(try await shop.token())) { $1.body($0) }
        let text = faults.reduce(body.text) { $1.text($0) }
        let key = faults.contains(where: \.hasBadKey) ? "skey_test_nobody" : shop.secretKey
        return try await shop.send(.post, "/card/v2/charge", [("x-api-key", key)], body: text)
    }
}
