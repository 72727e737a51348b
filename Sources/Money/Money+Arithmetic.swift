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

    private func checked(_ result: (partialValue: Int64, overflow: Bool)) throws(MoneyError) -> Money {
        guard !result.overflow else { throw .outOfRange }
        return Money(minorUnits: result.partialValue, currency)
    }
}
