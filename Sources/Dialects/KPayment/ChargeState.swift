import Gateway
import Money
import Payments

/// `transaction_state` and `status` of a charge (Appendix, “Transaction State and Status”).
struct ChargeState: Equatable {
    let state: String
    let status: String

    static let success = "success"
    static let fail = "fail"
    /// Begun and not finished.
    static let pending = "Pending"

    init(_ report: PaymentReport) {
        let payment = report.payment
        let (state, status): (String, String) =
            switch payment.state {
            case .challenged: ("Pre-Authorized", Self.success)
            case .authenticating: ("Pre-Authorized", Self.pending)
            case .unauthenticated: ("Pre-Authorized", Self.fail)
            case .authorizing, .reversing: ("Initialize", Self.pending)
            case .authorized: ("Authorized", Self.success)
            case .declined: ("Declined", Self.fail)
            case .reversed: ("Reversed", Self.fail)
            case .voiding, .capturing: ("Authorized", Self.pending)
            case .voided: ("Voided", Self.success)
            case .captured: ("Captured", Self.success)
            case .settled: (Self.afterSettlement(report), Self.success)
            case .presenting: ("Initialize", Self.pending)
            case .presented: ("Initialize", Self.success)
            case .cancelling: ("Initialize", Self.pending)
            case .cancelled: ("Initialize", Self.fail)
            }
        self.state = state
        self.status = report.refusal == nil ? status : Self.fail
    }

    /// Refunds show in the charge's state: sent first, then whole or partial.
    private static func afterSettlement(_ report: PaymentReport) -> String {
        if report.refunds.contains(where: { $0.state == .requested || $0.state == .sent }) { return "Refund Sent" }
        let returned = report.refunds.filter { $0.state == .completed }
        guard !returned.isEmpty else { return "Settled" }
        let sum = returned.reduce(0) { $0 + $1.amount.minorUnits }
        return sum == report.payment.settlement?.gross.minorUnits ? "Refunded" : "Partial Refund"
    }
}
