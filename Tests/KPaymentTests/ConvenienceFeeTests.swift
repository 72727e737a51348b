import APISupport
import Testing

/// `convfee`, under the demo merchant's id for it: 25 % and 7 % of tax on that.
@Suite struct ConvenienceFeeTests {
    private static let fee = "2.5 0.18 12.68"

    private static func shown(_ message: some JSONText) -> String {
        message.show("convfee.convfee_amount", "convfee.convfee_vat_amount", "convfee.net_amount")
    }

    private func charge(_ shop: Shop, _ card: String = Cards.approved) async throws -> Answer {
        try await shop.charge(card, mid: Shop.Mid.convenienceFee) { $0.with("amount", "10") }
    }

    @Test(arguments: [Cards.approved, Cards.approvedMastercard])
    func `the payer is charged the fee and its tax on top`(card: String) async throws {
        try await withShop { shop in
            try await shop.listen()
            let answer = try await charge(shop, card)
            #expect(answer.state == "Authorized success" && answer.show("amount") == "10")
            #expect(Self.shown(answer) == Self.fee)
            let books = try await shop.books(answer.id)
            #expect(books == ["authorize 12.68 approved"])
            let notices = try await shop.notices().map { Self.shown($0) }
            #expect(notices == [Self.fee])
            #expect(try await Self.shown(shop.inquire(answer.id)) == Self.fee)
            #expect(try await Self.shown(shop.void(answer.id)) == Self.fee)
            #expect(try await shop.books(answer.id).last == "void 12.68 approved")
        }
    }

    @Test func `a JCB card pays none`() async throws {
        try await withShop { shop in
            let answer = try await charge(shop, Cards.jcb)
            #expect(answer.show("transaction_state", "convfee") == "Authorized null")
            let books = try await shop.books(answer.id)
            #expect(books == ["authorize 10.00 approved"])
            try await shop.advanceToMidnight()
            #expect(try await shop.refund(answer.id, "1").state == "Refund Sent success")
        }
    }

    @Test func `nothing is charged for a fee of less than half a satang`() async throws {
        try await withShop { shop in
            let answer = try await shop.charge(mid: Shop.Mid.convenienceFee) { $0.with("amount", "0.01") }
            #expect(answer.show("transaction_state", "convfee") == "Authorized null")
        }
    }

    @Test func `only the whole is settled, and the merchant gets its amount`() async throws {
        try await withShop { shop in
            let id = try await charge(shop).id
            #expect(try await shop.settle(id, "5", "partial").error == "400 convenience_fee_not_supported")
            #expect(try await shop.inquire(id).state == "Authorized success")
            let settled = try await shop.settle(id, "10", "partial")
            #expect(settled.state == "Captured success" && Self.shown(settled) == Self.fee)
            #expect(try await shop.books(id).last == "capture 12.68 approved")
            try await shop.advanceToMidnight()
            let after = try await shop.inquire(id)
            #expect(after.show("settlement_info.settle_amount", "settlement_info.orig_mdr") == "10 0.25")
        }
    }

    @Test(arguments: ["10", "1", "10.01"]) func `it is not refunded through the API`(amount: String) async throws {
        try await withShop { shop in
            let id = try await charge(shop).id
            #expect(try await shop.refund(id, "1").error == "400 refund_state_invalid")
            try await shop.advanceToMidnight()
            let code = amount == "10.01" ? "amount_exceed" : "convenience_fee_not_supported"
            #expect(try await shop.refund(id, amount).error == "400 \(code)")
            #expect(try await shop.inquire(id).state == "Settled success")
            #expect(try await shop.books(id).count == 2)
        }
    }
}
