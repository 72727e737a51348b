extension Money {
    /// The part of this amount that `part` is of `whole`, rounded half to even in minor units.
    /// - Throws: `.currencyMismatch` for two currencies, `.outOfRange` unless `whole` is positive, or where the share does
    ///   not fit.
    public func share(_ part: Money, of whole: Money) throws(MoneyError) -> Money {
        guard part.currency == whole.currency else { throw .currencyMismatch }
        guard whole.isPositive else { throw .outOfRange }
        let product = Int128(minorUnits) * Int128(part.minorUnits)
        return Money(minorUnits: try dividedHalfEven(product, by: Int128(whole.minorUnits)), currency)
    }

    /// Shares in proportion to the weights that add up to exactly this amount. Minor units left over go one each
    /// to the largest remainders, of equal ones to the earlier share; a weight of zero gets nothing.
    /// - Throws: `.outOfRange` when a weight is negative or no weight is positive.
    public func allocated(over weights: [Int64]) throws(MoneyError) -> [Money] {
        guard weights.allSatisfy({ $0 >= 0 }) else { throw .outOfRange }
        let sum = weights.reduce(Int128(0)) { $0 + Int128($1) }
        guard sum > 0 else { throw .outOfRange }

        let whole = Int128(minorUnits.magnitude)
        let parts = weights.map { (whole * Int128($0)).quotientAndRemainder(dividingBy: sum) }
        var shares = parts.map { $0.quotient }
        let leftOver = Int(whole - shares.reduce(0, +))
        let byRemainder = parts.indices.sorted { left, right in
            let (first, second) = (parts[left].remainder, parts[right].remainder)
            return first == second ? left < right : first > second
        }
        for index in byRemainder.prefix(leftOver) { shares[index] += 1 }
        return shares.map { Money(minorUnits: Int64(isNegative ? -$0 : $0), currency) }
    }
}
