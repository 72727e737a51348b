import APISupport
import Testing

/// What comes of every test card of the document's section 7.
@Suite struct TestCardTests {
    /// State, status and failure for a response code, as the appendix has them.
    private static func expected(_ code: String) -> String {
        switch code {
        case "00": "Authorized success null null"
        // Sandbox contract: a “timeout” card is reversed before the answer.
        case "500": "Reversed fail 500 Timeout"
        case "01": "Declined fail 01 Refer to Card Issuer"
        case "05": "Declined fail 05 Do Not Honor"
        case "51": "Declined fail 51 Insufficient Funds"
        default: "?"
        }
    }

    @Test(arguments: DocumentCard.without3DS, [Shop.Mid.without3DS])
    func `a card of table 7.2 is answered at once`(card: DocumentCard, mid: String) async throws {
        try await expectAtOnce(card, mid)
    }

    @Test(arguments: DocumentCard.without3DSForDCC, [Shop.Mid.without3DS, Shop.Mid.fullDCCWithout3DS])
    func `a card of table 7.2 for DCC is answered at once`(card: DocumentCard, mid: String) async throws {
        try await expectAtOnce(card, mid)
    }

    @Test(arguments: DocumentCard.with3DS)
    func `a card of table 7.1 is answered after the one-time code`(card: DocumentCard) async throws {
        try await expectAfterCode(card, Shop.Mid.full)
    }

    @Test(arguments: DocumentCard.with3DSForDCC, [Shop.Mid.full, Shop.Mid.fullDCC])
    func `a card of table 7.1 for DCC is answered after the one-time code`(card: DocumentCard, mid: String) async throws
    {
        try await expectAfterCode(card, mid)
    }

    /// Their currencies: sandbox contract, “Test cards”.
    private static let currencies = [
        "5239620007270264": "USD", "4417706600005830": "JPY", "5372074248113841": "USD", "4205203648166408": "JPY",
    ]

    @Test(arguments: DocumentCard.with3DSForDCC + DocumentCard.without3DSForDCC)
    func `a card of either table for DCC is charged in its own currency`(card: DocumentCard) async throws {
        try await withShop { shop in
            let currency = try #require(Self.currencies[card.number])
            let answer = try await shop.convert("1000", currency, card: card.number)
            #expect(answer.state == "Authorized success", "\(answer.text)")
            #expect(answer.show("dcc_data.converted_currency_code") == currency)
            let amount = currency == "USD" ? "29.80" : "4454"
            let books = try await shop.books(answer.id)
            #expect(books == ["authorize \(amount) approved"])
        }
    }

    @Test(arguments: DocumentCard.without3DS)
    func `a card of table 7.2 does the same after a one-time code`(card: DocumentCard) async throws {
        try await expectAfterCode(card, Shop.Mid.full)
    }

    @Test(arguments: ["4242424242424242", "5555555555554444", "3530111333300000", "5473500160001018"])
    func `a well-formed card that no table lists is approved`(number: String) async throws {
        try await withShop { shop in
            let answer = try await shop.charge(number)
            #expect(answer.state == "Authorized success")
        }
    }

    @Test func `a card that never answers leaves an authorisation and its reversal in the bank's books`() async throws {
        try await withShop { shop in
            let answer = try await shop.charge(Cards.silent)
            let books = try await shop.books(answer.id)
            #expect(books == ["authorize 200.50 approved", "reverse 200.50 approved"])
        }
    }

    private func expectAtOnce(_ card: DocumentCard, _ mid: String) async throws {
        try await withShop { shop in
            let answer = try await shop.charge(card.number, mid: mid)
            #expect(
                answer.show("transaction_state", "status", "failure_code", "failure_message")
                    == Self.expected(card.code))
            #expect(answer.show("source.brand") == card.brand)
            #expect(answer.show("source.card_masking") == card.number.prefix(6) + "*****" + card.number.suffix(4))
            #expect((answer.show("approval_code") == "null") == (card.code != "00"))
            let inquired = try await shop.inquire(answer.id)
            #expect(inquired.state == answer.state && inquired.failure == answer.failure)
        }
    }

    private func expectAfterCode(_ card: DocumentCard, _ mid: String) async throws {
        try await withShop { shop in
            let answer = try await shop.charge(card.number, mid: mid)
            #expect(answer.state == "Pre-Authorized success" && answer.failure == "null null")
            _ = try await Browser(shop: shop).authenticate(answer.show("redirect_url"))
            let inquired = try await shop.inquire(answer.id)
            #expect(
                inquired.show("transaction_state", "status", "failure_code", "failure_message")
                    == Self.expected(card.code))
        }
    }
}
