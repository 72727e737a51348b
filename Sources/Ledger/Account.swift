import Money

/// One account of the ledger: a kind, whose it is, and the one currency it holds.
public struct Account: Hashable, Sendable {
    /// What the account is for.
    public let kind: AccountKind
    /// Whose account it is: the id of a merchant, wallet, card, rail or bank account. Never has a colon.
    public let owner: String
    /// The currency of all amounts on the account.
    public let currency: Currency

    /// An account. It is a programming error for the owner to have a colon in it.
    public init(kind: AccountKind, owner: String, currency: Currency) {
        precondition(!owner.utf8.contains(UInt8(ascii: ":")), "an account's owner has no colon")
        self.kind = kind
        self.owner = owner
        self.currency = currency
    }

    /// The account's name in storage: "kind:owner:CUR".
    public var key: String {
        "\(kind.rawValue):\(owner):\(currency.rawValue)"
    }

    /// Reads a key back; nil when it is not one.
    public init?(key: String) {
        let parts = key.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 3,
            let kind = AccountKind(rawValue: String(Substring(parts[0]))),
            let currency = Currency(rawValue: String(Substring(parts[2])))
        else { return nil }
        self.init(kind: kind, owner: String(Substring(parts[1])), currency: currency)
    }
}
