import APISupport
import Testing

/// `campaign_id`: the demo merchant's are 00000001 for all cards, 00000002 for a few, 00000003 long over.
@Suite struct CampaignTests {
    private static func under(_ id: String) -> @Sendable (Body) -> Body {
        { $0.additional(Shop.Mid.without3DS, "\"campaign_id\":\(quoted(id))") }
    }

    @Test(arguments: [
        ("00000001", Cards.approved), ("00000001", Cards.approvedMastercard), ("00000001", Cards.jcb),
        ("00000002", Cards.approved), ("00000002", Cards.approvedMastercard),
    ])
    func `a card that takes part is charged under the campaign`(id: String, card: String) async throws {
        try await withShop { shop in
            let answer = try await shop.charge(card, Self.under(id))
            #expect(answer.state == "Authorized success" && answer.show("campaign_id") == id, "\(answer.text)")
        }
    }

    @Test(arguments: [Cards.jcb, "4242424242424242", Cards.dollars])
    func `a card that takes no part is refused and uses nothing up`(card: String) async throws {
        try await withShop { shop in
            let body = Body.charge(try await shop.token(card))
            #expect(try await shop.charge(Self.under("00000002")(body)).error == "400 campaign_card_invalid")
            let plain = try await shop.charge(body)
            #expect(plain.state == "Authorized success" && plain.show("campaign_id") == "null")
        }
    }

    @Test(arguments: ["00000003", "00000009", "1", "0000000", " 0000001"])
    func `a campaign that is unknown or over is refused`(id: String) async throws {
        try await withShop { shop in
            let body = Body.charge(try await shop.token())
            #expect(try await shop.charge(Self.under(id)(body)).error == "400 campaign_id_invalid")
            #expect(try await shop.charge(body).state == "Authorized success")
        }
    }

    @Test func `another merchant's campaign is unknown`() async throws {
        try await withShop { shop in
            let rival = try await shop.rival()
            let answer = try await rival.charge(mid: Shop.rivalMid) {
                $0.additional(Shop.rivalMid, "\"campaign_id\":\"00000001\"")
            }
            #expect(answer.error == "400 campaign_id_invalid")
        }
    }

    @Test func `every later message and the webhook name it`() async throws {
        try await withShop { shop in
            try await shop.listen()
            let id = try await shop.charge(Cards.approved, Self.under("00000001")).id
            let notice = try #require(try await shop.notices().first)
            let settled = try await shop.settle(id, "200.50")
            try await shop.advanceToMidnight()
            let refunded = try await shop.refund(id, "1")
            let inquired = try await shop.inquire(id)
            let other = try await shop.charge(Cards.approved, Self.under("00000002")).id
            let voided = try await shop.void(other)
            #expect(
                [notice.show("campaign_id")] + [settled, refunded, inquired, voided].map { $0.show("campaign_id") }
                    == ["00000001", "00000001", "00000001", "00000001", "00000002"])
        }
    }
}
