import Ledger
import Payments

extension Auditor {
    /// What merchants owe is paid first: nobody has paid more than was owed, and nobody owes while there is something
    /// to pay from. So what was repaid in all is the lesser of what was owed and what there was. That each repayment
    /// had its cause, and how much it may be, `RepaymentAudit` has seen.
    func takeRepayments(from transfers: inout [String: Transfer], _ sums: [Account: Sums]) throws {
        let repaid = transfers.values.filter { Repayment.cause(of: $0) != nil }.map(\.id)
        for id in repaid { transfers[id] = nil }
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
