import Money
import Payments

/// No card acquirer at all: a gateway on it refuses every charge for want of a route, and performs nothing.
public struct NoCardRail: CardAcquirer, CardAuthenticator, CardDirectory, RateSource {
    public init() {}

    public var capabilities: CardAcquirerCapabilities {
        CardAcquirerCapabilities(brands: [], currencies: [], capturesPartly: false)
    }

    public func authorize(_ request: AuthorizationRequest) async -> RailOutcome<RailApproval> { noAnswer() }
    public func perform(_ request: FollowUpRequest) async -> RailOutcome<RailApproval> { noAnswer() }
    public func inquire(_ reference: RailReference) async -> RailInquiry { .unknown }
    public func verify(_ code: Secret<String>, for payment: Payment) async -> RailOutcome<Authentication> { noAnswer() }
    public func issuer(of number: CardNumber) -> String? { nil }
    public func accepts(_ number: CardNumber) -> Bool { false }
    public func currency(of number: CardNumber) -> Currency? { nil }
    public func isForeign(_ number: CardNumber) -> Bool { false }

    /// One for one. Nothing is converted where nothing is charged.
    public func baht(per currency: Currency) -> ExchangeRate { .one }

    private func noAnswer<Approval>() -> RailOutcome<Approval> { .unknown(reason: "there is no card rail") }
}

extension Rails {
    /// Rails that take no card.
    public static let none = Rails(
        acquirer: NoCardRail(), authenticator: NoCardRail(), cards: NoCardRail(), rates: NoCardRail())
}
