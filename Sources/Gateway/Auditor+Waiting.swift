import Payments
import Store

extension Auditor {
    /// Whatever waits must have something that wakes it: a due row, or the instant of its next attempt. A payer's open
    /// session at their bank is woken by its deposit's row.
    func compareWaiting(with reader: Reader) throws {
        if let id = try reader.sleepingPayment(in: PaymentState.allCases.filter(\.isAttendedTo)) {
            let state = try reader.payment(id).map { "\($0.state)" } ?? "waiting"
            let session = try reader.bankSession(of: id).map { $0.state.isOver ? "" : ", its bank session open" } ?? ""
            throw Difference(description: "payment \(id) is \(state)\(session), and nothing is due of it")
        }
        if let id = try reader.sleepingRefund(in: RefundState.allCases.filter(\.isAttendedTo)) {
            throw Difference(description: "refund \(id) is not at its end, and nothing is due of it")
        }
        if let id = try reader.sleepingPayout(in: PayoutState.allCases.filter { !$0.isOver }) {
            throw Difference(description: "payout \(id) is not at its end, and nothing is due of it")
        }
        if let id = try reader.sleepingNotice() {
            throw Difference(description: "notice \(id) is not delivered, and has no next attempt")
        }
    }
}
