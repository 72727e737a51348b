import Money

/// A movement of money between two accounts of one currency. Transfers are only ever added, never changed.
public struct Transfer: Hashable, Sendable {
    /// What a transfer does to its accounts.
    public enum Kind: Hashable, Sendable {
        /// Moves the amount at once.
        case single
        /// Sets the amount aside on the debit account until a post or a release resolves it.
        case hold
        /// Moves the amount, at most the hold's, and frees the rest of the hold.
        case post(of: Hold)
        /// Frees the whole hold and moves nothing; the amount is the hold's.
        case release(of: Hold)
    }

    /// Unique among transfers; applying the same transfer again changes nothing.
    public let id: String
    /// The account the money leaves.
    public let debit: Account
    /// The account the money reaches. A post or release carries the same two accounts as its hold.
    public let credit: Account
    /// What is moved, set aside or freed; positive in any transfer that is applied.
    public let amount: Money
    /// What the transfer does.
    public let kind: Kind

    /// A transfer as written down; whether it may be applied is for `shapeFault()` and the books to say.
    public init(id: String, debit: Account, credit: Account, amount: Money, kind: Kind = .single) {
        self.id = id
        self.debit = debit
        self.credit = credit
        self.amount = amount
        self.kind = kind
    }
}

/// A hold as named by the transfer that resolves it.
public struct Hold: Hashable, Sendable {
    /// The id of the transfer that set the money aside.
    public let id: String
    /// The whole amount set aside.
    public let amount: Money

    /// A reference to the hold with this id and this whole amount.
    public init(id: String, amount: Money) {
        self.id = id
        self.amount = amount
    }
}

extension Transfer.Kind {
    /// The hold that a post or release resolves; nil for the others.
    public var resolves: Hold? {
        switch self {
        case .single, .hold: nil
        case .post(let hold), .release(let hold): hold
        }
    }
}
