import Payments

/// A payment and what belongs to it, as it is shown to its merchant.
public struct PaymentReport: Sendable, Equatable {
    public let payment: Payment
    public let refunds: [Refund]
    /// Where the payer must go next, if anywhere. Known only in the answer that made it: its secret is not kept.
    public let challengeSecret: String?
    /// The acquirer's code where it refused what was just asked and the payment stands as before. It is told once and
    /// not kept.
    public let refusal: String?
    /// The refund that was asked for, where one was.
    public let refund: ID<Refund>?

    public init(
        payment: Payment, refunds: [Refund] = [], challengeSecret: String? = nil, refusal: String? = nil,
        refund: ID<Refund>? = nil
    ) {
        self.payment = payment
        self.refunds = refunds
        self.challengeSecret = challengeSecret
        self.refusal = refusal
        self.refund = refund
    }
}

/// What a dialect has to say of an event.
public struct NoticeContent: Sendable {
    public let url: String
    public let body: [UInt8]
    /// Whether it is sent once, whatever comes of it.
    public let isOnce: Bool
    /// What the merchant's server must say; nil: any status of success will do.
    public let acknowledgement: Acknowledgement?

    public init(url: String, body: [UInt8], isOnce: Bool = false, acknowledgement: Acknowledgement? = nil) {
        self.url = url
        self.body = body
        self.isOnce = isOnce
        self.acknowledgement = acknowledgement
    }
}

/// How the core speaks to merchants without knowing their API: each dialect renders what its merchants are told.
public protocol Dialect: Sendable {
    var id: DialectID { get }

    /// The notice for an event, or nil where this API sends none. Its bytes are frozen with the change.
    func notice(of event: PaymentEvent, _ report: PaymentReport, to merchant: Merchant) -> NoticeContent?

    /// The same for a payout. By default nothing is told.
    func notice(of event: PayoutEvent, _ payout: Payout, to merchant: Merchant) -> NoticeContent?

    /// The same for a payer's session at their bank. By default nothing is told.
    func notice(of event: BankSessionEvent, _ report: BankSessionReport, to merchant: Merchant) -> NoticeContent?

    /// The kinds of name under which this API knows deposits. By default none.
    var depositNames: [Alias.Kind] { get }

    /// With what deliveries to this merchant are signed.
    func signingKey(of merchant: MerchantID) -> Secret<String>?
}

extension Dialect {
    public var depositNames: [Alias.Kind] { [] }

    public func notice(of event: PayoutEvent, _ payout: Payout, to merchant: Merchant) -> NoticeContent? { nil }

    public func notice(
        of event: BankSessionEvent, _ report: BankSessionReport, to merchant: Merchant
    ) -> NoticeContent? { nil }
}
