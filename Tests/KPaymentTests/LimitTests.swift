import APISupport
import HTTPTypes
import Testing

/// The three limits of a merchant, in baht.
@Suite struct LimitTests {
    private func limit(_ shop: Shop, _ limits: String) async throws {
        try await shop.set("{\"limits\":{\"kpayment\":\(limits)}}")
    }

    private func charge(_ shop: Shop, _ amount: String, _ currency: String = "THB") async throws -> String {
        try await shop.charge { $0.with("amount", amount).with("currency", text: currency) }.error
    }

    @Test(arguments: ["{\"per_transaction\":\"200.50\"}", "{\"per_transaction\":200.50}"])
    func `one payment may be as large as the limit and not larger`(limits: String) async throws {
        try await withShop { shop in
            try await limit(shop, limits)
            #expect(try await charge(shop, "200.50") == "200")
            #expect(try await charge(shop, "200.51") == "400 exceed_amount_per_txn")
            // At 33.56 baht, 5.97 dollars are 200.35 baht and 5.98 dollars 200.69.
            #expect(try await charge(shop, "5.97", "USD") == "200")
            #expect(try await charge(shop, "5.98", "USD") == "400 exceed_amount_per_txn")
            #expect(try await charge(shop, "893", "JPY") == "200")
            #expect(try await charge(shop, "894", "JPY") == "400 exceed_amount_per_txn")
        }
    }

    @Test func `a day's payments may come to the limit and not beyond`() async throws {
        try await withShop { shop in
            try await limit(shop, "{\"per_day\":\"500\"}")
            #expect(try await charge(shop, "300") == "200")
            #expect(try await charge(shop, "200.01") == "400 exceed_amount_per_day")
            #expect(try await charge(shop, "500.01") == "400 exceed_amount_per_day")
            #expect(try await charge(shop, "200") == "200")
            #expect(try await charge(shop, "0.01") == "400 exceed_amount_per_day")
            try await shop.advanceToMidnight()
            #expect(try await charge(shop, "500") == "200", "the next day in Bangkok")
        }
    }

    @Test func `a day has so many payments and not more`() async throws {
        try await withShop { shop in
            try await limit(shop, "{\"count_per_day\":2}")
            for error in ["200", "200", "400 exceed_count_charge_per_day"] {
                #expect(try await charge(shop, "1") == error)
            }
            try await shop.advanceToMidnight()
            #expect(try await charge(shop, "1") == "200")
        }
    }

    @Test func `a payment that comes to nothing gives back what it counted, a void does not`() async throws {
        try await withShop { shop in
            try await limit(shop, "{\"count_per_day\":1,\"per_day\":\"200.50\"}")
            #expect(try await shop.charge(Cards.declined05).state == "Declined fail")
            #expect(try await shop.charge(Cards.silent).state == "Reversed fail")
            let challenged = try await shop.charge(mid: Shop.Mid.full)
            #expect(try await shop.charge().error == "400 exceed_count_charge_per_day", "a payer may still pay")
            _ = try await Browser(shop: shop).authenticate(challenged.show("redirect_url"), code: "000000")
            let expired = try await shop.charge(mid: Shop.Mid.full)
            try await shop.advance(seconds: 901)
            #expect(try await shop.inquire(expired.id).state == "Pre-Authorized fail")
            let id = try await shop.authorized()
            #expect(try await shop.void(id).state == "Voided success")
            #expect(try await shop.charge().error == "400 exceed_count_charge_per_day")
        }
    }

    @Test(arguments: ["{\"per_transaction\":\"1\"}", "{\"per_day\":\"1\"}", "{\"count_per_day\":0}"])
    func `a payment beyond a limit uses up neither token nor reference`(limits: String) async throws {
        try await withShop { shop in
            try await limit(shop, limits)
            let body = Body.charge(try await shop.token())
            #expect(try await shop.charge(body).error.hasPrefix("400 exceed_"))
            try await limit(shop, "null")
            #expect(try await shop.charge(body).state == "Authorized success")
        }
    }

    @Test(arguments: [
        "{\"limits\":null}", "{\"limits\":{\"kpayment\":null}}",
        "{\"limits\":{\"kpayment\":{\"per_transaction\":null,\"per_day\":null,\"count_per_day\":null}}}",
    ])
    func `null clears`(settings: String) async throws {
        try await withShop { shop in
            try await limit(shop, "{\"per_transaction\":\"1\",\"per_day\":\"1\",\"count_per_day\":0}")
            #expect(try await charge(shop, "1").hasPrefix("400 exceed_"))
            try await shop.set(settings)
            #expect(try await charge(shop, "9999999999.99") == "200")
        }
    }

    @Test func `null clears one limit and leaves the others`() async throws {
        try await withShop { shop in
            try await limit(shop, "{\"per_transaction\":\"10\",\"count_per_day\":2}")
            try await limit(shop, "{\"per_transaction\":null}")
            for error in ["200", "200", "400 exceed_count_charge_per_day"] {
                #expect(try await charge(shop, "11") == error)
            }
        }
    }

    @Test func `payments at the same time keep the limit`() async throws {
        try await withShop { shop in
            try await limit(shop, "{\"count_per_day\":3}")
            let errors = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<10 { group.addTask { try await charge(shop, "1") } }
                return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
            }
            #expect(errors == ["200": 3, "400 exceed_count_charge_per_day": 7])
        }
    }

    @Test func `a limit holds for its merchant alone`() async throws {
        try await withShop { shop in
            try await limit(shop, "{\"count_per_day\":0}")
            let rival = try await shop.rival()
            #expect(try await rival.charge(mid: Shop.rivalMid).state == "Authorized success")
        }
    }
}
