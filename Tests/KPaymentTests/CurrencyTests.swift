import APISupport
import Testing

/// The 36 currencies of full MCC, by ISO 4217's exponents.
@Suite struct CurrencyTests {
    static let served = """
        THB USD EUR GBP JPY AUD CAD CHF CNY HKD SGD NZD SEK NOK DKK INR KRW TWD MYR IDR PHP VND BND MMK PKR LKR BDT \
        AED SAR QAR KWD BHD OMR ZAR RUB BRL
        """.split(separator: " ").map(String.init)
    static let withoutDecimals = ["JPY", "KRW", "VND"]

    @Test func `all 36 are charged, with and without 3-D Secure`() async throws {
        #expect(Set(Self.served).count == 36)
        try await withShop { shop in
            for currency in Self.served {
                let decimals = Self.withoutDecimals.contains(currency) ? "120.00" : "120.45"
                for (mid, state) in [
                    (Shop.Mid.without3DS, "Authorized success"), (Shop.Mid.full, "Pre-Authorized success"),
                ] {
                    let answer = try await shop.charge(mid: mid) {
                        $0.with("amount", decimals).with("currency", text: currency)
                    }
                    #expect(answer.state == state, "\(currency) \(answer.text)")
                    #expect(answer.show("currency") == currency)
                    #expect(answer.show("amount") == (decimals == "120.00" ? "120" : "120.45"))
                }
            }
        }
    }

    @Test(arguments: [
        "KHR", "XXX", "XAU", "thb", "Thb", "USDT", "TH", "ไทย", "764", "CLF", "VES",
    ])
    func `any other is refused`(currency: String) async throws {
        try await withShop { shop in
            let answer = try await shop.charge { $0.with("currency", text: currency) }
            // Four letters are no Varchar (3).
            #expect(answer.error == (currency.count > 3 ? "400 invalid_parameter" : "400 currency_invalid"))
        }
    }

    @Test(arguments: withoutDecimals, ["1.5", "0.01", "100.10", "\"1.5\"", "15e-1"])
    func `decimals in a currency without any are not supported`(currency: String, raw: String) async throws {
        try await withShop { shop in
            let answer = try await shop.charge { $0.with("amount", raw).with("currency", text: currency) }
            #expect(answer.error == "400 float_not_support")
        }
    }

    @Test(arguments: withoutDecimals, [("100.00", "100"), ("1e2", "100"), ("9999999999", "9999999999")])
    func `zeros after the point are none`(currency: String, amount: (raw: String, printed: String)) async throws {
        try await withShop { shop in
            let answer = try await shop.charge { $0.with("amount", amount.raw).with("currency", text: currency) }
            #expect(answer.state == "Authorized success" && answer.show("amount") == amount.printed, "\(answer.text)")
        }
    }

    @Test(arguments: ["KWD", "BHD", "OMR"])
    func `a currency of three decimals takes two`(currency: String) async throws {
        try await withShop { shop in
            for (raw, printed) in [("1.25", "1.25"), ("1.250", "1.25"), ("9999999999.99", "9999999999.99")] {
                let answer = try await shop.charge { $0.with("amount", raw).with("currency", text: currency) }
                #expect(answer.state == "Authorized success" && answer.show("amount") == printed, "\(answer.text)")
            }
            let answer = try await shop.charge { $0.with("amount", "1.255").with("currency", text: currency) }
            #expect(answer.error == "400 invalid_parameter")
        }
    }
}
