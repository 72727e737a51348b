import Money
import TestSupport
import Testing

@Suite struct PrintingTests {
    @Test(
        arguments: [
            (30500, Currency.THB, "305"), (1150, .THB, "11.5"), (107, .THB, "1.07"), (-50, .THB, "-0.5"),
            (0, .THB, "0"),
            (1, .THB, "0.01"), (-1, .BHD, "-0.001"), (1000, .THB, "10"), (100, .JPY, "100"), (-3, .JPY, "-3"),
            (1200, .BHD, "1.2"), (Int64.max, .THB, "92233720368547758.07"), (Int64.min, .THB, "-92233720368547758.08"),
            (Int64.min, .JPY, "-9223372036854775808"), (10_000_000, .OMR, "10000"),
        ] as [(Int64, Currency, String)])
    func `an amount is printed without padding`(minorUnits: Int64, currency: Currency, text: String) {
        #expect(Money(minorUnits: minorUnits, currency).text == text)
    }

    @Test(
        arguments: [
            (1500, Currency.THB, 4, "15.0000"), (100, .JPY, 4, "100.0000"), (100, .JPY, 2, "100.00"),
            (1500, .THB, 2, "15.00"),
            (1500, .THB, 0, "15"), (1550, .THB, 0, "15.5"), (1555, .THB, 1, "15.55"), (1234, .BHD, 2, "1.234"),
            (1230, .BHD, 2, "1.23"), (1200, .BHD, 2, "1.20"), (0, .THB, 2, "0.00"), (-5, .THB, 3, "-0.050"),
            (Int64.min, .THB, 4, "-92233720368547758.0800"), (7, .JPY, 0, "7"), (150, .THB, -1, "1.5"),
        ] as [(Int64, Currency, Int, String)])
    func `an amount is padded to at least the decimals asked for`(
        minorUnits: Int64, currency: Currency, decimals: Int, text: String
    ) {
        #expect(Money(minorUnits: minorUnits, currency).text(decimals: decimals) == text)
    }

    @Test func `a description has the currency's own decimals and code`() {
        #expect("\(Money(minorUnits: 1150, .THB))" == "11.50 THB")
        #expect("\(Money(minorUnits: -100, .JPY))" == "-100 JPY")
        #expect("\(Money.zero(.KWD))" == "0.000 KWD")
    }

    @Test func `what is printed reads back as the same amount`() throws {
        var random = SplitMix64(seed: 1)
        for _ in 0..<5_000 {
            let currency = Currency.allCases.randomElement(using: &random)!
            let money = Money(minorUnits: random.anyInt64(), currency)
            let decimals = Int.random(in: 0...8, using: &random)
            let texts = [money.text, money.text(decimals: decimals), "\(money.minorUnits)e-\(currency.exponent)"]
            for text in texts where try Money(parsing: text, in: currency) != money {
                Issue.record("\(text) does not read back as \(money)")
            }
        }
    }
}
