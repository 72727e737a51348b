import Money
import Testing

@Suite struct ArithmeticTests {
    private let most = Money(minorUnits: .max, .THB)
    private let least = Money(minorUnits: .min, .THB)
    private let satang = Money(minorUnits: 1, .THB)

    @Test func `amounts of one currency add and subtract`() throws {
        let ten = Money(minorUnits: 1000, .THB)
        #expect(try ten.adding(satang).minorUnits == 1001)
        #expect(try satang.subtracting(ten).minorUnits == -999)
        #expect(try least.adding(most).minorUnits == -1)
    }

    @Test func `an overflow is out of range`() {
        #expect(throws: MoneyError.outOfRange) { try most.adding(satang) }
        #expect(throws: MoneyError.outOfRange) { try least.subtracting(satang) }
    }

    @Test func `two currencies do not mix`() {
        let cent = Money(minorUnits: 1, .USD)
        #expect(throws: MoneyError.currencyMismatch) { try satang.adding(cent) }
        #expect(throws: MoneyError.currencyMismatch) { try most.subtracting(cent) }
        #expect(satang != cent)
    }

    @Test func `an amount is positive, negative or zero`() {
        #expect(satang.isPositive && !satang.isNegative && !satang.isZero)
        #expect(least.isNegative && !least.isPositive && !least.isZero)
        #expect(Money.zero(.THB).isZero && !Money.zero(.THB).isPositive && !Money.zero(.THB).isNegative)
    }
}
