import Money
import Payments
import Store

/// Why a use case did not do what it was asked. Dialects say it in their own words.
public enum GatewayFault: Error, Equatable, Sendable {
    /// There is no such object, or it is another merchant's.
    case notFound
    /// The merchant's own reference was used before.
    case referenceTaken
    case tokenInvalid
    case tokenUsed
    /// The token was made for something else than it is used for.
    case tokenConflict
    /// The merchant id does not take cards of this brand.
    case cardUnsupported
    /// There is no such customer, or they are another merchant's.
    case customerUnknown
    /// The customer has no such card.
    case cardUnknown
    /// What the payer said of remembering their card does not agree with what is asked for.
    case consent(ConsentFault)
    /// The token's card was not charged, or not with success.
    case cardNotVerified
    /// The merchant, or the merchant id, verifies no cards.
    case verificationNotAllowed
    /// Cards from abroad are not verified.
    case cardForeign
    /// The stored card cannot be read.
    case cardUnreadable
    /// No acquirer takes this card in this currency.
    case noRoute
    case overTransactionLimit
    case overDailyAmount
    case overDailyCount
    /// The payment's state, or its amounts, do not allow it.
    case refused(PaymentFault)
    /// The order cannot be paid, or not so.
    case order(OrderFault)
    /// What was asked for beyond the amount is not on offer.
    case terms(TermsFault)
    /// An earlier request about it has no outcome yet.
    case pending
    /// The page's secret is unknown, or its time is over.
    case challengeOver
    /// The idempotency key was used for another request.
    case keyMismatch
    /// The request with this idempotency key is under way.
    case keyUnderWay
    /// The merchant has too little to pay out so much.
    case insufficientBalance
    /// The statement line has paid a deposit, or was redeemed.
    case lineUsed
    /// The one-time value was used before.
    case nonceUsed
    /// The gateway cannot commit now. Nothing was done, unless the database went away in that very moment: then nobody
    /// knows.
    case unavailable
}

extension GatewayFault {
    /// A store's conflict in the use cases' words; nil where loading and deciding again may help.
    init?(_ conflict: Conflict) {
        switch conflict {
        case .aliasTaken: self = .referenceTaken
        case .tokenSpent: self = .tokenUsed
        case .dailyCountReached: self = .overDailyCount
        case .dailyAmountReached: self = .overDailyAmount
        case .stale, .insufficientFunds, .balanceMoved, .transferRefused, .keyTaken, .duplicate: return nil
        }
    }
}
