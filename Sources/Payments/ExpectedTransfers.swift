import Ledger

/// Which transfers must stand in the books for a payment or refund in its state: what `mekong verify` compares with.
extension Payment {
    /// The payment's own transfers, refunds left out.
    public var expectedTransfers: [Transfer] {
        switch state {
        case .challenged, .authenticating, .unauthenticated, .authorizing, .reversing, .declined, .reversed: []
        case .authorized, .voiding, .capturing: [hold]
        case .voided: [hold, releaseOfHold]
        case .captured: [hold, postOfHold]
        case .settled: [hold, postOfHold] + settlementTransfers
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
