import Gateway
import Payments

/// `failure_code` and `failure_message` of a charge, from the table for what it was paid with (Appendix).
struct ChargeFailure: Equatable {
    let code: String
    let message: String

    /// Nil where nothing has failed, or nobody knows yet whether it has.
    init?(_ report: PaymentReport) {
        let payment = report.payment
        guard let code = report.refusal ?? payment.failureCode,
            report.refusal != nil || payment.state != .cancelling
        else { return nil }
        switch payment.method.invitation?.form {
        case nil: self.init(card: code)
        case .redirect: self.init(card: Self.ofPages[code] ?? code)
        default: self.init(qr: code)
        }
    }

    init(card code: String) {
        self.code = code
        message = FailureCodes.message(code) ?? "Declined"
    }

    /// By the bank's own code, or the gateway's.
    init(qr code: String) {
        let failure = PushFailure(code)
        self.code = failure?.code ?? code
        message = failure?.message ?? FailureCodes.message(code) ?? "Declined"
    }

    /// What the gateway itself decided about a wallet's page, as a response code.
    private static let ofPages: [String: String] = [
        invitationCancelledCode: cancelledByCustomerCode, invitationExpiredCode: tooLateCode,
    ]
}
