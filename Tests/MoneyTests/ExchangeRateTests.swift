import Money
import Testing

@Suite struct ExchangeRateTests {
    @Test(
        arguments: [
            ("1", 100_000_000, "1"), ("35.5", 3_550_000_000, "35.5"), ("0.00000001", 1, "0.00000001"),
            ("4100.00", 410_000_000_000, "4100"), ("0.028169010", 2_816_901, "0.02816901"),
            ("92233720368.54775807", Int64.max, "92233720368.54775807"),
        ] as [(String, Int64, String)])
    func `a rate is read and printed exactly`(text: String, scaled: Int64, printed: String) throws {
        let rate = try ExchangeRate(parsing: text)
        #expect(rate.scaled == scaled)
        #expect(rate.text == printed)
        #expect(try ExchangeRate(scaled: scaled) == rate)
    }

    @Test(
        arguments: [
            ("0", MoneyError.outOfRange), ("-1", .outOfRange), ("92233720368.54775808", .outOfRange), ("x", .malformed),
            ("0.000000001", .tooManyDecimals(allowed: 8)),
        ] as [(String, MoneyError)])
    func `a rate is positive and has eight decimals at most`(text: String, error: MoneyError) {
        #expect(throws: error) { try ExchangeRate(parsing: text) }
    }

    @Test func `a stored rate is positive`() {
        #expect(throws: MoneyError.outOfRange) { try ExchangeRate(scaled: 0) }
        #expect(throws: MoneyError.outOfRange) { try ExchangeRate(scaled: -1) }
    }

    @Test(
        arguments: [
            (1000, Currency.USD, Currency.THB, "35.5", 35_500),
            (1000, .USD, .JPY, "150.25", 1502), (1000, .USD, .JPY, "150.35", 1504),
            (1000, .USD, .JPY, "150.35000001", 1504),
            (-1000, .USD, .JPY, "150.25", -1502), (-1000, .USD, .JPY, "150.25000001", -1503),
            (1000, .USD, .JPY, "150.15", 1502),
            (150, .JPY, .USD, "0.00666667", 100), (1, .JPY, .BHD, "0.0025", 2), (1, .JPY, .BHD, "0.0035", 4),
            (1, .BHD, .JPY, "500", 0), (3, .BHD, .JPY, "500", 2), (5, .BHD, .JPY, "500", 2),
            (-3, .BHD, .JPY, "500", -2),
            (10_000, .USD, .KHR, "4100", 41_000_000), (12_345, .KWD, .THB, "115.5", 142_585),
            (Int64.max, .USD, .THB, "1", Int64.max), (Int64.min, .USD, .THB, "1", Int64.min), (0, .USD, .THB, "35", 0),
            (Int64.max, .BHD, .JPY, "1000", Int64.max), (1, .BHD, .JPY, "92233720368.54775807", 92_233_720),
            (Int64.max, .JPY, .THB, "0.01", Int64.max),
        ] as [(Int64, Currency, Currency, String, Int64)])
    func `an amount is converted half to even between exponents`(
        amount: Int64, source: Currency, target: Currency, rate: String, converted: Int64
    ) throws {
        let result = try Money(minorUnits: amount, source).converted(to: target, at: ExchangeRate(parsing: rate))
        #expect(result == Money(minorUnits: converted, target))
    }

    @Test func `a conversion that does not fit is out of range`() {
        let most = Money(minorUnits: .max, .JPY)
        #expect(throws: MoneyError.outOfRange) { try most.converted(to: .BHD, at: .one) }
        #expect(throws: MoneyError.outOfRange) { try most.converted(to: .BHD, at: ExchangeRate(scaled: .max)) }
        #expect(throws: MoneyError.outOfRange) {
            try Money(minorUnits: .min, .THB).converted(to: .USD, at: ExchangeRate(parsing: "1.00000001"))
        }
    }
}
