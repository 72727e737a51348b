/// Which column of a bank's CSV file is what, and how its values are written.
public struct ColumnMap: Sendable, Equatable {
    /// A column, by the name that the file's header gives it or by its place, from 1.
    public enum Column: Sendable, Hashable {
        case name(String)
        case place(Int)
    }

    /// What a column can be.
    public enum Meaning: String, Sendable, CaseIterable {
        case date, time
        /// With a sign: what left is negative; or without, beside `mark`.
        case amount
        /// Separate columns, one of which is filled.
        case credit, debit
        /// Says which of the two an amount is.
        case mark
        case payerBank = "payer_bank"
        case payerAccount = "payer_account"
        case payerName = "payer_name"
        case description, reference
        /// The bank's reference that no other line has.
        case id
        /// What the account held then: it tells equal lines apart.
        case balance
        /// The account's number at the bank.
        case account
    }

    public var columns: [Meaning: Column]
    var delimiter = UInt8(ascii: ",")
    /// Whether the first record names the columns.
    var hasHeader = true
    /// Lines before the header, or before the first record.
    var skipped = 0
    /// Records whose first field begins with one of these are left out: totals and the like.
    var ignored: [String] = []
    var dateFormat: DatePattern
    var timeFormat: DatePattern?
    /// Seconds east of UTC.
    var offset = BookingTime.bankOffset
    /// Whether years are counted as in Thailand: 2569 is 2026.
    var isBuddhist = false
    var decimalMark: Character = "."
    var thousandsMark: Character? = ","
    /// What `mark` holds for money that arrives, and that leaves.
    var creditMarks: [String] = []
    var debitMarks: [String] = []
}
