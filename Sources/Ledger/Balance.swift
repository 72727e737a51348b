/// What stands on one account, in minor units of its currency.
public struct Balance: Hashable, Sendable {
    /// Credits less debits of single and post transfers, whichever side is normal for the account.
    public var posted: Int64
    /// The sum of unresolved holds that have this account on the debit side; never negative.
    public var held: Int64

    /// A balance, by default of an account nothing has touched. `posted - held` must fit an `Int64`.
    public init(posted: Int64 = 0, held: Int64 = 0) {
        self.posted = posted
        self.held = held
    }

    /// What is posted and not held.
    public var spendable: Int64 { posted - held }
}
