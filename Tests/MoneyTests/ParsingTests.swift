import Money
import Testing

@Suite struct ParsingTests {
    @Test(
        arguments: [
            ("0", 0), ("-0", 0), ("0.00", 0), ("-0.000", 0), ("1", 100), ("1.5", 150), ("1.05", 105), ("-1.05", -105),
            ("007.5", 750), ("10.000", 1000), ("10.50000000000000000000000000000000", 1050), ("0.01", 1), ("-0.01", -1),
            ("92233720368547758.07", Int64.max), ("-92233720368547758.08", Int64.min), ("305.00", 30500),
            ("0000000000000000000000000000000000000001.10", 110), ("1000000", 100_000_000),
        ] as [(String, Int64)])
    func `digits are read as exact satang`(text: String, satang: Int64) throws {
        #expect(try Money(parsing: text, in: .THB) == Money(minorUnits: satang, .THB))
    }

    @Test(
        arguments: [
            ("100", 100), ("100.00", 100), ("-7", -7), ("9223372036854775807", Int64.max), ("1.0e1", 10),
        ] as [(String, Int64)])
    func `yen have no decimals but may be written with zeros`(text: String, yen: Int64) throws {
        #expect(try Money(parsing: text, in: .JPY).minorUnits == yen)
    }

    @Test(
        arguments: [
            ("1", 1000), ("1.234", 1234), ("0.001", 1), ("1.2340", 1234), ("9223372036854775.807", Int64.max),
        ] as [(String, Int64)])
    func `dinars have three decimals`(text: String, fils: Int64) throws {
        #expect(try Money(parsing: text, in: .BHD).minorUnits == fils)
    }

    @Test(
        arguments: [
            ("1e3", 100_000), ("1E3", 100_000), ("1.5E+2", 15_000), ("1.5e2", 15_000), ("150e-2", 150), ("1e-2", 1),
            ("12345e-2", 12345), ("-2.5e1", -2500), ("1e0", 100), ("1e00000000000000000000000000002", 10_000),
            ("1e16", 1_000_000_000_000_000_000), ("100000000000000000000000000000000000000e-38", 100),
            ("0.00000000000000000000000000000000000001e38", 100), ("0e999999999", 0),
            ("-0.0e-999999999999999999999999", 0),
        ] as [(String, Int64)])
    func `an exponent is applied exactly`(text: String, satang: Int64) throws {
        #expect(try Money(parsing: text, in: .THB).minorUnits == satang)
    }

    @Test(arguments: [
        "", "-", ".", "-.", ".5", "5.", "-.5", "+1", "--1", "1-", " 1", "1 ", "1,000", "1,5", "1.2.3", "1e", "1e+",
        "1e-", "1e1.5", "1e1e1", "e1", "1.e1", ".e1", "0x10", "1_000", "NaN", "Infinity", "١", "１",
        "1\u{0}", "\u{0}",
        "1\n", "฿1", "1\u{301}", "1e--1", "1e 1", "null", "\"1\"",
    ])
    func `what is not a number is malformed`(text: String) {
        #expect(throws: MoneyError.malformed) { try Money(parsing: text, in: .THB) }
    }

    @Test(
        arguments: [
            ("0.1", Currency.JPY, 0), ("1e-1", .JPY, 0), ("10.001", .THB, 2), ("-0.001", .THB, 2), ("1e-3", .THB, 2),
            ("0.0001", .KWD, 3), ("1.50000000000000000000000000000000000000000000001", .USD, 2),
            ("1e-999999999999999999999", .USD, 2), ("99999999999999999999999.999", .USD, 2),
        ] as [(String, Currency, Int)])
    func `a digit beyond the exponent is refused, never rounded`(text: String, currency: Currency, allowed: Int) {
        #expect(throws: MoneyError.tooManyDecimals(allowed: allowed)) { try Money(parsing: text, in: currency) }
    }

    @Test(
        arguments: [
            ("92233720368547758.08", Currency.THB), ("-92233720368547758.09", .THB), ("9223372036854775808", .JPY),
            ("-9223372036854775809", .JPY), ("18446744073709551616", .JPY), ("18446744073709551615", .JPY),
            ("99999999999999999999999999999999999999999", .JPY), ("1e17", .THB), ("1e999999999", .THB),
            ("-1e999999999999999999999999999999999", .JPY), ("9223372036854775.808", .OMR), ("1e19", .JPY),
        ] as [(String, Currency)])
    func `what does not fit is out of range`(text: String, currency: Currency) {
        #expect(throws: MoneyError.outOfRange) { try Money(parsing: text, in: currency) }
    }

    @Test(
        arguments: [
            ("1.23", Currency.BHD, 2, 1230), ("1.230", .BHD, 2, 1230), ("5", .THB, 0, 500), ("7", .JPY, 2, 7),
        ] as [(String, Currency, Int, Int64)])
    func `a wire may allow fewer decimals than the currency`(
        text: String, currency: Currency, maximum: Int, minorUnits: Int64
    ) throws {
        #expect(try Money(parsing: text, in: currency, maximumDecimals: maximum).minorUnits == minorUnits)
    }

    @Test(
        arguments: [
            ("1.234", Currency.BHD, 2, 2), ("1.5", .THB, 0, 0), ("1.5", .JPY, 2, 0), ("1.234", .THB, 4, 2),
        ] as [(String, Currency, Int, Int)])
    func `the lower of the wire's and the currency's decimals is the limit`(
        text: String, currency: Currency, maximum: Int, allowed: Int
    ) {
        #expect(throws: MoneyError.tooManyDecimals(allowed: allowed)) {
            try Money(parsing: text, in: currency, maximumDecimals: maximum)
        }
    }

    @Test func `a long text is read in one pass`() throws {
        let zeros = String(repeating: "0", count: 1_000_000)
        #expect(try Money(parsing: "1" + zeros + "e-1000000", in: .THB).minorUnits == 100)
        #expect(throws: MoneyError.outOfRange) { try Money(parsing: "1" + zeros + "1", in: .THB) }
    }
}
