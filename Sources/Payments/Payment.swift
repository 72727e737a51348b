import Money

/// One attempt to be paid by one method, from the merchant's request to the settled money.
public struct Payment: Sendable, Equatable {
    public let id: ID<Payment>
    /// Grows by one with every stored change; a commit that expects an older version fails.
    public internal(set) var version: Int64
    public let merchant: MerchantID
    /// The API that the payment was made through, and in whose words the merchant is told of it.
    public let dialect: DialectID
    /// The merchant id at the acquirer (`mid`) that takes the payment.
    public let acceptor: String
    public let amount: Money
    public internal(set) var state: PaymentState
    public let method: PaymentMethod
    public let terms: PaymentTerms
    /// The order that the payment is an attempt at, where there is one.
    public let order: ID<Order>?
    public let created: Instant
    /// What the card's issuer said of the payer, where they were asked.
    public internal(set) var authentication: Authentication?
    /// The issuer's approval code.
    public internal(set) var approvalCode: String?
    /// Through which bank or app the payer paid by themselves, as the rail names it.
    public internal(set) var channel: String?
    /// What the payer is shown, where they pay by themselves: the text of the QR code, or an address.
    public internal(set) var payload: String?
    /// Why the payment came to nothing, as a response code of the card networks.
    public internal(set) var failureCode: String?
    /// How much was captured: at most `amount`.
    public internal(set) var captured: Money?
    /// When the capture was asked for, or before that, when the payer paid by themselves: to this moment's day in
    /// Bangkok the money belongs, whenever the outcome is known.
    public internal(set) var capturedAt: Instant?
    public internal(set) var settlement: Settlement?
    /// What of a collection account's statement pays it, where it is a deposit.
    public internal(set) var expectation: Expectation?
    /// The statement line that has paid it.
    public internal(set) var line: ID<StatementLine>?
    /// The day and amount counted against the merchant's daily limits, where there are any.
    public let usage: DailyUsage?
    /// The dialect's own value beside the payment. The core stores it and never looks inside.
    public let echo: [UInt8]

    public init(
        id: ID<Payment>, version: Int64, merchant: MerchantID, dialect: DialectID, acceptor: String, amount: Money,
        state: PaymentState, method: PaymentMethod, terms: PaymentTerms = .plain, order: ID<Order>? = nil,
        created: Instant, authentication: Authentication? = nil, approvalCode: String? = nil, channel: String? = nil,
        payload: String? = nil, failureCode: String? = nil, captured: Money? = nil, capturedAt: Instant? = nil,
        settlement: Settlement? = nil, expectation: Expectation? = nil, line: ID<StatementLine>? = nil,
        usage: DailyUsage? = nil, echo: [UInt8]
    ) {
        self.id = id
        self.version = version
        self.merchant = merchant
        self.dialect = dialect
        self.acceptor = acceptor
        self.amount = amount
        self.state = state
        self.method = method
        self.terms = terms
        self.order = order
        self.created = created
        self.authentication = authentication
        self.approvalCode = approvalCode
        self.channel = channel
        self.payload = payload
        self.failureCode = failureCode
        self.captured = captured
        self.capturedAt = capturedAt
        self.settlement = settlement
        self.expectation = expectation
        self.line = line
        self.usage = usage
        self.echo = echo
    }
}

/// The proof of a 3-D Secure authentication, as the merchant and the acquirer are shown it.
public struct Authentication: Sendable, Hashable, Codable {
    /// Electronic commerce indicator: two digits.
    public let eci: String
    /// The transaction's id at the authentication provider: 40 characters.
    public let xid: String
    /// Cardholder authentication verification value: 40 characters.
    public let cavv: String
    /// The directory server's transaction id, a UUID.
    public let directoryServerID: String

    public init(eci: String, xid: String, cavv: String, directoryServerID: String) {
        self.eci = eci
        self.xid = xid
        self.cavv = cavv
        self.directoryServerID = directoryServerID
    }
}

/// What became of captured money: the fee and tax kept, what the merchant got, and its worth in baht.
public struct Settlement: Sendable, Hashable {
    public let gross: Money
    /// Merchant discount: the fee kept.
    public let fee: Money
    /// Tax on the fee.
    public let vat: Money
    public let net: Money
    /// Units of baht per unit of the payment's currency on the day.
    public let rate: ExchangeRate
    public let at: Instant

    public init(gross: Money, fee: Money, vat: Money, net: Money, rate: ExchangeRate, at: Instant) {
        self.gross = gross
        self.fee = fee
        self.vat = vat
        self.net = net
        self.rate = rate
        self.at = at
    }
}

/// What a payment took of a merchant's daily limits, so that it can be given back.
public struct DailyUsage: Sendable, Hashable {
    public let day: CivilDay
    /// The amount in baht.
    public let baht: Money

    public init(day: CivilDay, baht: Money) {
        self.day = day
        self.baht = baht
    }
}
