/// The price of one unit of a source currency in a target currency, exact to eight decimals and always positive.
/// Which currencies they are is known to whoever quotes the rate.
public struct ExchangeRate: Hashable, Sendable {
    /// Units of 1e-8 of the target currency per one unit of the source, 1...Int64.max.
    public let scaled: Int64

    /// One for one.
    public static let one = ExchangeRate(trusted: 100_000_000)

    /// A rate from its stored form.
    /// - Throws: `.outOfRange` unless positive.
    public init(scaled: Int64) throws(MoneyError) {
        guard scaled > 0 else { throw .outOfRange }
        self.scaled = scaled
    }

    /// Reads a rate of up to eight decimals, in the spelling `Money` reads.
    /// - Throws: `.malformed`, `.tooManyDecimals(allowed: 8)`, `.outOfRange` (also for zero and below).
    public init(parsing text: String) throws(MoneyError) {
        try self.init(scaled: DecimalNumber(parsing: text).scaled(by: 8, decimals: 8))
    }

    private init(trusted scaled: Int64) {
        self.scaled = scaled
    }

    /// The rate to so many decimals, 0...8, rounded half to even but never to nothing.
    /// - Throws: `.outOfRange`.
    public func rounded(decimals: Int) throws(MoneyError) -> ExchangeRate {
        let step = powerOfTen(8 - min(max(decimals, 0), 8))
        let steps = try dividedHalfEven(Int128(scaled), by: Int128(step))
        let (rounded, overflow) = max(steps, 1).multipliedReportingOverflow(by: step)
        guard !overflow else { throw .outOfRange }
        return ExchangeRate(trusted: rounded)
    }

    /// The rate without padding: "35.5", "0.00024".
    public var text: String {
        decimalText(scaled, exponent: 8, decimals: 0)
    }
}

extension Money {
    /// The amount in another currency at a rate of that currency per one unit of this one, rounded half to even
    /// in the other's minor units.
    /// - Throws: `.outOfRange`.
    public func converted(to currency: Currency, at rate: ExchangeRate) throws(MoneyError) -> Money {
        // Exponents differ by three at most, so the divisor is 10^5...10^11 and the product fits 128 bits.
        let product = Int128(minorUnits) * Int128(rate.scaled)
        let divisor = Int128(powerOfTen(8 + self.currency.exponent - currency.exponent))
        return Money(minorUnits: try dividedHalfEven(product, by: divisor), currency)
    }

    /// The amount in another currency at a rate of this one per unit of that one, rounded half to even in the other's
    /// minor units: the way back of `converted(to:at:)`.
    /// - Throws: `.outOfRange`.
    public func exchanged(for currency: Currency, at rate: ExchangeRate) throws(MoneyError) -> Money {
        // At most 10^11 times an `Int64`, which fits 128 bits.
        let factor = powerOfTen(8 + currency.exponent - self.currency.exponent)
        return Money(
            minorUnits: try dividedHalfEven(Int128(minorUnits) * Int128(factor), by: Int128(rate.scaled)), currency)
    }
}

extension ExchangeRate: Codable {
    public init(from decoder: any Decoder) throws {
        try self.init(scaled: try decoder.singleValueContainer().decode(Int64.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(scaled)
    }
}
