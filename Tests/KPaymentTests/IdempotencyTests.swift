import APISupport
import HTTPTypes
import Testing

/// `Idempotency-Key` on any POST (wire notes, “All dialects”).
@Suite struct IdempotencyTests {
    @Test(arguments: [
        (Cards.approved, Shop.Mid.without3DS), (Cards.declined05, Shop.Mid.without3DS),
        (Cards.silent, Shop.Mid.without3DS),
        (Cards.approved, Shop.Mid.full),
    ])
    func `a charge is replayed byte for byte and made once`(card: String, mid: String) async throws {
        try await withShop { shop in
            let body = Body.charge(try await shop.token(card), mid: mid)
            let first = try await shop.charge(body, idempotencyKey: "K-1")
            try #require(first.status == 200)
            for _ in 0..<3 {
                let again = try await shop.charge(body, idempotencyKey: "K-1")
                #expect(again.text == first.text && again.status == 200)
                #expect(again.header("content-type") == first.header("content-type"))
            }
            if mid == Shop.Mid.without3DS {
                #expect(try await shop.books(first.id).filter { $0.hasPrefix("authorize") }.count == 1)
            }
        }
    }

    @Test func `the stored answer stays as it was told, whatever became of the charge`() async throws {
        try await withShop { shop in
            let body = Body.charge(try await shop.token())
            let first = try await shop.charge(body, idempotencyKey: "K-1")
            _ = try await shop.void(first.id)
            #expect(try await shop.charge(body, idempotencyKey: "K-1").text == first.text)
        }
    }

    @Test func `a void, a settlement and a refund are replayed byte for byte and made once`() async throws {
        try await withShop { shop in
            let voided = try await shop.authorized()
            let void = try await shop.void(voided, idempotencyKey: "void")
            #expect(void.state == "Voided success")
            #expect(try await shop.void(voided, idempotencyKey: "void").text == void.text)

            let settled = try await shop.authorized()
            let settlement = try await shop.settle(settled, "100", "partial", idempotencyKey: "settle")
            #expect(settlement.state == "Captured success")
            #expect(try await shop.settle(settled, "100", "partial", idempotencyKey: "settle").text == settlement.text)

            try await shop.advanceToMidnight()
            let refund = try await shop.refund(settled, "40", idempotencyKey: "refund")
            #expect(refund.state == "Refund Sent success")
            for _ in 0..<2 {
                #expect(try await shop.refund(settled, "40", idempotencyKey: "refund").text == refund.text)
            }
            #expect(try await shop.inquire(settled).show("refund_info.count") == "1")
            #expect(try await shop.books(voided).count == 2)
            #expect(try await shop.books(settled).count == 3)
        }
    }

    @Test func `a refusal by the acquirer is replayed too`() async throws {
        try await withShop { shop in
            let id = try await shop.authorized()
            try await shop.decline("void", "96")
            let refused = try await shop.void(id, idempotencyKey: "K-1")
            #expect(refused.state == "Authorized fail")
            #expect(try await shop.void(id, idempotencyKey: "K-1").text == refused.text)
            #expect(try await shop.void(id, idempotencyKey: "K-2").state == "Voided success")
        }
    }

    @Test func `a token is replayed byte for byte and made once`() async throws {
        try await withShop { shop in
            let body = Body.card(Cards.approved)
            let first = try await shop.createToken(body.text, idempotencyKey: "K-1")
            #expect(first.status == 200)
            #expect(try await shop.createToken(body.text, idempotencyKey: "K-1").text == first.text)
            let other = try await shop.createToken(body.with("cvv", "\"999\"").text, idempotencyKey: "K-1")
            #expect(other.status == 422)
        }
    }

    @Test func `another body under the same key is 422, be it by one space`() async throws {
        try await withShop { shop in
            let body = Body.charge(try await shop.token())
            let first = try await shop.charge(body, idempotencyKey: "K-1")
            #expect(first.status == 200)
            for text in [
                body.text + " ", body.with("amount", "200.5").text, body.with("ref_1", "\"x\"").text,
                Body.charge(try await shop.token()).text,
            ] {
                let answer = try await shop.post("/card/v2/charge", text, idempotencyKey: "K-1")
                #expect(answer.status == 422 && answer.show("object") == "error")
            }
        }
    }

    @Test func `another operation, or another charge, under the same key is 422`() async throws {
        try await withShop { shop in
            let (first, second) = (try await shop.authorized(), try await shop.authorized())
            #expect(try await shop.void(first, idempotencyKey: "K-1").state == "Voided success")
            #expect(try await shop.void(second, idempotencyKey: "K-1").status == 422)
            let body = "{\"reason\":\"TEST VOID\",\"amount\":1,\"type\":\"partial\"}"
            let settlement = try await shop.post("/card/v2/charge/\(second)/settle", body, idempotencyKey: "K-1")
            #expect(settlement.status == 422)
            #expect(try await shop.inquire(second).state == "Authorized success")
        }
    }

    @Test(arguments: ["K-1 ", "k-1", "K-2", "K-1é"])
    func `another key is another request`(key: String) async throws {
        try await withShop { shop in
            let body = Body.charge(try await shop.token())
            #expect(try await shop.charge(body, idempotencyKey: "K-1").status == 200)
            let other = try await shop.charge(body, idempotencyKey: key)
            // White space round a header's value is no part of it.
            #expect(other.error == (key == "K-1 " ? "200" : "400 duplicate_request"))
        }
    }

    @Test func `two merchants' keys have nothing to do with each other`() async throws {
        try await withShop { shop in
            let rival = try await shop.rival()
            let mine = try await shop.charge(Body.charge(try await shop.token()), idempotencyKey: "K-1")
            let body = Body.charge(try await rival.token(), mid: Shop.rivalMid)
            let his = try await rival.charge(body, idempotencyKey: "K-1")
            #expect(mine.status == 200 && his.status == 200 && mine.id != his.id)
            #expect(try await rival.charge(body, idempotencyKey: "K-1").text == his.text)
        }
    }

    @Test func `a request that was refused has not used its key`() async throws {
        try await withShop { shop in
            let body = Body.charge(try await shop.token())
            #expect(
                try await shop.charge(body.with("amount", "0"), idempotencyKey: "K-1").error == "400 amount_invalid")
            #expect(
                try await shop.charge(body.with("token", text: "x"), idempotencyKey: "K-1").error == "400 token_invalid"
            )
            #expect(try await shop.charge(body, idempotencyKey: "K-1").state == "Authorized success")
        }
    }

    /// A repeat is answered like the first, or told that the first is under way; never refused for what the first did.
    private func expectOnce(_ request: @escaping @Sendable () async throws -> Answer) async throws {
        let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
            for _ in 0..<12 { group.addTask { try await request() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(answers.map { $0.status == 409 ? "200" : $0.error }) == ["200"])
        #expect(Set(answers.filter { $0.status == 200 }.map(\.text)).count == 1)
        #expect(try await request().status == 200)
    }

    @Test func `the same charge many times at once is made once`() async throws {
        try await withShop { shop in
            for round in 0..<5 {
                let body = Body.charge(try await shop.token(), reference: "R\(round)")
                try await expectOnce { try await shop.charge(body, idempotencyKey: "K\(round)") }
                #expect(try await shop.books(shop.inquire("R\(round)").id) == ["authorize 200.50 approved"])
            }
        }
    }

    @Test func `the same void many times at once is made once`() async throws {
        try await withShop { shop in
            for round in 0..<5 {
                let id = try await shop.authorized()
                try await expectOnce { try await shop.void(id, idempotencyKey: "K\(round)") }
                #expect(try await shop.books(id) == ["authorize 200.50 approved", "void 200.50 approved"])
            }
        }
    }

    @Test func `the same settlement and the same refund many times at once are made once`() async throws {
        try await withShop { shop in
            for round in 0..<5 {
                let id = try await shop.authorized()
                try await expectOnce { try await shop.settle(id, "200.50", idempotencyKey: "settle \(round)") }
                try await shop.advance(days: 1)
                try await expectOnce { try await shop.refund(id, "150", idempotencyKey: "refund \(round)") }
                let operations = ["authorize 200.50", "capture 200.50", "refund 150.00"].map { $0 + " approved" }
                #expect(try await shop.books(id) == operations)
            }
        }
    }

    @Test func `a repeat is never told that a refund was sent which the acquirer refuses`() async throws {
        try await withShop { shop in
            for round in 0..<10 {
                let id = try await shop.authorized()
                try await shop.advance(days: 1)
                try await shop.decline("refund", "OBVAL")
                let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
                    for _ in 0..<12 {
                        group.addTask { try await shop.refund(id, "150", idempotencyKey: "refund \(round)") }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(Set(answers.filter { $0.status == 200 }.map(\.state)) == ["Settled fail"])
                try await shop.control(.delete, "/faults")
            }
        }
    }

    @Test func `the same card many times at once gives one token`() async throws {
        try await withShop { shop in
            let card = Body.card(Cards.approved).text
            for round in 0..<5 {
                try await expectOnce { try await shop.createToken(card, idempotencyKey: "K\(round)") }
            }
        }
    }

    @Test func `a key is remembered for a day`() async throws {
        try await withShop { shop in
            let body = Body.charge(try await shop.token())
            let first = try await shop.charge(body, idempotencyKey: "K-1")
            try await shop.advance(seconds: 86_300)
            #expect(try await shop.charge(body, idempotencyKey: "K-1").text == first.text)
        }
    }

    @Test func `after a day the key is free again`() async throws {
        try await withShop { shop in
            let body = Body.charge(try await shop.token())
            #expect(try await shop.charge(body, idempotencyKey: "K-1").status == 200)
            try await shop.advance(seconds: 86_401)
            let fresh = Body.charge(try await shop.token())
            #expect(try await shop.charge(fresh, idempotencyKey: "K-1").state == "Authorized success")
            #expect(try await shop.charge(body, idempotencyKey: "K-1").status == 422)
        }
    }

    @Test func `while a charge has no outcome its repeat is under way, and then tells the outcome`() async throws {
        try await withShop { shop in
            let fault = "{\"rail\":\"card\",\"fault\":\"unavailable\",\"operation\":\"reverse\"}"
            try await shop.control(.post, "/faults", fault)
            let body = Body.charge(try await shop.token(Cards.silent))
            #expect(try await shop.charge(body, idempotencyKey: "K-1").state == "Initialize Pending")
            let underWay = try await shop.charge(body, idempotencyKey: "K-1")
            #expect(underWay.status == 409 && underWay.show("object") == "error")
            try await shop.advance(seconds: 61)
            #expect(try await shop.charge(body, idempotencyKey: "K-1").state == "Reversed fail")
        }
    }

    @Test func `a key is looked at on a POST alone`() async throws {
        try await withShop { shop in
            let id = try await shop.authorized()
            let headers = [("x-api-key", shop.secretKey), ("idempotency-key", "K-1")]
            #expect(try await shop.send(.get, "/card/v2/charge/\(id)", headers).state == "Authorized success")
            _ = try await shop.void(id)
            #expect(try await shop.send(.get, "/card/v2/charge/\(id)", headers).state == "Voided success")
        }
    }
}
