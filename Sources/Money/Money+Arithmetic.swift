extension Money {
    /// The sum of two amounts.
    /// - Throws: `.currencyMismatch`, `.outOfRange`.
    public func adding(_ other: Money) throws(MoneyError) -> Money {
        guard currency == other.currency else { throw .currencyMismatch }
        return try checked(minorUnits.addingReportingOverflow(other.minorUnits))
    }

    /// This amount less another; may be negative.
    /// - Throws: `.currencyMismatch`, `.outOfRange`.
    public func subtracting(_ other: Money) throws(MoneyError) -> Money {
        guard currency == other.currency else { throw .currencyMismatch }
        return try checked(minorUnits.subtractingReportingOverflow(other.minorUnits))
    }

    /// The amount with the opposite sign.
    /// - Throws: `.outOfRange` for the smallest amount there is.
    public func negated() throws(MoneyError) -> Money {
        try checked(Int64(0).subtractingReportingOverflow(minorUnits))
    }

    /// The amount so many times.
    /// - Throws: `.outOfRange`.
    public func multiplied(by factor: Int64) throws(MoneyError) -> Money {
        try checked(minorUnits.multipliedReportingOverflow(by: factor))
    }

    /// True when this amount is strictly greater than the other.
    /// - Throws: `.currencyMismatch`.
    public func isGreater(than other: Money) throws(MoneyError) -> Bool {
        guard currency == other.currency else { throw .currencyMismatch }
        return minorUnits > other.minorUnits
    }

    private func checked(_ result: (partialValue: Int64, overflow: Bool)) throws(MoneyError) -> Money {
        guard !result.overflow else { throw .outOfRange }
        return Money(minorUnits: result.partialValue, currency)
    }
}
