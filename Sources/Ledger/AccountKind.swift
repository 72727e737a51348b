/// What an account is for: the chart of accounts. The raw value is the name used in an account's key.
public enum AccountKind: String, CaseIterable, Sendable, Codable {
    /// A merchant's captured payments that are not settled yet.
    case unsettled
    /// A merchant's settled money, to pay out or refund from.
    case available
    /// What a merchant owes the house, after a refund beyond the balance.
    case receivable
    /// A wallet user's money.
    case wallet
    /// The money on a virtual card.
    case float
    /// What a rail owes the house until it pays.
    case clearing
    /// The money in a collection account at a bank.
    case bank
    /// Money that arrived in a collection account and is not matched yet.
    case suspense
    /// The house's fee income.
    case fees
    /// Value added tax collected and owed to the revenue.
    case vat
    /// The house's position in currencies it exchanges.
    case fx

    /// True when the balance is kept as transfers commit, so that a commit can be guarded by it: where it has a floor,
    /// and where what is owed is paid first.
    public var isKept: Bool { hasFloor || self == .receivable }

    /// True when the balance, less what is held, may not go below zero, and so must be kept as transfers commit.
    public var hasFloor: Bool {
        switch self {
        case .available, .wallet, .float: true
        case .unsettled, .receivable, .clearing, .bank, .suspense, .fees, .vat, .fx: false
        }
    }
}
