extension Money: CustomStringConvertible {
    /// The amount in units without padding: "305", "11.5", "1.07", "-0.5".
    public var text: String {
        text(decimals: 0)
    }

    /// The amount in units, padded with zeros to at least so many decimals: "15.0000" for four. Digits other than
    /// zero are printed even beyond that, so the text always has the whole value.
    public func text(decimals: Int) -> String {
        decimalText(minorUnits, exponent: currency.exponent, decimals: decimals)
    }

    /// The amount with the currency's own decimals and its code: "11.50 THB".
    public var description: String {
        text(decimals: currency.exponent) + " " + currency.rawValue
    }
}
