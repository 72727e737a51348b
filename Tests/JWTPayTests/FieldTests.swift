import APISupport
import HTTPTypes
import Testing

/// Members that are missing or wrong: 400, and the member is named.
@Suite struct FieldTests {
    private static let long = quoted(String(repeating: "x", count: 101))

    @Test(arguments: [
        "merchantId", "transactionId", "bankAccountNumber", "bankName", "name", "amount", "callbackUrl", "type",
        "timestamp",
    ])
    func `every member of a deposit must be there`(name: String) async throws {
        try await withShop { shop in
            for body in [
                Body.deposit().without(name), Body.deposit().with(name, "null"), Body.deposit().with(name, "\"\""),
            ] {
                let answer = try await shop.deposit(body)
                #expect(answer.status == 400 && answer.show("message").contains(name), "\(answer.text)")
            }
            try await shop.expectNothing()
        }
    }

    @Test(arguments: [
        "agent_order_no", "amount", "bank_code", "account_no", "account_name", "callback_url", "timestamp",
    ])
    func `every member of a withdrawal must be there`(name: String) async throws {
        try await withShop { shop in
            try await shop.fund()
            for body in [
                Body.withdrawal().without(name), Body.withdrawal().with(name, "null"),
                Body.withdrawal().with(name, "\"\""),
            ] {
                let answer = try await shop.withdraw(body)
                #expect(answer.status == 400 && answer.show("message").contains(name), "\(answer.text)")
            }
            #expect(try await shop.balance() == "99500")
        }
    }

    @Test(arguments: [
        ("merchantId", "5"), ("merchantId", "{}"), ("transactionId", "1"), ("transactionId", long),
        ("transactionId", "\"a\\u0000b\""), ("transactionId", "[\"T\"]"), ("bankAccountNumber", "1234567890"),
        ("bankAccountNumber", "\"12\""), ("bankAccountNumber", "\"123456789012345678901\""),
        ("bankAccountNumber", "\"123-456-789\""), ("bankAccountNumber", "\"๑๒๓๔\""), ("bankName", "\"XBANK\""),
        ("bankName", "4"), ("bankName", "\"TBANK\""), ("name", "true"), ("name", long), ("amount", "\"1000\""),
        ("amount", "0"), ("amount", "-1"), ("amount", "0.001"), ("amount", "1000.005"), ("amount", "10000000000"),
        ("amount", "1e400"), ("amount", "true"), ("amount", "{}"), ("callbackUrl", "\"shop.example/cb\""),
        ("callbackUrl", "\"ftp://shop.example/cb\""), ("callbackUrl", "\"javascript:alert(1)\""),
        ("callbackUrl", "\"http://\""), ("callbackUrl", "\"https://a b/\""), ("callbackUrl", "5"), ("type", "\"CASH\""),
        ("type", "1"), ("type", "\"QR \""), ("timestamp", "true"), ("timestamp", "1.5"), ("timestamp", "-1"),
        ("timestamp", "\"now\""), ("timestamp", "\"1e9\""), ("timestamp", "[]"),
        ("timestamp", "99999999999999999999"),
    ])
    func `a deposit's member that is wrong is named`(name: String, raw: String) async throws {
        try await withShop { shop in
            let answer = try await shop.deposit(Body.deposit().with(name, raw))
            #expect(answer.status == 400 && answer.show("message").contains(name), "\(answer.text)")
            #expect(answer.show("code") == "400")
            try await shop.expectNothing()
        }
    }

    @Test(arguments: [
        ("agent_order_no", "1"), ("agent_order_no", long), ("amount", "\"1000\""), ("amount", "0"), ("amount", "-5"),
        ("amount", "0.001"), ("amount", "99999999999"), ("bank_code", "\"NOPE\""), ("bank_code", "{}"),
        ("bank_code", "\"TBANK\""), ("account_no", "\"12\""), ("account_no", "\"12a4567890\""), ("account_no", "5"),
        ("account_name", "5"), ("account_name", long), ("callback_url", "\"nowhere\""),
        ("callback_url", "\"file:///etc/passwd\""), ("timestamp", "{}"), ("timestamp", "\"x\""),
    ])
    func `a withdrawal's member that is wrong is named`(name: String, raw: String) async throws {
        try await withShop { shop in
            try await shop.fund()
            let answer = try await shop.withdraw(Body.withdrawal().with(name, raw))
            #expect(answer.status == 400 && answer.show("message").contains(name), "\(answer.text)")
            #expect(try await shop.balance() == "99500")
        }
    }

    @Test(arguments: [
        ("bankAccountNumber", "\"123\""), ("bankAccountNumber", "\"12345678901234567890\""), ("bankName", "\"kbank\""),
        ("bankName", "\"004\""), ("amount", "0.01"), ("amount", "9999999999.99"), ("amount", "1e3"),
        ("amount", "10.50"), ("name", "\"สมชาย ใจดี\""), ("transactionId", "\"a/b c?d=ก\""),
        ("callbackUrl", "\"http://127.0.0.1:9/cb?x=1\""),
    ])
    func `what is within bounds is taken`(name: String, raw: String) async throws {
        try await withShop { shop in
            let answer = try await shop.deposit(Body.deposit().with(name, raw))
            #expect(answer.status == 200, "\(answer.text)")
        }
    }

    @Test func `the first wrong member, in the document's order, is the one that is told`() async throws {
        try await withShop { shop in
            let body = Body.deposit().with("bankName", "5").with("amount", "0").without("type")
            let answer = try await shop.deposit(body)
            #expect(answer.show("message").contains("bankName"))
        }
    }

    @Test(arguments: [("order_no", "5"), ("agent_order_no", "{}"), ("order_no", long)])
    func `a query's member that is wrong is named`(name: String, raw: String) async throws {
        try await withShop { shop in
            let answer = try await shop.post("/order/query", Body([(name, raw), ("timestamp", Body.now)]))
            #expect(answer.status == 400 && answer.show("message").contains(name))
        }
    }
}

extension Shop {
    /// Nothing was made, and nobody is told of anything.
    func expectNothing() async throws {
        #expect(try await query(("agent_order_no", "T-1")).status == 404)
        #expect(try await notices().isEmpty)
    }
}
