import Money
import Testing

@Suite struct ArithmeticTests {
    private let most = Money(minorUnits: .max, .THB)
    private let least = Money(minorUnits: .min, .THB)
    private let satang = Money(minorUnits: 1, .THB)

    @Test func `amounts of one currency add, subtract, negate and multiply`() throws {
        let ten = Money(minorUnits: 1000, .THB)
        #expect(try ten.adding(satang).minorUnits == 1001)
        #expect(try satang.subtracting(ten).minorUnits == -999)
        #expect(try ten.negated().minorUnits == -1000)
        #expect(try ten.multiplied(by: -3).minorUnits == -3000)
        #expect(try least.adding(most).minorUnits == -1)
    }

    @Test func `an overflow is out of range`() {
        #expect(throws: MoneyError.outOfRange) { try most.adding(satang) }
        #expect(throws: MoneyError.outOfRange) { try least.subtracting(satang) }
        #expect(throws: MoneyError.outOfRange) { try least.negated() }
        #expect(throws: MoneyError.outOfRange) { try most.multiplied(by: 2) }
        #expect(throws: MoneyError.outOfRange) { try least.multiplied(by: -1) }
    }

    @Test func `two currencies do not mix`() {
        let cent = Money(minorUnits: 1, .USD)
        #expect(throws: MoneyError.currencyMismatch) { try satang.adding(cent) }
        #expect(throws: MoneyError.currencyMismatch) { try most.subtracting(cent) }
        #expect(throws: MoneyError.currencyMismatch) { try satang.isGreater(than: cent) }
        #expect(satang != cent)
    }

    @Test func `greater is strict`() throws {
        #expect(try most.isGreater(than: least))
        #expect(try !satang.isGreater(than: satang))
        #expect(try !least.isGreater(than: satang))
    }

    @Test func `an amount is positive, negative or zero`() {
        #expect(satang.isPositive && !satang.isNegative && !satang.isZero)
        #expect(least.isNegative && !least.isPositive && !least.isZero)
        #expect(Money.zero(.THB).isZero && !Money.zero(.THB).isPositive && !Money.zero(.THB).isNegative)
    }
}
