import Money
import Payments

/// A rail on which payers pay by themselves: it makes what they are shown, and knows whether they have paid.
///
/// It may send word of money, but its word is only a reason to ask: what it answers to an inquiry counts.
///
/// Of follow-ups it knows `cancel`, which takes an invitation back, and `void`, which gives the payer's money back on the
/// same day.
public protocol PushRail: FollowUpRail {
    /// Makes what the payer is shown. The same reference again gets the same answer.
    func present(_ request: PresentationRequest) async -> RailOutcome<Presentation>

    /// What has become of an invitation.
    func status(of payment: ID<Payment>) async -> PushStatus
}

/// A request for something to show to a payer.
public struct PresentationRequest: Sendable {
    public let reference: RailReference
    /// The merchant id at the rail's operator.
    public let acceptor: String
    public let amount: Money
    public let invitation: Invitation
    /// The shop's name, as the payer sees it.
    public let merchantName: String
    /// The merchant's own reference, which the payer's bank may show.
    public let merchantReference: String
    /// The payer's phone, where they are told by a message: digits, as they typed them.
    public let phone: String?
    /// Where the payer's browser comes back to from a wallet's page.
    public let returnURL: String?
    /// The address of a picture of the shop, for apps that show one.
    public let picture: String?

    public init(
        reference: RailReference, acceptor: String, amount: Money, invitation: Invitation, merchantName: String,
        merchantReference: String, phone: String? = nil, returnURL: String? = nil, picture: String? = nil
    ) {
        self.reference = reference
        self.acceptor = acceptor
        self.amount = amount
        self.invitation = invitation
        self.merchantName = merchantName
        self.merchantReference = merchantReference
        self.phone = phone
        self.returnURL = returnURL
        self.picture = picture
    }
}

/// What the payer is shown.
public struct Presentation: Sendable, Hashable {
    /// The QR code's text, or the address of the wallet's page or app.
    public let payload: String

    public init(payload: String) { self.payload = payload }
}

/// What a push rail knows of an invitation.
public enum PushStatus: Sendable {
    /// Nobody has paid yet.
    case open
    case paid(PushReceipt)
    /// The payer tried and was refused, or gave up, with a code of the rail's.
    case declined(code: String)
    /// It was taken back: nobody can pay any more.
    case cancelled
    /// The rail has never heard of it.
    case notFound
    /// The rail cannot say.
    case unknown
}

/// A push rail's word that the payer has paid.
public struct PushReceipt: Sendable, Hashable {
    public let approval: RailApproval
    /// Through which bank or app.
    public let channel: String?
    /// When the payer paid, by the rail's clock; nil where the rail does not say.
    public let paidAt: Instant?

    public init(approval: RailApproval, channel: String?, paidAt: Instant? = nil) {
        self.approval = approval
        self.channel = channel
        self.paidAt = paidAt
    }
}
