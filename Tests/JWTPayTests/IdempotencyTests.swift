import APISupport
import HTTPTypes
import TestSupport
import Testing

/// `Idempotency-Key`, which the document does not have: a request that is repeated under its key, signed anew.
@Suite struct IdempotencyTests {
    @Test(arguments: ["QR", "BANK_TRANSFER"]) func `a repeated deposit gets the first one's answer`(type: String)
        async throws
    {
        try await withShop { shop in
            let body = Body.deposit(type: type)
            let first = try await shop.post("/deposit", body, key: "a")
            #expect(first.status == 200)
            let later = body.with("timestamp", String(try #require(Int(Body.now)) + 7))
            #expect(try await shop.post("/deposit", later, key: "a").text == first.text)
            #expect(try await shop.post("/deposit", later.sorted, key: "a").text == first.text)
            #expect(try await shop.deposit(later).error == "400 transactionId already exists")
            #expect(try await shop.post("/deposit", later, key: "b").error == "400 transactionId already exists")
        }
    }

    @Test func `a repeated withdrawal gets the first one's answer, and nothing more leaves`() async throws {
        try await withShop { shop in
            try await shop.fund("3000")
            let first = try await shop.post("/withdraw", .withdrawal(), key: "a")
            #expect(first.show("data.status") == "pending")
            try await shop.advance(seconds: 2)
            let later = Body.withdrawal().with("timestamp", String(try #require(Int(Body.now)) + 7))
            #expect(try await shop.post("/withdraw", later, key: "a").text == first.text)
            #expect(try await shop.balance() == "1985")
            #expect(try await shop.withdraw(later).error == "400 transactionId already exists")
        }
    }

    @Test func `a key is for one request alone`() async throws {
        try await withShop { shop in
            try await shop.fund("3000")
            let mismatch = "422 Idempotency-Key was used for another request"
            try #require(try await shop.post("/deposit", .deposit(), key: "a").status == 200)
            try #require(try await shop.post("/withdraw", .withdrawal(), key: "b").status == 200)
            for other in [Body.deposit(amount: "1001"), .deposit("T-2"), .deposit().with("more", "1")] {
                #expect(try await shop.post("/deposit", other, key: "a").error == mismatch)
            }
            #expect(try await shop.post("/withdraw", .withdrawal("W-2"), key: "b").error == mismatch)
            #expect(try await shop.post("/withdraw", .withdrawal("W-2"), key: "a").error == mismatch)
            #expect(try await shop.balance() == "1985")
            #expect(try await shop.query(("agent_order_no", "W-2")).status == 404)
        }
    }

    @Test func `a refusal uses no key up, and an empty key is none`() async throws {
        try await withShop { shop in
            #expect(try await shop.post("/withdraw", .withdrawal(), key: "a").error == "400 Insufficient balance")
            try await shop.fund("3000")
            #expect(try await shop.post("/withdraw", .withdrawal(), key: "a").status == 200)
            #expect(try await shop.post("/withdraw", .withdrawal("W-2"), key: "").status == 200)
            #expect(try await shop.post("/withdraw", .withdrawal("W-2"), key: "").status == 400)
        }
    }

    @Test func `who may not call is not answered from a key`() async throws {
        try await withShop { shop in
            let first = try await shop.post("/deposit", .deposit(), key: "a")
            try #require(first.status == 200)
            let forged = Body.deposit().signed(with: "another")
            #expect(try await shop.post("/deposit", forged.text, key: "a").error == "400 Invalid signature")
            let stale = Body.deposit().with("timestamp", "1000000000")
            #expect(try await shop.post("/deposit", stale, key: "a").status == 400)
        }
    }

    @Test func `one merchant's key is another's to use`() async throws {
        try await withShop { shop in
            let rival = try await shop.rival()
            let mine = try await shop.post("/deposit", .deposit(), key: "a")
            let theirs = try await rival.post("/deposit", .deposit().with("merchantId", text: "rival"), key: "a")
            #expect(mine.status == 200 && theirs.status == 200)
            #expect(mine.number != theirs.number)
        }
    }

    @Test func `a key is forgotten after a day`() async throws {
        try await withShop { shop in
            let body = Body.deposit()
            try #require(try await shop.post("/deposit", body, key: "a").status == 200)
            try await shop.advance(seconds: 86_000)
            #expect(try await shop.post("/deposit", body, key: "a").status == 200)
            try await shop.advance(seconds: 400)
            #expect(try await shop.post("/deposit", body, key: "a").error == "400 transactionId already exists")
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `many at once under one key make one withdrawal`(engine: DatabaseKind) async throws {
        try await withShop(engine) { shop in
            try await shop.fund("100000")
            let answers = try await together(20) { _ in try await shop.post("/withdraw", .withdrawal(), key: "a") }
            let made = answers.filter { $0.status == 200 }
            #expect(Set(made.map(\.text)).count == 1)
            let under = answers.filter { $0.error == "409 A request with this Idempotency-Key is under way" }
            #expect(made.count + under.count == 20)
            #expect(try await shop.balance() == "98500")
        }
    }
}
