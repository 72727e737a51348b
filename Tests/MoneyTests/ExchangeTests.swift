import Money
import Testing

/// From one currency into another by a rate of the first per unit of the second.
@Suite struct ExchangeTests {
    @Test(arguments: [
        (Currency.THB, Int64(100_000), "33.56", Currency.USD, Int64(2_980)), (.THB, 20_050, "0.2245", .JPY, 893),
        (.THB, 100, "109.3", .KWD, 9), (.THB, 0, "33.56", .USD, 0), (.THB, -100_000, "33.56", .USD, -2_980),
        // Halves go to the even neighbour.
        (.THB, 1, "2", .USD, 0), (.THB, 3, "2", .USD, 2), (.THB, 5, "2", .USD, 2),
        (.JPY, 7, "0.5", .KWD, 14_000), (.KWD, 1_000, "0.5", .JPY, 2),
    ])
    func `an amount is exchanged and rounded half to even`(
        from: Currency, units: Int64, rate: String, to: Currency, expected: Int64
    ) throws {
        let money = Money(minorUnits: units, from)
        let exchanged = try money.exchanged(for: to, at: ExchangeRate(parsing: rate))
        #expect(exchanged == Money(minorUnits: expected, to))
    }

    @Test func `what does not fit is out of range`() throws {
        let rate = try ExchangeRate(scaled: 1)
        #expect(throws: MoneyError.outOfRange) {
            try Money(minorUnits: Int64.max, .JPY).exchanged(for: .KWD, at: rate)
        }
        let least = try Money(minorUnits: Int64.min, .THB).exchanged(for: .USD, at: .one)
        #expect(least == Money(minorUnits: Int64.min, .USD))
    }

    @Test(arguments: [
        ("33.56", 4, "33.56"), ("33.56785", 4, "33.5678"), ("33.56775", 4, "33.5678"), ("33.567851", 4, "33.5679"),
        ("0.00001", 4, "0.0001"), ("0.00000001", 8, "0.00000001"), ("1.5", 0, "2"), ("2.5", 0, "2"), ("0.4", 0, "1"),
    ])
    func `a rate is rounded half to even, never to nothing`(text: String, decimals: Int, expected: String) throws {
        #expect(try ExchangeRate(parsing: text).rounded(decimals: decimals).text == expected)
    }

    @Test func `a rate that cannot be rounded up is out of range`() throws {
        let most = try ExchangeRate(scaled: Int64.max)
        #expect(throws: MoneyError.outOfRange) { try most.rounded(decimals: 0) }
        #expect(try most.rounded(decimals: 8) == most)
        #expect(try most.rounded(decimals: 9) == most)
    }
}
