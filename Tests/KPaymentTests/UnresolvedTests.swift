import APISupport
import HTTPTypes
import Testing

/// What the wire shows while an outcome is unknown, and what comes of it.
@Suite struct UnresolvedTests {
    @Test func `a void without an outcome is Pending, bars everything else, and is carried out in the end`()
        async throws
    {
        try await withShop { shop in
            let id = try await shop.authorized()
            try await shop.leaveVoiding(id)
            #expect(try await shop.inquire(id).state == "Authorized Pending")
            #expect(try await shop.void(id).error == "400 pending_state")
            #expect(try await shop.settle(id, "200.50").error == "400 pending_state")
            #expect(try await shop.refund(id, "200.50").error == "400 Pending_state")
            try await shop.advance(seconds: 61)
            #expect(try await shop.inquire(id).state == "Voided success")
            #expect(try await shop.books(id) == ["authorize 200.50 approved", "void 200.50 approved"])
        }
    }

    @Test func `a refund without an outcome bars another, and is carried out in the end`() async throws {
        try await withShop { shop in
            let id = try await shop.settled()
            try await shop.leaveRefundRequested(id)
            #expect(try await shop.refund(id, "1").error == "400 Pending_state")
            try await shop.advance(seconds: 61)
            let inquired = try await shop.inquire(id)
            #expect(inquired.state == "Refund Sent success" && inquired.show("refund_info.0.refund_amount") == "1")
            #expect(try await shop.refund(id, "199.51").error == "400 amount_exceed")
            #expect(try await shop.refund(id, "199.50").state == "Refund Sent success")
        }
    }

    @Test(arguments: [nil, "OBVAL", "91"])
    func `the repeat of a refund without an outcome is under way, and then tells the outcome`(code: String?)
        async throws
    {
        try await withShop { shop in
            let id = try await shop.settled()
            let (path, body) = ("/card/v2/charge/\(id)/refund", "{\"amount\":1,\"reason\":\"r\"}")
            try await shop.leaveRefundRequested(id, key: "K-1", request: body)
            #expect(try await shop.post(path, body, idempotencyKey: "K-1").status == 409)
            if let code { try await shop.decline("refund", code) }
            try await shop.advance(seconds: 61)
            let answer = try await shop.post(path, body, idempotencyKey: "K-1")
            #expect(answer.state == (code == nil ? "Refund Sent success" : "Settled fail"), "\(answer.text)")
            #expect(answer.show("failure_code") == code ?? "null")
        }
    }

    @Test func `the repeat of a refund tells of that refund, though another has followed`() async throws {
        try await withShop { shop in
            let id = try await shop.settled()
            let (path, body) = ("/card/v2/charge/\(id)/refund", "{\"amount\":1,\"reason\":\"r\"}")
            try await shop.leaveRefundRequested(id, key: "K-1", request: body)
            try await shop.advance(seconds: 61)
            let other = try await shop.refund(id, "50")
            #expect(other.state == "Refund Sent success")
            let repeated = try await shop.post(path, body, idempotencyKey: "K-1")
            #expect(repeated.status == 200 && repeated.show("refund_id") != other.show("refund_id"))
        }
    }
}
