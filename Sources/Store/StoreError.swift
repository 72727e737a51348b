/// Why the store could not do what it was asked.
public enum StoreError: Error, Sendable {
    /// A guard of this commit failed: nothing of it was stored, and nothing of anyone else's was harmed.
    case conflict(Conflict)
    /// The database cannot be written or read now (full disk, locked file, connection lost). Nothing was stored.
    case unavailable(String)
    /// The database went away while it committed, and could not be asked in time whether it did. Whoever reads later
    /// finds everything of this commit or nothing.
    case inDoubt(String)
    /// The caller asked for something that is never stored: text with a NUL in it, which one engine cuts short and
    /// the other refuses.
    case unstorable(String)
    /// The database holds what this program did not write, or cannot be read at all.
    case damaged(String)
}

extension StoreError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .conflict(let conflict): "conflict: \(conflict)"
        case .unavailable(let reason): "the database is not available: \(reason)"
        case .inDoubt(let reason): "the database went away while it committed: \(reason)"
        case .unstorable(let reason): "this cannot be stored: \(reason)"
        case .damaged(let reason): reason
        }
    }
}

/// Which guard of a commit failed.
public enum Conflict: Sendable, Hashable {
    /// The row has moved on since it was read. Load and decide again.
    case stale(String)
    /// The name is taken, for this dialect, merchant and kind.
    case aliasTaken(kind: String, value: String)
    /// The single-use token was used, or is gone.
    case tokenSpent
    /// The account would go below its floor.
    case insufficientFunds(account: String)
    /// The account's balance has moved since it was read. Load and decide again.
    case balanceMoved(account: String)
    /// A transfer with this id is there already, or its hold is gone.
    case transferRefused(id: String)
    /// The day's count of payments is used up.
    case dailyCountReached
    /// The day's amount would be exceeded.
    case dailyAmountReached
    /// The idempotency key is in use.
    case keyTaken
    /// A row that must be new is there already.
    case duplicate(String)
}
