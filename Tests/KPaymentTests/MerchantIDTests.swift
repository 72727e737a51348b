import APISupport
import Payments
import Testing

/// `additional_data.mid` and `tid`.
@Suite struct MerchantIDTests {
    @Test(arguments: [
        ("4010010010010010", "THB"), ("999999999999999", "THB"), ("401001001001001 ", "THB"), ("0", "THB"),
        (Shop.rivalMid, "THB"), (Shop.Mid.fullUSD, "THB"), (Shop.Mid.fullUSD, "JPY"), (Shop.Mid.fullDCC, "USD"),
        (Shop.Mid.fullDCCWithout3DS, "USD"), (Shop.Mid.smartPay, "USD"), (Shop.Mid.unionPay, "USD"),
        (Shop.Mid.unionPay, "THB"), (Shop.Mid.alipay, "THB"),
    ])
    func `one that is unknown, another's, for another product or another currency does not exist`(
        mid: String, currency: String
    ) async throws {
        try await withShop { shop in
            _ = try await shop.rival()
            let answer = try await shop.charge(mid: mid) { $0.with("amount", "100").with("currency", text: currency) }
            #expect(answer.error == "400 mid_and_tid_not_exist")
        }
    }

    @Test func `an instalment merchant id takes no full payment by card`() async throws {
        try await withShop { shop in
            let body = Body.charge(try await shop.token(), mid: Shop.Mid.smartPay)
            let answer = try await shop.charge(body)
            #expect(answer.status == 400 && answer.show("object") == "error", "\(answer.text)")
            let other = body.with("additional_data", "{\"mid\":\"\(Shop.Mid.without3DS)\"}")
            #expect(try await shop.charge(other).state == "Authorized success", "nothing was used up")
        }
    }

    @Test(arguments: [
        (Shop.Mid.full, "THB", "Pre-Authorized success"), (Shop.Mid.without3DS, "THB", "Authorized success"),
        (Shop.Mid.fullUSD, "USD", "Pre-Authorized success"), (Shop.Mid.fullDCC, "THB", "Pre-Authorized success"),
        (Shop.Mid.fullDCCWithout3DS, "THB", "Authorized success"),
    ])
    func `3-D Secure is the merchant id's setting, not the card's`(
        mid: String, currency: String, state: String
    ) async throws {
        try await withShop { shop in
            // Table 7.1 lists the first under 3-D Secure, table 7.2 the second under without.
            for card in ["4417706600005830", "4024007134786226"] {
                let answer = try await shop.charge(card, mid: mid) { $0.with("currency", text: currency) }
                #expect(answer.state == state)
                #expect((answer.show("redirect_url") == "null") == (state == "Authorized success"))
            }
        }
    }

    @Test func `a terminal is looked at only where the merchant id has any`() async throws {
        try await withShop { shop in
            let rival = try await shop.rival()
            func charge(_ shop: Shop, _ mid: String, _ tid: String) async throws -> String {
                let answer = try await shop.charge(mid: mid) {
                    $0.with("additional_data", "{\"mid\":\"\(mid)\",\"tid\":\(tid)}")
                }
                return answer.show("object") == "error" ? answer.error : answer.state
            }
            #expect(try await charge(shop, Shop.Mid.without3DS, "\"12345678\"") == "Authorized success")
            #expect(try await charge(rival, Shop.rivalMid, "\"T0000001\"") == "Authorized success")
            #expect(try await charge(rival, Shop.rivalMid, "null") == "Authorized success")
            #expect(try await charge(rival, Shop.rivalMid, "\"\"") == "Authorized success")
            #expect(try await charge(rival, Shop.rivalMid, "\"t0000001\"") == "400 mid_and_tid_not_exist")
            #expect(try await charge(rival, Shop.rivalMid, "\"12345678\"") == "400 mid_and_tid_not_exist")
        }
    }

    @Test(arguments: [
        ("378282246310005", "amex"), ("6011111111111117", "discover"), ("30569309025904", "diners"),
        ("6210947764000027", "unionpay"), ("9100009764000010", "unionpay"),
    ])
    func `a card of a brand that the merchant id does not take is not supported`(
        number: String, brand: String
    ) async throws {
        try await withShop { shop in
            let token = try await shop.createToken(Body.card(number).text)
            #expect(token.show("card.brand") == brand)
            #expect(try await shop.charge(Body.charge(token.show("token"))).error == "400 card_error")
        }
    }

    @Test func `a card that no acquirer takes cannot be processed`() async throws {
        try await withShop { shop in
            let rival = try await shop.rival(brands: Set(CardBrand.allCases))
            #expect(try await rival.charge("378282246310005", mid: Shop.rivalMid).error == "400 processing_card_error")
        }
    }
}
