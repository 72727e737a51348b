import Money

/// Where a payout stands. `PayoutState.transitions` is the whole table.
public enum PayoutState: String, Sendable, CaseIterable, Codable {
    /// The money is held; the bank has not been told.
    case pending
    /// The bank has been told, or may have been; the outcome is not known yet.
    case queued
    /// The money has left.
    case succeeded
    /// It came to nothing; the money is the merchant's again.
    case failed

    /// Every change of state there is.
    public static let transitions: [(from: PayoutState, event: PayoutEventKind, to: PayoutState)] = [
        (.pending, .send, .queued),
        (.queued, .send, .queued),
        (.queued, .succeed, .succeeded),
        (.queued, .fail, .failed),
    ]

    /// The state after `event`, or nil where the table has no such row.
    public func after(_ event: PayoutEventKind) -> PayoutState? {
        for row in Self.transitions where row.from == self && row.event == event { return row.to }
        return nil
    }

    /// Whether nothing more will happen to it.
    public var isOver: Bool { self == .succeeded || self == .failed }
}

/// What can happen to a payout.
public enum PayoutEventKind: String, Sendable, CaseIterable {
    case send, succeed, fail
}

/// What a merchant may be told about a payout.
public enum PayoutEvent: String, Sendable, CaseIterable {
    case created = "payoutCreated"
    case queued = "payoutQueued"
    case succeeded = "payoutSucceeded"
    case failed = "payoutFailed"
}

/// A bank account to which money is sent.
public struct Beneficiary: Sendable, Hashable, Codable {
    /// Thai bank code: three digits.
    public let bank: String
    /// The account's number: digits.
    public let account: String
    public let name: String

    public init(bank: String, account: String, name: String) {
        self.bank = bank
        self.account = account
        self.name = name
    }
}

/// Money that leaves a merchant's balance for a bank account.
public struct Payout: Sendable, Equatable {
    public let id: ID<Payout>
    public internal(set) var version: Int64
    public let merchant: MerchantID
    /// The API through which it was asked for.
    public let dialect: DialectID
    public let beneficiary: Beneficiary
    /// What arrives.
    public let transfer: Money
    /// What the house takes for it, on top.
    public let fee: Money
    /// Tax on the fee.
    public let vat: Money
    public let remark: String
    public internal(set) var state: PayoutState
    /// Why it came to nothing, in the bank's words.
    public internal(set) var failure: String?
    public let created: Instant
    public internal(set) var ended: Instant?
    /// The dialect's own value beside the payout.
    public let echo: [UInt8]

    public init(
        id: ID<Payout>, version: Int64, merchant: MerchantID, dialect: DialectID, beneficiary: Beneficiary,
        transfer: Money, fee: Money, vat: Money, remark: String, state: PayoutState = .pending,
        failure: String? = nil, created: Instant, ended: Instant? = nil, echo: [UInt8]
    ) {
        self.id = id
        self.version = version
        self.merchant = merchant
        self.dialect = dialect
        self.beneficiary = beneficiary
        self.transfer = transfer
        self.fee = fee
        self.vat = vat
        self.remark = remark
        self.state = state
        self.failure = failure
        self.created = created
        self.ended = ended
        self.echo = echo
    }
}
