/// Why an amount or a rate could not be read or computed.
public enum MoneyError: Error, Equatable, Sendable {
    /// The text is not a decimal number.
    case malformed
    /// A digit other than zero stands beyond the decimals allowed.
    case tooManyDecimals(allowed: Int)
    /// The value does not fit, or lies outside what the operation takes.
    case outOfRange
    /// The two amounts are in different currencies.
    case currencyMismatch
}
