/// A share of a whole, such as a fee or a tax, in parts per million: 2.5 % is 25,000.
public struct Rate: Hashable, Sendable, Codable {
    /// Parts per million of the whole; may be negative or above one million.
    public let partsPerMillion: Int64

    /// A rate of so many parts per million.
    public init(partsPerMillion: Int64) {
        self.partsPerMillion = partsPerMillion
    }

    /// Reads a percentage of up to four decimals, in the spelling `Money` reads: "2.5" is 25,000 parts per million.
    /// - Throws: `.malformed`, `.tooManyDecimals(allowed: 4)`, `.outOfRange`.
    public init(percent text: String) throws(MoneyError) {
        partsPerMillion = try DecimalNumber(parsing: text).scaled(by: 4, decimals: 4)
    }
}

extension Money {
    /// This share of the amount, rounded half to even in minor units.
    /// - Throws: `.outOfRange` when the share itself does not fit.
    public func percentage(_ rate: Rate) throws(MoneyError) -> Money {
        let parts = Int128(minorUnits) * Int128(rate.partsPerMillion)
        return Money(minorUnits: try dividedHalfEven(parts, by: 1_000_000), currency)
    }
}
