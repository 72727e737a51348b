extension Money {
    /// Reads an amount in units from the digits on a wire: `-`?, digits, then optionally `.` and digits, then
    /// optionally `e` or `E`, a sign and digits, as a JSON number may have. Leading zeros are allowed.
    ///
    /// The value counts, not the spelling: "10.000" is 10 THB, "1e2" is 100 JPY.
    /// - Throws: `.malformed`; else `.tooManyDecimals` for a non-zero digit beyond the currency's exponent;
    ///   else `.outOfRange` for more minor units than an `Int64` holds.
    public init(parsing text: String, in currency: Currency) throws(MoneyError) {
        try self.init(parsing: text, in: currency, maximumDecimals: currency.exponent)
    }

    /// Reads an amount as `init(parsing:in:)` does, with no more decimals than the currency's exponent and
    /// `maximumDecimals` both allow: a wire of two decimals refuses 1.234 BHD.
    public init(parsing text: String, in currency: Currency, maximumDecimals: Int) throws(MoneyError) {
        let limit = max(0, min(currency.exponent, maximumDecimals))
        let number = try DecimalNumber(parsing: text)
        self.init(minorUnits: try number.scaled(by: currency.exponent, decimals: limit), currency)
    }
}
