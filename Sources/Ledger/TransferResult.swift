/// What became of a transfer. Anything but `applied` changes nothing.
///
/// When several apply, the one declared first is the answer:
///
/// 1. the transfer by itself: amount, accounts, currencies, amount against the hold it names;
/// 2. its id: a transfer seen before is `exists`, whatever has happened to its hold or the balance since;
/// 3. the hold it resolves;
/// 4. the balances.
public enum TransferResult: CaseIterable, Equatable, Sendable {
    /// The amount is zero or negative.
    case amountMustBePositive
    /// Debit and credit are the same account.
    case accountsMustDiffer
    /// The accounts, the amount and the hold named are not all of one currency.
    case currenciesMustMatch
    /// A post of more than the hold it names.
    case exceedsHold
    /// A release of another amount than the hold it names.
    case releaseMustBeWhole

    /// The id is taken by a transfer of another kind, or one that resolves another hold or names another hold amount.
    case existsWithDifferentKind
    /// The id is taken by a transfer between other accounts.
    case existsWithDifferentAccounts
    /// The id is taken by a transfer of another amount.
    case existsWithDifferentAmount
    /// This very transfer was applied before.
    case exists

    /// No transfer has the id of the hold named.
    case holdNotFound
    /// The transfer named as a hold is not one.
    case holdIsNotPending
    /// The hold is between other accounts.
    case holdHasDifferentAccounts
    /// The hold's amount is not the one named.
    case holdHasDifferentAmount
    /// The hold was posted before.
    case holdAlreadyPosted
    /// The hold was released before.
    case holdAlreadyReleased

    /// A debit account with a floor has less to spend than the amount.
    case insufficientFunds
    /// A balance would not fit an `Int64`.
    case overflow

    /// The transfer is in the books.
    case applied
}
