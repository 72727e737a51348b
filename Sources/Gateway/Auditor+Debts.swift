import Ledger
import Payments

extension Auditor {
    /// What merchants owe is paid first: whatever paid it was caused by money that became theirs, nobody has paid more
    /// than was owed, and nobody owes while there is something to pay from.
    func takeRepayments(
        from transfers: inout [String: Transfer], _ sums: [Account: Sums], in all: Set<String>
    ) throws {
        for transfer in transfers.values {
            guard let cause = Repayment.cause(of: transfer), all.contains(cause) else { continue }
            transfers[transfer.id] = nil
        }
        for (account, sum) in sums where account.kind == .receivable {
            guard sum.posted <= 0 else {
                throw Difference(description: "account \(account.key) has been paid \(sum.posted) too much")
            }
            let available = Account(kind: .available, owner: account.owner, currency: account.currency)
            let own = sums[available] ?? Sums()
            guard sum.posted == 0 || own.posted - own.held <= 0 else {
                throw Difference(
                    description: "account \(account.key) owes \(-sum.posted) while \(available.key) has "
                        + "\(own.posted - own.held)")
            }
        }
    }
}
