import Ledger
import Payments
import Store

/// Debts: what a merchant owes after a refund beyond the balance is paid before anything becomes the merchant's.
extension Gateway {
    /// How often the balances are read again where they keep moving.
    private static let repayingAttempts = 16

    /// Commits changes that free money for merchants, or make them owe some, with what that pays of their debts. The
    /// commit is guarded by the balances that decided on it; where they have moved it is decided again.
    func commit(
        _ changes: Changes, moving transfers: [Transfer], repaying owners: Set<FundsOwner>
    ) async throws {
        for _ in 0..<Self.repayingAttempts {
            let (repaying, repays) = try await self.repaying(owners, changes, transfers)
            do {
                return try await keep(repaying)
            } catch StoreError.conflict(.balanceMoved) {
                continue
            } catch StoreError.conflict(.insufficientFunds) where repays {
                continue
            }
        }
        throw StoreError.conflict(.stale("the balances of \(owners.map(\.owner))"))
    }

    /// The changes with repayments and their guards, and whether anything is repaid.
    private func repaying(
        _ owners: Set<FundsOwner>, _ changes: Changes, _ transfers: [Transfer]
    ) async throws -> (changes: Changes, repays: Bool) {
        let funds = try await read { reader in
            try owners.map { owner in
                Funds(
                    merchant: owner, available: try reader.balance(of: owner.available),
                    receivable: try reader.balance(of: owner.receivable))
            }
        }
        var guarded = Changes(at: changes.at)
        var repays: [Change] = []
        for funds in funds {
            let repayment = Repayment.after(transfers, funds)
            // Guards go before what they guard.
            guarded.add(.expectPosted(funds.merchant.receivable, funds.receivable.posted))
            if repayment.leavesDebt {
                guarded.add(.expectSpendable(funds.merchant.available, atMost: funds.available.spendable))
            }
            if let transfer = repayment.transfer { repays.append(.transfer(transfer)) }
        }
        guarded.add(contentsOf: changes.items)
        guarded.add(contentsOf: repays)
        return (guarded, !repays.isEmpty)
    }
}

extension Changes {
    /// The movements of money among these changes.
    var transfers: [Transfer] { items.compactMap { if case .transfer(let transfer) = $0 { transfer } else { nil } } }
}
