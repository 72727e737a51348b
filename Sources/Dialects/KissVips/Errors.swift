import Gateway
import HTTPTypes
import Hummingbird
import Payments
import WireKit

/// An error: `{"response":{"status":"ERROR","error_code":"…","message":"…"}}`. The document names no codes; these are
/// all there are.
struct KissVipsError: Error, Equatable {
    let status: HTTPResponse.Status
    let code: String
    let message: String

    private init(_ status: HTTPResponse.Status, _ code: String, _ message: String) {
        self.status = status
        self.code = code
        self.message = message
    }

    // The request
    static let badRequest = KissVipsError(
        .badRequest, "INVALID_REQUEST", "The body is neither a JSON object nor a form, or names a member twice")
    static func mandatoryIsEmpty(_ field: String) -> KissVipsError {
        KissVipsError(.badRequest, "MISSING_PARAMETER", "Mandatory parameter is missing: \(field)")
    }
    static func invalidParameter(_ field: String, _ why: String) -> KissVipsError {
        KissVipsError(.badRequest, "INVALID_PARAMETER", "Invalid parameter \(field): \(why)")
    }
    static let amountInvalid = KissVipsError(
        .badRequest, "INVALID_AMOUNT", "The amount must be greater than zero")
    static let amountExceeded = KissVipsError(
        .badRequest, "AMOUNT_LIMIT_EXCEEDED", "The amount is more than the maximum of one transaction")
    static let operationNotFound = KissVipsError(.notFound, "OPERATION_NOT_FOUND", "There is no such operation")
    static let tooLarge = KissVipsError(.contentTooLarge, "REQUEST_TOO_LARGE", "The request body is too large")

    // Who calls
    static let authenticationFailed = KissVipsError(
        .unauthorized, "AUTHENTICATION_FAILED", "The merchant code or the signature is wrong")
    static let addressNotAllowed = KissVipsError(
        .forbidden, "ADDRESS_NOT_ALLOWED", "The merchant's settings do not allow calls from this address")
    static let timeOutOfRange = KissVipsError(
        .unauthorized, "TIME_OUT_OF_RANGE", "time is more than 120 seconds away from now")
    static let timeUsed = KissVipsError(.unauthorized, "TIME_ALREADY_USED", "time was used before")

    // Its objects
    static let bankNotFound = KissVipsError(.notFound, "BANK_NOT_FOUND", "There is no bank with this id")
    static let bankDisabled = KissVipsError(.conflict, "BANK_DISABLED", "The bank is disabled")
    static let bankNotServed = KissVipsError(
        .conflict, "BANK_NOT_SERVED", "No payer of this bank can pay through the hosted page of this gateway")
    static let depositNotFound = KissVipsError(.notFound, "DEPOSIT_NOT_FOUND", "There is no such deposit")
    static let depositRedeemed = KissVipsError(
        .conflict, "DEPOSIT_ALREADY_REDEEMED", "The deposit is redeemed already")
    static let qrcodeNotFound = KissVipsError(
        .notFound, "QRCODE_NOT_FOUND", "There is no Prompt Pay QR Code with this uuid")
    static let qrcodeExpired = KissVipsError(.conflict, "QRCODE_EXPIRED", "The Prompt Pay QR Code has expired")
    static let transferNotFound = KissVipsError(
        .notFound, "TRANSFER_NOT_FOUND", "There is no transfer with this id")
    static let insufficientBalance = KissVipsError(
        .conflict, "INSUFFICIENT_BALANCE", "The balance is less than the transfer and its fee")
    static let noAccount = KissVipsError(
        .conflict, "NO_DEPOSIT_ACCOUNT", "No active account of the merchant takes such deposits")
    static let dailyLimitExceeded = KissVipsError(
        .conflict, "DAILY_LIMIT_EXCEEDED", "The merchant's limit of the day is reached")
    static let busy = KissVipsError(.conflict, "TRY_AGAIN", "Another request is changing this; try again")

    // Idempotency-Key
    static let keyMismatch = KissVipsError(
        .unprocessableContent, "IDEMPOTENCY_KEY_MISMATCH", "Idempotency-Key was used for another request")
    static let keyUnderWay = KissVipsError(
        .conflict, "IDEMPOTENCY_KEY_UNDER_WAY", "A request with this Idempotency-Key is under way")

    // The gateway
    static let unavailable = KissVipsError(.serviceUnavailable, "UNAVAILABLE", "System unavailable")
    static let internalError = KissVipsError(.internalServerError, "INTERNAL_ERROR", "System error")

    /// What the core says, in this dialect's words. `missing` is how an operation says that its object is not there.
    init(_ fault: GatewayFault, missing: KissVipsError) {
        switch fault {
        case .notFound: self = missing
        case .overTransactionLimit: self = .amountExceeded
        case .overDailyAmount, .overDailyCount: self = .dailyLimitExceeded
        case .refused(.amountNotPositive): self = .amountInvalid
        case .refused(.overflow): self = .amountExceeded
        case .refused, .pending, .challengeOver, .order: self = .busy
        case .insufficientBalance: self = .insufficientBalance
        case .lineUsed: self = .depositRedeemed
        case .nonceUsed: self = .timeUsed
        case .noRoute: self = .noAccount
        case .keyMismatch: self = .keyMismatch
        case .keyUnderWay: self = .keyUnderWay
        case .unavailable: self = .unavailable
        // No operation of this API charges cards or takes references of the merchant's own.
        case .referenceTaken, .tokenInvalid, .tokenUsed, .tokenConflict, .consent, .cardUnsupported, .customerUnknown,
            .cardUnknown, .cardNotVerified, .verificationNotAllowed, .cardForeign, .cardUnreadable, .terms:
            self = .internalError
        }
    }

    var response: Response {
        var json = JSONWriter(capacity: 160)
        json.object { json in
            json.memberObject("response") { json in
                json.member("status", "ERROR")
                json.member("error_code", code)
                json.member("message", message)
            }
        }
        return .json(json.bytes, status: status)
    }
}

extension KissVipsError: WireFailure {
    static var unforeseen: KissVipsError { .internalError }

    init?(_ error: any Error) {
        switch error {
        case let fault as GatewayFault: self.init(fault, missing: .depositNotFound)
        case is BodyTooLarge: self = .tooLarge
        default: return nil
        }
    }
}
