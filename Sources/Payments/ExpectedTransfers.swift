import Ledger

/// Which transfers must stand in the books for a payment or refund in its state: what `mekong verify` compares with.
extension Payment {
    /// The payment's own transfers, refunds left out.
    /// - Throws: `PaymentFault` where the payment's own amounts do not add up.
    public func expectedTransfers() throws(PaymentFault) -> [Transfer] {
        switch state {
        case .challenged, .authenticating, .unauthenticated, .authorizing, .reversing, .declined, .reversed: []
        case .presenting, .presented, .cancelling, .cancelled: []
        case .authorized, .voiding, .capturing: holds
        case .voided: holds + releasesOfHolds
        case .captured: holds + (try postsOfHolds())
        case .settled where line != nil: receiptTransfers
        case .settled: holds + (try postsOfHolds()) + settlementTransfers
        }
    }
}

extension Refund {
    /// The transfers of a refund of `payment`.
    public func expectedTransfers(of payment: Payment) -> [Transfer] {
        switch state {
        case .requested, .sent: holds(payment)
        case .refused: holds(payment) + releases(payment)
        case .completed: holds(payment) + postings(payment)
        }
    }
}
