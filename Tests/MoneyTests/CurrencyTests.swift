import Money
import Testing

@Suite struct CurrencyTests {
    @Test(
        arguments: [
            (Currency.THB, 2, 764), (.KHR, 2, 116), (.JPY, 0, 392), (.AUD, 2, 36), (.BHD, 3, 48),
        ] as [(Currency, Int, Int)])
    func `a currency knows its exponent and numeric code`(currency: Currency, exponent: Int, code: Int) {
        #expect(currency.exponent == exponent)
        #expect(currency.numericCode == code)
    }

    @Test func `only yen, won and dong have no minor unit and only three dinars and rials have three decimals`() {
        #expect(Set(Currency.allCases.filter { $0.exponent == 0 }) == [.JPY, .KRW, .VND])
        #expect(Set(Currency.allCases.filter { $0.exponent == 3 }) == [.KWD, .BHD, .OMR])
        #expect(Currency.allCases.allSatisfy { (0...3).contains($0.exponent) && $0.exponent != 1 })
    }

    @Test func `minor units per unit are ten to the exponent`() {
        for currency in Currency.allCases {
            #expect(currency.minorUnitsPerUnit == [1, 10, 100, 1000][currency.exponent])
        }
    }

    @Test func `no two currencies share a code`() {
        #expect(Set(Currency.allCases.map(\.numericCode)).count == Currency.allCases.count)
        #expect(Currency.allCases.allSatisfy { $0.rawValue.utf8.count == 3 && (1...999).contains($0.numericCode) })
    }
}
