import Money
import Payments
import Store

/// Deposits: payments that a line of a bank statement pays.
extension Gateway {
    /// A deposit that nobody has paid is over.
    func lapse(_ payment: Payment, because code: String) async throws {
        try await commit(changes(for: try payment.lapsed(code: code)))
    }
}
