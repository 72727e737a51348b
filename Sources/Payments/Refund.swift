import Money

/// Where a refund stands.
public enum RefundState: String, Sendable, CaseIterable, Codable {
    /// On its way to the acquirer; its outcome is not known yet.
    case requested
    /// The acquirer took it; the money goes back at the next cut-off.
    case sent
    case completed
    /// The acquirer refused it: nothing moved.
    case refused

    /// Every change of state there is.
    public static let transitions: [(from: RefundState, event: RefundEventKind, to: RefundState)] = [
        (.requested, .confirm, .sent),
        (.requested, .refuse, .refused),
        (.sent, .complete, .completed),
    ]

    /// Whether something more happens to it: it must fall due again.
    public var isAttendedTo: Bool { self == .requested || self == .sent }

    func after(_ event: RefundEventKind) -> RefundState? {
        for row in Self.transitions where row.from == self && row.event == event { return row.to }
        return nil
    }
}

/// What can happen to a refund.
public enum RefundEventKind: String, Sendable, CaseIterable {
    case confirm, refuse, complete
}

/// Money given back to the payer, whole or in part, after settlement.
public struct Refund: Sendable, Equatable {
    public let id: ID<Refund>
    public internal(set) var version: Int64
    public let payment: ID<Payment>
    public let amount: Money
    /// What the payer's card gets back, where it was charged in another currency.
    public let converted: Money?
    /// The share of the merchant's fee that is given back.
    public let fee: Money
    /// The share of the tax on it that is given back.
    public let vat: Money
    /// What of the rest comes from the merchant's balance.
    public let fromAvailable: Money
    /// What of the rest the merchant owes, because the balance did not suffice.
    public let fromReceivable: Money
    public internal(set) var state: RefundState
    public let reason: String
    /// The acquirer's code where it refused.
    public internal(set) var errorCode: String?
    public let created: Instant
    /// When the money went back.
    public internal(set) var completed: Instant?

    public init(
        id: ID<Refund>, version: Int64, payment: ID<Payment>, amount: Money, converted: Money? = nil, fee: Money,
        vat: Money, fromAvailable: Money, fromReceivable: Money, state: RefundState, reason: String,
        errorCode: String? = nil,
        created: Instant, completed: Instant? = nil
    ) {
        self.id = id
        self.version = version
        self.payment = payment
        self.amount = amount
        self.converted = converted
        self.fee = fee
        self.vat = vat
        self.fromAvailable = fromAvailable
        self.fromReceivable = fromReceivable
        self.state = state
        self.reason = reason
        self.errorCode = errorCode
        self.created = created
        self.completed = completed
    }

    /// The cut-off of the day on which it was asked for.
    public var completesAt: Instant { created.nextBangkokMidnight }

    /// Whether the refund counts against what may still be refunded.
    public var stands: Bool { state != .refused }
}
