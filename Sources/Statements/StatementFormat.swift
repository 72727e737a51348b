/// The kinds of file in which banks deliver statements.
public enum StatementFormat: String, Sendable, CaseIterable {
    /// ISO 20022 bank-to-customer statement, XML.
    case camt053
    /// SWIFT MT940 customer statement.
    case mt940
    /// Comma-separated values, with a map that says which column is what.
    case csv
}
