import Ledger
import Money
import Payments

/// What each repayment may be worth, recomputed from what was committed with it.
///
/// Transfers of one commit bear one instant. Before it a merchant had nothing to spend or owed nothing, so no
/// repayment is worth more than what its commit freed or made owed. Which of two commits came first is not
/// known from their instants, so the sum is what the balances say: nobody has both money and a debt
/// (`takeRepayments`). Transfers come in the order of their instants; those of one instant are kept.
struct RepaymentAudit {
    private var instant: Instant?
    private var causes: [String: Set<FundsOwner>] = [:]
    private var most: [FundsOwner: Int128] = [:]
    private var repaid: [(transfer: Transfer, cause: String)] = []

    /// Throws `Auditor.Difference`.
    mutating func take(_ transfer: Transfer, at instant: Instant) throws {
        if instant != self.instant {
            try finish()
            self.instant = instant
        }
        if let cause = Repayment.cause(of: transfer) { return repaid.append((transfer, cause)) }
        let owners = Repayment.concerned(by: [transfer])
        guard !owners.isEmpty else { return }
        causes[transfer.id] = owners
        for owner in owners { most[owner, default: 0] += Repayment.most(of: transfer, by: owner) }
    }

    /// Judges what was committed at the last instant. Throws `Auditor.Difference`.
    mutating func finish() throws {
        for (transfer, cause) in repaid {
            let owner = FundsOwner(of: transfer.debit)
            guard causes[cause]?.contains(owner) ?? false else {
                throw Auditor.Difference(
                    description: "transfer \(transfer.id) repays a debt, and nothing was freed or owed with it")
            }
            let left = most[owner, default: 0] - Int128(transfer.amount.minorUnits)
            guard left >= 0 else {
                throw Auditor.Difference(
                    description: "transfer \(transfer.id) repays \(transfer.amount), "
                        + "more than was freed or owed with it")
            }
            most[owner] = left
        }
        causes.removeAll(keepingCapacity: true)
        most.removeAll(keepingCapacity: true)
        repaid.removeAll(keepingCapacity: true)
    }
}
