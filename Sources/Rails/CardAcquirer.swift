import Money
import Payments

/// What came of a request to the outside: yes, no, or not known.
///
/// Not known is an answer of its own. A request that timed out may have been carried out; whoever made it must inquire
/// or undo, never assume.
public enum RailOutcome<Approval: Sendable>: Sendable {
    case approved(Approval)
    /// Refused, with a response code of the card networks (`05`, `51`, …).
    case declined(code: String)
    /// No answer, or one that cannot be read.
    case unknown(reason: String)
}

/// Where card payments are authorised and card money comes from.
///
/// Every request carries a reference of the gateway's own. An acquirer carries out one reference once: the same
/// request again gets the same answer.
public protocol CardAcquirer: FollowUpRail {
    var capabilities: CardAcquirerCapabilities { get }

    /// Asks the issuer to set the amount aside.
    func authorize(_ request: AuthorizationRequest) async -> RailOutcome<RailApproval>
}

/// A rail that can be asked about a payment that it knows.
public protocol FollowUpRail: Sendable {
    /// Captures, voids, refunds or reverses what was authorised before, or takes back an invitation to pay.
    func perform(_ request: FollowUpRequest) async -> RailOutcome<RailApproval>

    /// What became of an earlier request.
    func inquire(_ reference: RailReference) async -> RailInquiry
}

/// What an acquirer can do.
public struct CardAcquirerCapabilities: Sendable {
    public let brands: Set<CardBrand>
    public let currencies: Set<Currency>
    /// Whether less than the authorised amount can be captured.
    public let capturesPartly: Bool

    public init(brands: Set<CardBrand>, currencies: Set<Currency>, capturesPartly: Bool) {
        self.brands = brands
        self.currencies = currencies
        self.capturesPartly = capturesPartly
    }
}

/// The gateway's own name for one request to a rail.
public struct RailReference: Hashable, Sendable, CustomStringConvertible {
    public let payment: ID<Payment>
    public let kind: Kind
    /// Tells apart a second request of one kind for one payment, such as a void after a refused void.
    public let attempt: String

    public enum Kind: String, Sendable, CaseIterable {
        case authorize, reverse, void, capture, refund, present, cancel
    }

    public init(_ kind: Kind, of payment: ID<Payment>, attempt: String = "1") {
        self.payment = payment
        self.kind = kind
        self.attempt = attempt
    }

    public var description: String { "\(payment.hex).\(kind.rawValue).\(attempt)" }
}

/// A request to set money aside on a card.
public struct AuthorizationRequest: Sendable {
    public let reference: RailReference
    /// The merchant id at the acquirer.
    public let acceptor: String
    public let amount: Money
    public let card: PresentedCard
    public let authentication: Authentication?

    public init(
        reference: RailReference, acceptor: String, amount: Money, card: PresentedCard,
        authentication: Authentication?
    ) {
        self.reference = reference
        self.acceptor = acceptor
        self.amount = amount
        self.card = card
        self.authentication = authentication
    }
}

/// A request about an earlier authorisation.
public struct FollowUpRequest: Sendable {
    public let reference: RailReference
    public let acceptor: String
    public let amount: Money

    public init(reference: RailReference, acceptor: String, amount: Money) {
        self.reference = reference
        self.acceptor = acceptor
        self.amount = amount
    }
}

/// A rail's yes.
public struct RailApproval: Sendable, Hashable {
    /// The approval code: six characters for a card.
    public let code: String

    public init(code: String) { self.code = code }
}

/// What an acquirer knows of an earlier request.
public enum RailInquiry: Sendable {
    case approved(RailApproval)
    case declined(code: String)
    /// It never arrived. It still might, so it is reversed before anything else is concluded.
    case notFound
    /// The acquirer cannot say.
    case unknown
}
