import Gateway
import HTTPTypes
import Hummingbird
import Payments
import WireKit

/// An error as the document's table has it: `{"code":…,"message":"…"}` with the same HTTP status.
struct JWTPayError: Error, Equatable {
    let status: HTTPResponse.Status
    let message: String

    private init(_ status: HTTPResponse.Status, _ message: String) {
        self.status = status
        self.message = message
    }

    // The document's table
    static let invalidSignature = JWTPayError(.badRequest, "Invalid signature")
    static let duplicate = JWTPayError(.badRequest, "transactionId already exists")
    static let invalidKey = JWTPayError(.unauthorized, "Invalid API key")
    static let addressNotAllowed = JWTPayError(.forbidden, "IP not in whitelist")
    static let merchantMismatch = JWTPayError(.forbidden, "merchantId does not match API key")
    static let internalError = JWTPayError(.internalServerError, "Internal server error")

    // Beside it
    static let insufficientBalance = JWTPayError(.badRequest, "Insufficient balance")
    static let badRequest = JWTPayError(.badRequest, "Invalid JSON")
    static let staleTimestamp = JWTPayError(
        .badRequest, "Invalid timestamp: it is more than 300 seconds away from the server's time")
    static let operationNotFound = JWTPayError(.notFound, "There is no such operation")
    static let orderNotFound = JWTPayError(.notFound, "Order not found")
    static let noOrderNumber = JWTPayError(.badRequest, "order_no or agent_order_no is required")
    static let noAccount = JWTPayError(.badRequest, "No bank account can take this deposit now")
    static let tooLarge = JWTPayError(.contentTooLarge, "Request body is too large")
    static let keyMismatch = JWTPayError(.unprocessableContent, "Idempotency-Key was used for another request")
    static let keyUnderWay = JWTPayError(.conflict, "A request with this Idempotency-Key is under way")
    static let unavailable = JWTPayError(.serviceUnavailable, "Service unavailable")

    var response: Response {
        var json = JSONWriter(capacity: 96)
        json.object { json in
            json.member("code", status.code)
            json.member("message", message)
        }
        return .json(json.bytes, status: status)
    }
}

extension JWTPayError: FieldRefusal {
    static func mandatoryIsEmpty(_ field: String) -> JWTPayError { JWTPayError(.badRequest, "\(field) is required") }

    static func invalidParameter(_ field: String, _ why: String) -> JWTPayError {
        JWTPayError(.badRequest, "Invalid \(field): \(why)")
    }
}

extension JWTPayError: WireFailure {
    static var unforeseen: JWTPayError { .internalError }

    init?(_ error: any Error) {
        switch error {
        case let fault as GatewayFault: self.init(fault)
        case is BodyTooLarge: self = .tooLarge
        default: return nil
        }
    }

    /// What the core says, in this document's words; nil for what it says of none of these operations.
    private init?(_ fault: GatewayFault) {
        switch fault {
        case .notFound: self = .orderNotFound
        case .referenceTaken: self = .duplicate
        case .insufficientBalance: self = .insufficientBalance
        case .noRoute: self = .noAccount
        case .overTransactionLimit: self = .invalidParameter("amount", "over the limit of one transaction")
        case .overDailyAmount: self = .invalidParameter("amount", "over the limit of the day")
        case .overDailyCount: self = JWTPayError(.badRequest, "Over the number of deposits of the day")
        case .refused: self = .invalidParameter("amount", "out of range")
        case .keyMismatch: self = .keyMismatch
        case .keyUnderWay: self = .keyUnderWay
        case .pending, .unavailable: self = .unavailable
        default: return nil
        }
    }
}
