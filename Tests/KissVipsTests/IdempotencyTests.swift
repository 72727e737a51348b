import APISupport
import TestSupport
import Testing

/// `Idempotency-Key`, which the document does not have: a request that is repeated under its key, signed anew.
@Suite struct IdempotencyTests {
    @Test func `a repeated transfer gets the first one's answer`() async throws {
        try await withShop { shop in
            try await shop.fund("10")
            let first = try await shop.call("create_transfer", .transfer, key: "a")
            #expect(first.outcome == "200 OK")
            #expect(try await shop.call("create_transfer", .transfer, key: "a").text == first.text)
            #expect(try await shop.balance == "5.00")
            let other = try await shop.call("create_transfer", .transfer.with("amount", "4"), key: "a")
            #expect(other.outcome == "422 IDEMPOTENCY_KEY_MISMATCH")
            #expect(try await shop.call("create_transfer", .transfer, key: "b").reply("transfer_id") != "1")
            #expect(try await shop.balance == "0.00")
        }
    }

    @Test func `a refusal uses no key up`() async throws {
        try await withShop { shop in
            let refused = try await shop.call("create_transfer", .transfer, key: "a")
            #expect(refused.outcome == "409 INSUFFICIENT_BALANCE")
            try await shop.fund("10")
            #expect(try await shop.call("create_transfer", .transfer, key: "a").outcome == "200 OK")
        }
    }

    @Test func `a repeated QR code is the same`() async throws {
        try await withShop { shop in
            for (name, body) in [
                ("create_prompt_pay_qrcode", Body.qrCode), ("create_prompt_pay_deposit", Body.promptPayDeposit),
            ] {
                let first = try await shop.call(name, body, key: name)
                #expect(first.outcome == "200 OK")
                #expect(try await shop.call(name, body, key: name).text == first.text)
            }
            #expect(try await shop.payments().count == 2)
        }
    }

    @Test func `a repeated redemption is answered, and moves nothing`() async throws {
        try await withShop { shop in
            try await shop.credit("50")
            let body = Body([("deposit_id", "1")])
            let first = try await shop.call("redeem_deposit", body, key: "a")
            #expect(first.outcome == "200 OK")
            #expect(try await shop.call("redeem_deposit", body, key: "a").text == first.text)
            #expect(try await shop.call("redeem_deposit", body, key: "b").outcome == "409 DEPOSIT_ALREADY_REDEEMED")
            #expect(try await shop.balance == "50.00")
        }
    }

    @Test func `one merchant's key is another's to use`() async throws {
        try await withShop { shop in
            let rival = try await shop.rival()
            let mine = try await shop.call("create_prompt_pay_qrcode", .qrCode, key: "a")
            let theirs = try await rival.call("create_prompt_pay_qrcode", .qrCode, key: "a")
            #expect(mine.reply("uuid") != theirs.reply("uuid"))
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `many at once under one key make one transfer`(database: DatabaseKind) async throws {
        try await withShop(on: database) { shop in
            try await shop.fund("100")
            let outcomes = try await together(20) { _ in
                try await shop.call("create_transfer", .transfer, key: "a").outcome
            }
            #expect(outcomes.count(of: "200 OK") + outcomes.count(of: "409 IDEMPOTENCY_KEY_UNDER_WAY") == 20)
            #expect(outcomes.contains("200 OK"))
            #expect(try await shop.balance == "95.00")
        }
    }
}
