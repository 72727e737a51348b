import Gateway
import Money
import Payments
import WireKit

/// 6.1.3 Void, 6.1.4 Settle and 6.1.5 Refund Transaction.
extension KPaymentAPI {
    func voidCharge(_ call: Call) async throws -> [UInt8] {
        let fields = try call.fields()
        _ = try fields.requiredText("reason", 256)
        let payment = try await charge(call).payment
        return try await answer(
            call, "void:\(payment.id)", refusal: { _ in .voidStateInvalid },
            render: { ChargeMessage(dialect, $0).followedUp() },
            { try await gateway.void(payment.id, of: payment.merchant, answering: $0) })
    }

    func settleCharge(_ call: Call) async throws -> [UInt8] {
        let fields = try call.fields()
        try fields.require("amount", "type")
        let digits = try fields.decimal("amount")
        let type = try fields.word("type", ["full", "partial"])
        let payment = try await charge(call).payment
        // What is paid by scanning is settled by the day's run alone.
        if let invitation = payment.method.invitation, invitation.form != .redirect {
            throw KPaymentError.settleStateInvalid
        }
        let amount = try Money(wire: digits, payment.amount.currency, decimals: .floatNotSupport)
        guard amount.isPositive else { throw KPaymentError.amountInvalid }
        guard amount.minorUnits <= payment.amount.minorUnits else { throw KPaymentError.amountExceed }
        guard type == "partial" || amount == payment.amount else {
            throw KPaymentError.invalidParameter("amount", "a full settlement takes the whole amount")
        }
        return try await answer(
            call, "settle:\(payment.id)",
            refusal: { Self.settleRefusal($0, payment.terms) },
            render: { ChargeMessage(dialect, $0).followedUp() },
            { try await gateway.capture(payment.id, of: payment.merchant, amount: amount, answering: $0) })
    }

    func refundCharge(_ call: Call) async throws -> [UInt8] {
        let fields = try call.fields()
        try fields.require("amount", "reason")
        let digits = try fields.decimal("amount")
        let reason = try fields.requiredText("reason", 256)
        // Anything that is no date of eight digits is told as such, whatever its length.
        let date = try fields.text("transaction_date", 100)
        let payment = try await charge(call).payment
        guard payment.method.card != nil else { throw KPaymentError.paymentTypeNotSupport }
        try Age(payment, at: gateway.clock.now()).check(
            date: date, undated: .refundOutOfRange, tooOld: .refundOutOfRange)
        let amount = try Money(wire: digits, payment.amount.currency, decimals: .currencyNotSupportDecimals)
        guard amount.isPositive else { throw KPaymentError.amountInvalid }
        do {
            return try await answer(
                call, "refund:\(payment.id)", refusal: Self.refundRefusal,
                render: { ChargeMessage(dialect, $0).refunded() },
                {
                    try await gateway.refund(
                        payment.id, of: payment.merchant, amount: amount, reason: reason, answering: $0)
                })
        } catch KPaymentError.pendingState {
            throw KPaymentError.refundPending
        }
    }

    private static func settleRefusal(_ fault: PaymentFault, _ terms: PaymentTerms) -> KPaymentError {
        switch fault {
        case .exceeds: .amountExceed
        // A part that is worth nothing in the card's own currency.
        case .amountNotPositive: .amountInvalid
        case .wholeOnly where terms.surcharge != nil: .convenienceFeeNotSupported
        case .wholeOnly: .invalidParameter("amount", "this payment is settled as a whole")
        default: .settleStateInvalid
        }
    }

    /// The Refund API's error table (Appendix).
    private static func refundRefusal(_ fault: PaymentFault) -> KPaymentError {
        switch fault {
        case .wrongState: .refundStateInvalid
        case .exceeds: .refundExceed
        case .refundNotAllowed: .refundNotAllowed
        case .refundPending: .refundPending
        case .amountNotPositive: .amountInvalid
        case .surchargeNotRefundable: .convenienceFeeNotSupported
        case .instalmentNotRefundable: .permissionDenied
        case .instalmentRefundedBefore: .partialRefundNotAllowed
        case .currencyMismatch, .overflow, .wholeOnly: .internalError
        }
    }
}

func ~= (pattern: KPaymentError, error: any Error) -> Bool { (error as? KPaymentError) == pattern }
