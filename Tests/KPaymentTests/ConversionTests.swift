import APISupport
import Money
import Testing

@testable import KPayment

/// Full DCC: `dcc_data` (4.1.1.1, 6.1.1).
@Suite struct ConversionTests {
    private static func shown(_ answer: Answer) -> String {
        answer.show(
            "dcc_data.baht_amount", "dcc_data.rate", "dcc_data.converted_amount", "dcc_data.converted_currency_code",
            "dcc_data.converted_currency_name", "dcc_data.mid")
    }

    @Test(arguments: [
        (Cards.dollars, "1000", "1000 33.56 29.8 USD USD (US Dollar)"),
        (Cards.yen, "200.50", "200.5 0.2245 893 JPY JPY (Japanese Yen)"),
        (Cards.dollarsWith3DS, "0.34", "0.34 33.56 0.01 USD USD (US Dollar)"),
    ])
    func `a token for a card billed in another currency says what it would be charged`(
        card: String, amount: String, offer: String
    ) async throws {
        try await withShop { shop in
            let mid = Shop.Mid.fullDCCWithout3DS
            let answer = try await shop.createToken(
                Body.card(card).with("mid", text: mid).with("amount", amount).text)
            let shown = answer.show(
                "dcc.baht_amount", "dcc.rate", "dcc.converted_amount", "dcc.converted_currency_code",
                "dcc.converted_currency_name")
            #expect(shown == offer, "\(answer.text)")
            #expect(answer.show("dcc.mid") == mid)
            #expect(answer.show("dcc.expires_at") == answer.show("expires_at"))
        }
    }

    @Test(arguments: [
        (Cards.approvedMastercard, Shop.Mid.fullDCC, "100"), (Cards.jcb, Shop.Mid.fullDCC, "100"),
        (Cards.dollars, Shop.Mid.full, "100"), (Cards.dollars, Shop.Mid.without3DS, "100"),
        // Less than half a cent.
        (Cards.dollars, Shop.Mid.fullDCC, "0.01"),
    ])
    func `no other card, merchant id or amount is offered a conversion`(
        card: String, mid: String, amount: String
    ) async throws {
        try await withShop { shop in
            let body = Body.card(card).with("mid", text: mid).with("amount", amount)
            let answer = try await shop.createToken(body.text)
            #expect(answer.status == 200 && answer["dcc"] == nil, "\(answer.text)")
            let unbound = try await shop.createToken(body.without("amount").text)
            #expect(unbound.status == 200 && unbound["dcc"] == nil)
            let withoutMid = try await shop.createToken(body.without("mid").text)
            #expect(withoutMid.status == 200 && withoutMid["dcc"] == nil)
        }
    }

    @Test(arguments: [true, false])
    func `a payer who chooses their own currency is charged in it`(quotes: Bool) async throws {
        try await withShop { shop in
            let answer = try await shop.convert("1000", "USD", quotes: quotes)
            #expect(answer.state == "Authorized success" && answer.show("amount", "currency") == "1000 THB")
            #expect(Self.shown(answer) == "1000 33.56 29.8 USD USD (US Dollar) \(Shop.Mid.fullDCCWithout3DS)")
            let books = try await shop.books(answer.id)
            #expect(books == ["authorize 29.80 approved"])
            #expect(try await Self.shown(shop.inquire(answer.id)) == Self.shown(answer))
            let voided = try await shop.void(answer.id)
            #expect(voided.state == "Voided success" && Self.shown(voided) == Self.shown(answer))
        }
    }

    @Test func `blanks round the currency are no part of it`() async throws {
        try await withShop { shop in
            let answer = try await shop.convert("1000", " USD ")
            #expect(answer.show("dcc_data.converted_amount") == "29.8")
        }
    }

    @Test func `a payer who chooses baht, or was not asked, is charged in baht`() async throws {
        try await withShop { shop in
            let chosen = try await shop.convert("1000", "THB")
            #expect(chosen.state == "Authorized success" && chosen.show("dcc_data") == "null")
            let silent = try await shop.charge(Cards.dollars, mid: Shop.Mid.fullDCCWithout3DS)
            #expect(silent.state == "Authorized success" && silent.show("dcc_data") == "null")
            let books = [try await shop.books(chosen.id), try await shop.books(silent.id)]
            #expect(books == [["authorize 1000.00 approved"], ["authorize 200.50 approved"]])
        }
    }

    @Test func `parts of it are captured and refunded in the card's currency, to the last cent`() async throws {
        try await withShop { shop in
            let id = try await shop.convert("1000", "USD").id
            let settled = try await shop.settle(id, "400", "partial")
            #expect(settled.state == "Captured success" && settled.show("dcc_data.converted_amount") == "29.8")
            try await shop.advanceToMidnight()
            let first = try await shop.refund(id, "100")
            #expect(first.state == "Refund Sent success" && first.show("dcc_data.converted_amount") == "29.8")
            _ = try await shop.refund(id, "300")
            let books = try await shop.books(id)
            #expect(
                books == [
                    "authorize 29.80 approved", "capture 11.92 approved", "refund 2.98 approved",
                    "refund 8.94 approved",
                ])
            try await shop.advance(days: 1)
            let refunded = try await shop.inquire(id)
            #expect(refunded.state == "Refunded success")
            #expect(
                refunded.show(
                    "settlement_info.settle_amount", "settlement_info.baht_amount", "settlement_info.exchange_rate",
                    "settlement_info.orig_mdr", "settlement_info.orig_net_amount") == "400 400 1 10 389.3")
        }
    }

    @Test func `a part that is worth nothing in the card's currency is neither captured nor refunded`() async throws {
        try await withShop { shop in
            let id = try await shop.convert("1000", "USD").id
            #expect(try await shop.settle(id, "0.1", "partial").error == "400 amount_invalid")
            #expect(try await shop.inquire(id).state == "Authorized success")
            #expect(try await shop.settle(id, "1000").state == "Captured success")
            try await shop.advanceToMidnight()
            #expect(try await shop.refund(id, "0.1").error == "400 amount_invalid")
            #expect(try await shop.inquire(id).show("transaction_state", "refund_info") == "Settled null")
        }
    }

    @Test func `3-D Secure keeps the rate that was quoted`() async throws {
        try await withShop { shop in
            let answer = try await shop.convert(
                "1000", "USD", card: Cards.dollarsWith3DS, mid: Shop.Mid.fullDCC)
            #expect(answer.state == "Pre-Authorized success" && answer.show("dcc_data.converted_amount") == "29.8")
            _ = try await Browser(shop: shop).authenticate(answer.show("redirect_url"))
            let books = try await shop.books(answer.id)
            #expect(books == ["authorize 29.80 approved"])
        }
    }

    @Test(arguments: [
        (Cards.dollars, Shop.Mid.fullDCCWithout3DS, "{\"dcc_currency\":\"JPY\"}", "400 currency_invalid"),
        (Cards.dollars, Shop.Mid.fullDCCWithout3DS, "{\"dcc_currency\":\"KHR\"}", "400 currency_invalid"),
        (Cards.dollars, Shop.Mid.fullDCCWithout3DS, "{\"dcc_currency\":\"usd\"}", "400 currency_invalid"),
        (Cards.dollars, Shop.Mid.fullDCCWithout3DS, "{\"dcc_currency\":\"XXX\"}", "400 currency_invalid"),
        (Cards.approved, Shop.Mid.fullDCCWithout3DS, "{\"dcc_currency\":\"USD\"}", "400 currency_invalid"),
        (Cards.approvedMastercard, Shop.Mid.fullDCCWithout3DS, "{\"dcc_currency\":\"USD\"}", "400 currency_invalid"),
        (Cards.jcb, Shop.Mid.fullDCCWithout3DS, "{\"dcc_currency\":\"THB\"}", "400 card_error"),
        (Cards.dollars, Shop.Mid.without3DS, "{\"dcc_currency\":\"USD\"}", "400 invalid_parameter"),
        (Cards.dollars, Shop.Mid.without3DS, "{\"dcc_currency\":\"THB\"}", "400 invalid_parameter"),
        (Cards.dollars, Shop.Mid.fullDCCWithout3DS, "{}", "400 mandatory_is_empty"),
        (Cards.dollars, Shop.Mid.fullDCCWithout3DS, "{\"dcc_currency\":null}", "400 mandatory_is_empty"),
        (Cards.dollars, Shop.Mid.fullDCCWithout3DS, "{\"dcc_currency\":\"  \"}", "400 mandatory_is_empty"),
        (Cards.dollars, Shop.Mid.fullDCCWithout3DS, "{\"dcc_currency\":840}", "400 invalid_parameter"),
        (Cards.dollars, Shop.Mid.fullDCCWithout3DS, "{\"dcc_currency\":\"USDT\"}", "400 invalid_parameter"),
        (Cards.dollars, Shop.Mid.fullDCCWithout3DS, "\"USD\"", "400 invalid_parameter"),
    ])
    func `what cannot be converted is refused and uses nothing up`(
        card: String, mid: String, dcc: String, error: String
    ) async throws {
        try await withShop { shop in
            let body = Body.charge(try await shop.token(card), mid: mid)
            let answer = try await shop.charge(body.with("dcc_data", dcc))
            #expect(answer.error == error, "\(answer.text)")
            let again = try await shop.charge(
                body.with("additional_data", "{\"mid\":\"\(Shop.Mid.without3DS)\"}"))
            #expect(again.state == "Authorized success", "the token and the reference are still free")
        }
    }

    @Test func `limits count what the merchant takes, in baht`() async throws {
        try await withShop { shop in
            try await shop.set("{\"limits\":{\"kpayment\":{\"per_transaction\":\"1000\"}}}")
            #expect(try await shop.convert("1000", "USD").state == "Authorized success")
            #expect(try await shop.convert("1000.01", "USD").error == "400 exceed_amount_per_txn")
        }
    }

    @Test(arguments: Currency.allCases) func `every currency has a name of its own`(currency: Currency) {
        let name = currency.englishName
        #expect(!name.isEmpty && Currency.allCases.filter { $0.englishName == name } == [currency])
    }
}
