import Checkout
import Gateway
import HTTPTypes
import Hummingbird
import Logging
import WireKit

/// What a page says where the core refuses. Every fault has its place here, so that none comes to a payer as a failure
/// of the gateway by having been forgotten.
enum PageRefusal: CaseIterable {
    /// The shop takes no more, or not so much.
    case overLimit
    /// The shop takes no such payment.
    case notTaken
    /// What the page is about is over, or gone.
    case ended
    /// The gateway cannot answer now.
    case unavailable
    /// No page asks for what is refused so: the gateway's own failure.
    case unforeseen

    init(_ fault: GatewayFault) {
        switch fault {
        case .overTransactionLimit, .overDailyAmount, .overDailyCount: self = .overLimit
        case .noRoute, .cardUnsupported, .cardForeign, .verificationNotAllowed, .refused, .terms: self = .notTaken
        case .notFound, .referenceTaken, .tokenInvalid, .tokenUsed, .tokenConflict, .customerUnknown, .cardUnknown,
            .order, .challengeOver:
            self = .ended
        case .pending, .keyUnderWay, .unavailable: self = .unavailable
        case .consent, .cardNotVerified, .cardUnreadable, .keyMismatch, .insufficientBalance, .lineUsed, .nonceUsed:
            self = .unforeseen
        }
    }

    /// By whatever a page has thrown.
    init(_ error: any Error) { self = (error as? GatewayFault).map(Self.init) ?? .unforeseen }

    var status: HTTPResponse.Status {
        switch self {
        case .overLimit, .notTaken: .badRequest
        case .ended: .notFound
        case .unavailable: .serviceUnavailable
        case .unforeseen: .internalServerError
        }
    }

    /// The page for a payer on their way to pay.
    func page(_ frame: Frame) -> Response {
        let kind: ProblemPage.Kind =
            switch self {
            case .overLimit: .overLimit
            case .notTaken: .notTaken
            case .ended: .ended
            case .unavailable, .unforeseen: .unavailable(again: nil)
            }
        return ProblemPage(frame: frame, kind: kind).response(status: status)
    }

    /// The page for a payer at their bank's step, or on their way back.
    func page(_ words: Words) -> Response {
        let message =
            switch self {
            case .overLimit, .notTaken: words.failed(.refused)
            case .ended: words.unknownPage
            case .unavailable, .unforeseen: words.unavailable
            }
        return MessagePage(message).response(status: status)
    }

    /// What nobody foresaw is told to the operator.
    func log(_ error: any Error, _ context: MekongContext) {
        guard self == .unforeseen else { return }
        context.logger.error("page failed", metadata: ["error": "\(error)"])
    }
}
