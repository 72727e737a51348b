import Money

/// Someone asks to be paid: how much, by which means, until when. A payment is one attempt at it.
public struct Order: Sendable, Equatable {
    public let id: ID<Order>
    public internal(set) var version: Int64
    public let merchant: MerchantID
    /// The API through which the order was made.
    public let dialect: DialectID
    public let amount: Money
    /// By which of its means the merchant's API lets the order be paid. The API's own word; the core only compares.
    public let means: String
    /// The merchant id at the acquirer, where the merchant named one.
    public let acceptor: String?
    public let created: Instant
    public let expires: Instant
    /// The latest attempt to pay it.
    public internal(set) var payment: ID<Payment>?
    /// Whether that attempt has succeeded: nothing can be paid for the order again.
    public internal(set) var isPaid: Bool
    /// The dialect's own value beside the order.
    public let echo: [UInt8]

    public init(
        id: ID<Order>, version: Int64, merchant: MerchantID, dialect: DialectID, amount: Money, means: String,
        acceptor: String?, created: Instant, expires: Instant, payment: ID<Payment>? = nil, isPaid: Bool = false,
        echo: [UInt8]
    ) {
        self.id = id
        self.version = version
        self.merchant = merchant
        self.dialect = dialect
        self.amount = amount
        self.means = means
        self.acceptor = acceptor
        self.created = created
        self.expires = expires
        self.payment = payment
        self.isPaid = isPaid
        self.echo = echo
    }
}

/// Why an order cannot be paid, or not so.
public enum OrderFault: Error, Equatable, Sendable {
    /// It has been paid.
    case paid
    /// Its time is over.
    case expired
    /// An earlier attempt may still succeed, or has.
    case underWay(ID<Payment>)
    /// It was made for another amount.
    case amountMismatch
}

extension Order {
    /// The order with `payment` as its attempt. `earlier` is the attempt before, where there is one.
    public func attempted(
        by payment: ID<Payment>, of amount: Money, after earlier: PaymentState?, at now: Instant
    ) throws(OrderFault) -> Order {
        guard !isPaid else { throw .paid }
        if let former = self.payment, let earlier, !earlier.cameToNothing { throw .underWay(former) }
        guard now < expires else { throw .expired }
        guard amount == self.amount else { throw .amountMismatch }
        var order = self
        order.payment = payment
        order.version += 1
        return order
    }
}

extension PaymentState {
    /// Whether the payment is over and nothing was paid, so that another may be tried.
    public var cameToNothing: Bool {
        switch self {
        case .unauthenticated, .declined, .reversed, .cancelled: true
        default: false
        }
    }
}
