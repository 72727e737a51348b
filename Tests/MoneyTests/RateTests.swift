import Money
import Testing

@Suite struct RateTests {
    @Test(
        arguments: [
            ("2.5", 25_000, "2.5"), ("7", 70_000, "7"), ("0.0001", 1, "0.0001"), ("100", 1_000_000, "100"),
            ("0", 0, "0"),
            ("7.00", 70_000, "7"), ("-1.25", -12_500, "-1.25"), ("3.6500", 36_500, "3.65"),
        ] as [(String, Int64, String)])
    func `a percentage is read and printed exactly`(text: String, partsPerMillion: Int64, printed: String) throws {
        let rate = try Rate(percent: text)
        #expect(rate == Rate(partsPerMillion: partsPerMillion))
    }

    @Test func `a percentage has four decimals at most`() {
        #expect(throws: MoneyError.tooManyDecimals(allowed: 4)) { try Rate(percent: "0.00001") }
        #expect(throws: MoneyError.malformed) { try Rate(percent: "2.5%") }
        #expect(throws: MoneyError.outOfRange) { try Rate(percent: "1e15") }
    }

    @Test(
        arguments: [
            ("50", 1, 0), ("50", 3, 2), ("50", 5, 2), ("50", -1, 0), ("50", -3, -2), ("50", -5, -2), ("50", 2, 1),
            ("2.5", 20, 0), ("2.5", 60, 2), ("2.5", 21, 1), ("2.5", -21, -1), ("2.5", 59, 1), ("2.5", -60, -2),
            ("7", 10_000, 700), ("7", 107, 7), ("0", 99, 0), ("100", Int64.max, Int64.max),
            ("100", Int64.min, Int64.min),
            ("-100", 5, -5), ("-50", 3, -2), ("300", Int64.max / 3, Int64.max / 3 * 3), ("0.0001", 500_000, 0),
            ("0.0001", 500_001, 1), ("0.0001", 1_500_000, 2),
        ] as [(String, Int64, Int64)])
    func `a share is rounded half to even on both sides of zero`(percent: String, amount: Int64, share: Int64) throws {
        let money = Money(minorUnits: amount, .THB)
        #expect(try money.percentage(Rate(percent: percent)) == Money(minorUnits: share, .THB))
    }

    @Test func `only a share that does not fit is out of range`() {
        let most = Money(minorUnits: .max, .THB)
        #expect(throws: MoneyError.outOfRange) { try most.percentage(Rate(partsPerMillion: 1_000_001)) }
        #expect(throws: MoneyError.outOfRange) { try most.percentage(Rate(partsPerMillion: .max)) }
        #expect(throws: MoneyError.outOfRange) {
            try Money(minorUnits: .min, .THB).percentage(Rate(partsPerMillion: -1_000_000))
        }
    }
}
