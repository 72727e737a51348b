import Gateway
import HTTPTypes
import Hummingbird
import Payments
import WireKit

/// An error as the document shows it: `{"object":"error","code":"…","message":"…"}` (Appendix, “API Error Code”).
struct KPaymentError: Error, Equatable {
    let status: HTTPResponse.Status
    let code: String
    let message: String

    private init(_ status: HTTPResponse.Status, _ code: String, _ message: String) {
        self.status = status
        self.code = code
        self.message = message
    }

    // ALL API
    static let authenticationFailure = KPaymentError(
        .unauthorized, "authentication_failure", "Failure to properly authenticate yourself in the request")
    static func mandatoryIsEmpty(_ field: String) -> KPaymentError {
        KPaymentError(.badRequest, "mandatory_is_empty", "Mandatory parameter is missing: \(field)")
    }
    static func invalidParameter(_ field: String, _ why: String) -> KPaymentError {
        KPaymentError(.badRequest, "invalid_parameter", "Invalid parameter \(field): \(why)")
    }
    static let badRequest = KPaymentError(.badRequest, "bad_request", "Invalid JSON")
    static let operationNotFound = KPaymentError(.notFound, "not_found", "There is no such operation")
    static let tooLarge = KPaymentError(.contentTooLarge, "bad_request", "The request body is too large")
    static let unavailable = KPaymentError(.serviceUnavailable, "internal_error", "System unavailable")
    static let internalError = KPaymentError(.internalServerError, "internal_error", "System error")
    static let addressNotAllowed = KPaymentError(.badRequest, "ip_not_allow", "IP address is not allowed")

    // Charge API
    static let amountExceed = KPaymentError(
        .badRequest, "amount_exceed", "Amount exceeds the available limit which can be CHARGE")
    static let amountInvalid = KPaymentError(.badRequest, "amount_invalid", "Amount must be positive")
    static let cardError = KPaymentError(.badRequest, "card_error", "Card type is not supported")
    static let chargeNotExist = KPaymentError(
        .notFound, "charge_id_not_exist", "Charge ID does not exist or invalid")
    static let currencyInvalid = KPaymentError(
        .badRequest, "currency_invalid", "Currency is currently not supported")
    static let decryptCardError = KPaymentError(
        .badRequest, "decrypt_card_error", "An error occurred while processing the card decryption")
    static let exceedAmountPerDay = KPaymentError(
        .badRequest, "exceed_amount_per_day", "exceed maximum charge amount limit per day")
    static let exceedAmountPerTransaction = KPaymentError(
        .badRequest, "exceed_amount_per_txn", "exceed maximum charge amount limit per transaction")
    /// As the Order and the QR API spell it.
    static let exceedAmountPerTx = KPaymentError(
        .badRequest, "exceed_amount_per_tx", "exceed maximum charge amount limit per transaction")
    static let exceedCountPerDay = KPaymentError(
        .badRequest, "exceed_count_charge_per_day", "exceed maximum number of charge transaction limit per day")
    static let floatNotSupport = KPaymentError(
        .badRequest, "float_not_support", "Decimal places are not supported with small CHARGE currencies")
    static let midNotExist = KPaymentError(
        .badRequest, "mid_and_tid_not_exist", "MID and/or TID do not exist or are not mapped to this currency")
    static let pendingState = KPaymentError(
        .badRequest, "pending_state", "Transaction status is pending please try again in 15 minutes")
    static let processingCardError = KPaymentError(
        .badRequest, "processing_card_error", "An error occurred while processing the card")
    static let settleStateInvalid = KPaymentError(
        .badRequest, "settle_state_invalid", "Transaction status is not eligible for settlement")
    static let tokenConflict = KPaymentError(.badRequest, "token_conflict", "Token has been changed")
    static let tokenInvalid = KPaymentError(
        .badRequest, "token_invalid", "Token was expired or cannot be found")
    static let usedToken = KPaymentError(.badRequest, "used_token", "Token was already used")
    static let voidStateInvalid = KPaymentError(
        .badRequest, "void_state_invalid", "Transaction status is not eligible for void")
    static let campaignInvalid = KPaymentError(
        .badRequest, "campaign_id_invalid", "Campaign id does not exist or invalid.")
    static let duplicateRequest = KPaymentError(
        .badRequest, "duplicate_request", "This request is duplicated: reference_order was used before")

    // Customer and Order API, as far as a charge names their objects
    static let customerInvalid = KPaymentError(
        .notFound, "customer_invalid", "Customer ID is invalid or does not exist")
    static let orderInvalid = KPaymentError(.notFound, "invalid_order_id", "Order ID cannot found in system")
    static let orderUsed = KPaymentError(.badRequest, "order_id_is_already_used", "Order ID was already used")
    static let noTransactionFound = KPaymentError(
        .notFound, "no_transaction_found", "Transaction status is not eligible for settlement")
    /// A void that the state of a QR payment forbids, with a message of the table “Failure Code for QR Payment”.
    static func voidRefused(_ failure: PushFailure) -> KPaymentError {
        KPaymentError(.badRequest, failure.code, failure.message)
    }
    static let cancelStateInvalid = KPaymentError(
        .badRequest, "cancel_state_invalid", "Transaction status is not eligible for cancel")
    static let midCurrencyConflict = KPaymentError(
        .badRequest, "mid_currency_conflict", "MID conflict with currency code")
    static let smartPayInvalid = KPaymentError(
        .badRequest, "smartpay_invalid", "smartpay information cannot found in system")
    /// The same, and which part of it there is none of.
    static func smartPay(_ why: String) -> KPaymentError {
        KPaymentError(.badRequest, smartPayInvalid.code, "\(smartPayInvalid.message): \(why)")
    }
    static let noSourceOfFund = KPaymentError(
        .badRequest, "sof_is_empty", "don't have any source of fund support for this merchant")
    static let cardInvalid = KPaymentError(.notFound, "card_invalid", "Card ID does not exist or invalid")
    static let cardNotVerified = KPaymentError(
        .badRequest, "card_not_verified", "Customer ID cannot be generated due to unsuccessful charge")
    static let campaignCardInvalid = KPaymentError(
        .badRequest, "campaign_card_invalid", "Sorry, your card does not support for this campaign.")
    static let foreignCardNotSupported = KPaymentError(
        .badRequest, "foreign_card_not_supported", "Not support foreign card for register with 3D mode")
    static let registerNotAllowed = KPaymentError(
        .badRequest, "register_3d_mode_not_allow", "Not allow register 3d mode for this merchant")
    static let paymentTypeNotSupport = KPaymentError(
        .badRequest, "payment_type_not_support", "Refund is not allowed for Smartpay transaction")

    // Refund API
    static let convenienceFeeNotSupported = KPaymentError(
        .badRequest, "convenience_fee_not_supported", "Convenience fee transaction not support")
    static let permissionDenied = KPaymentError(.badRequest, "internal_permission_denied", "Permission denied.")
    static let partialRefundNotAllowed = KPaymentError(
        .badRequest, "partial_refund_is_not_allowed", "Invalid refund request")
    static let refundNotAllowed = KPaymentError(.badRequest, "refund_not_allowed", "Refund is not allowed")
    static let refundOutOfRange = KPaymentError(
        .badRequest, "refund_transaction_is_not_owed", "Invalid refund date range")
    static let currencyNotSupportDecimals = KPaymentError(
        .badRequest, "currency_not_support_decimals", "This currency does not support decimals")
    static let refundStateInvalid = KPaymentError(
        .badRequest, "refund_state_invalid", "Transaction status is not valid to refund")
    static let refundExceed = KPaymentError(
        .badRequest, "amount_exceed", "Refund amount cannot exceed the available limit")
    /// Spelt with a capital in the document's table.
    static let refundPending = KPaymentError(
        .badRequest, "Pending_state", "Transaction status is pending please try again in 15 minutes")
    static let dateMismatch = KPaymentError(
        .badRequest, "invalid_parameter", "Invalid Charge ID or Transaction date value")
    static let dateInvalid = KPaymentError(
        .badRequest, "transaction_date_invalid", "Invalid Transaction date format")

    // Idempotency-Key
    static let keyMismatch = KPaymentError(
        .unprocessableContent, "invalid_parameter", "Idempotency-Key was used for another request")
    static let keyUnderWay = KPaymentError(
        .conflict, "duplicate_request", "A request with this Idempotency-Key is under way")

    /// What the core says, in this document's words. What a state forbids is told by each operation's own code.
    init(_ fault: GatewayFault, refusal: (PaymentFault) -> KPaymentError) {
        switch fault {
        case .notFound: self = .chargeNotExist
        case .referenceTaken: self = .duplicateRequest
        case .tokenInvalid: self = .tokenInvalid
        case .tokenUsed: self = .usedToken
        case .tokenConflict: self = .tokenConflict
        case .cardUnsupported: self = .cardError
        case .customerUnknown: self = .customerInvalid
        case .cardUnknown: self = .cardInvalid
        case .consent(.unanswered): self = .mandatoryIsEmpty("savecard")
        case .consent(.notGiven):
            self = .invalidParameter("savecard", "the payer has not agreed that this card be remembered")
        case .cardNotVerified: self = .cardNotVerified
        case .verificationNotAllowed: self = .registerNotAllowed
        case .cardForeign: self = .foreignCardNotSupported
        case .cardUnreadable: self = .decryptCardError
        case .noRoute: self = .processingCardError
        case .overTransactionLimit: self = .exceedAmountPerTransaction
        case .overDailyAmount: self = .exceedAmountPerDay
        case .overDailyCount: self = .exceedCountPerDay
        case .refused(let fault): self = refusal(fault)
        case .order(let fault): self = KPaymentError(fault)
        case .terms(let fault): self.init(fault)
        case .pending: self = .pendingState
        case .challengeOver: self = .chargeNotExist
        case .keyMismatch: self = .keyMismatch
        case .keyUnderWay: self = .keyUnderWay
        // No operation of this API pays out, redeems or takes one-time values.
        case .insufficientBalance, .lineUsed, .nonceUsed: self = .processingCardError
        case .unavailable: self = .unavailable
        }
    }

    /// Why an order cannot be paid, in this document's words.
    init(_ fault: OrderFault) {
        switch fault {
        case .paid, .underWay: self = .orderUsed
        case .expired: self = .orderInvalid
        case .amountMismatch: self = .invalidParameter("amount", "amount and currency differ from the order's")
        }
    }

    /// The Order and QR API's words for the same: they spell one limit otherwise.
    var ofOrders: KPaymentError { self == .exceedAmountPerTransaction ? .exceedAmountPerTx : self }

    var response: Response {
        var json = JSONWriter(capacity: 160)
        json.object { json in
            json.member("object", "error")
            json.member("code", code)
            json.member("message", message)
        }
        return .json(json.bytes, status: status)
    }
}

extension KPaymentError: WireFailure {
    static var unforeseen: KPaymentError { .internalError }

    init?(_ error: any Error) {
        switch error {
        // What a state forbids has been put into the operation's own words before this.
        case let fault as GatewayFault: self.init(fault) { _ in .internalError }
        case is BodyTooLarge: self = .tooLarge
        default: return nil
        }
    }
}
