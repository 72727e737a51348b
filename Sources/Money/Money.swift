/// An exact amount: a whole number of a currency's minor units, positive, zero or negative.
public struct Money: Hashable, Sendable, Codable {
    /// The amount in minor units (satang, cents; yen themselves, as JPY has no minor unit).
    public let minorUnits: Int64
    /// The currency the minor units are of.
    public let currency: Currency

    /// An amount of so many minor units: `Money(minorUnits: 1050, .THB)` is 10.50 THB.
    public init(minorUnits: Int64, _ currency: Currency) {
        self.minorUnits = minorUnits
        self.currency = currency
    }

    /// Nothing, in a currency.
    public static func zero(_ currency: Currency) -> Money {
        Money(minorUnits: 0, currency)
    }

    /// True for exactly nothing.
    public var isZero: Bool { minorUnits == 0 }
    /// True above zero.
    public var isPositive: Bool { minorUnits > 0 }
    /// True below zero.
    public var isNegative: Bool { minorUnits < 0 }
}
