import Money

/// What a transfer changes, in minor units.
public struct Effect: Hashable, Sendable {
    /// Leaves the debit account's posted balance and joins the credit account's; never negative.
    public let moved: Int64
    /// Joins what is held on the debit account; negative when a hold is resolved.
    public let held: Int64

    /// What the debit account must be able to spend: nothing for a post or release, whose money is already held.
    public var needed: Int64 { max(0, moved + held) }
}

extension Transfer {
    /// What the transfer changes once applied. Meaningful only without a `shapeFault()`.
    public var effect: Effect {
        let units = amount.minorUnits
        return switch kind {
        case .single: Effect(moved: units, held: 0)
        case .hold: Effect(moved: 0, held: units)
        case .post(let hold): Effect(moved: units, held: -hold.amount.minorUnits)
        case .release(let hold): Effect(moved: 0, held: -hold.amount.minorUnits)
        }
    }
}
