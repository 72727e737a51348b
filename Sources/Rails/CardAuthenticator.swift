import Money
import Payments

/// Who a card belongs to, and whether its holder is the one who pays.
public protocol CardAuthenticator: Sendable {
    /// Checks the one-time code that the payer typed in.
    func verify(_ code: Secret<String>, for payment: Payment) async -> RailOutcome<Authentication>
}

/// Which bank issued a card.
public protocol CardDirectory: Sendable {
    /// The issuer's name, where the number range is known.
    func issuer(of number: CardNumber) -> String?

    /// Whether the number is taken although its check digit is wrong.
    func accepts(_ number: CardNumber) -> Bool

    /// The currency in which its holder is billed, where that is known and is not baht.
    func currency(of number: CardNumber) -> Currency?

    /// Whether it is known to be issued abroad.
    func isForeign(_ number: CardNumber) -> Bool
}

/// What currencies are worth in baht.
public protocol RateSource: Sendable {
    /// Units of baht per unit of `currency`.
    func baht(per currency: Currency) -> ExchangeRate
}

/// The rails that a gateway runs on.
public struct Rails: Sendable {
    public let acquirer: any CardAcquirer
    public let authenticator: any CardAuthenticator
    public let cards: any CardDirectory
    public let rates: any RateSource
    /// Where payers pay by themselves; a scheme that is missing is not offered.
    public let push: [PushScheme: any PushRail]
    /// How money leaves.
    public let payouts: any PayoutRail
    /// Where payers pay from their own account on a page of ours; nil where no bank lets them.
    public let bankSessions: (any BankSessionRail)?

    public init(
        acquirer: any CardAcquirer, authenticator: any CardAuthenticator, cards: any CardDirectory,
        rates: any RateSource, push: [PushScheme: any PushRail] = [:], payouts: any PayoutRail = NoPayoutRail(),
        bankSessions: (any BankSessionRail)? = nil
    ) {
        self.acquirer = acquirer
        self.authenticator = authenticator
        self.cards = cards
        self.rates = rates
        self.push = push
        self.payouts = payouts
        self.bankSessions = bankSessions
    }
}
