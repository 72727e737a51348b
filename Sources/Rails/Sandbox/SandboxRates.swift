import Money

/// Fixed rates for the sandbox: baht per unit of each currency.
public struct SandboxRates: RateSource {
    private let rates: [Currency: ExchangeRate]

    public init() {
        var rates: [Currency: ExchangeRate] = [:]
        for (currency, text) in Self.table { rates[currency] = try? ExchangeRate(parsing: text) }
        self.rates = rates
    }

    public func baht(per currency: Currency) -> ExchangeRate { rates[currency] ?? .one }

    private static let table: [(Currency, String)] = [
        (.THB, "1"), (.USD, "33.56"), (.EUR, "36.5"), (.GBP, "43.2"), (.JPY, "0.2245"), (.AUD, "22.1"),
        (.CAD, "24.4"), (.CHF, "38.9"), (.CNY, "4.62"), (.HKD, "4.31"), (.SGD, "25.1"), (.NZD, "20.2"),
        (.SEK, "3.2"), (.NOK, "3.1"), (.DKK, "4.89"), (.INR, "0.3995"), (.KRW, "0.0243"), (.TWD, "1.04"),
        (.MYR, "7.55"), (.IDR, "0.0021"), (.PHP, "0.5905"), (.VND, "0.0013"), (.BND, "25.1"), (.MMK, "0.016"),
        (.PKR, "0.1205"), (.LKR, "0.1124"), (.BDT, "0.281"), (.AED, "9.14"), (.SAR, "8.95"), (.QAR, "9.22"),
        (.KWD, "109.3"), (.BHD, "89.02"), (.OMR, "87.2"), (.ZAR, "1.83"), (.RUB, "0.352"), (.BRL, "6.01"),
        (.KHR, "0.0083"),
    ]
}
