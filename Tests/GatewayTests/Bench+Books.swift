import Ledger
import Money
import Payments
import Store

extension Bench {
    /// Every account's posted and held money in minor units, added up from the transfers. Accounts of nothing are
    /// left out.
    func books() async throws -> [String: [Int64]] {
        try await store.read { reader in
            var books: [String: [Int64]] = [:]
            try reader.forEachDatedTransfer { transfer, _ in
                let effect = transfer.effect
                let from = books[transfer.debit.key, default: [0, 0]]
                books[transfer.debit.key] = [from[0] - effect.moved, from[1] + effect.held]
                let to = books[transfer.credit.key, default: [0, 0]]
                books[transfer.credit.key] = [to[0] + effect.moved, to[1]]
            }
            return books.filter { $0.value != [0, 0] }
        }
    }

    /// The id of every transfer.
    func transferIDs() async throws -> [String] {
        try await store.read { reader in
            var ids: [String] = []
            try reader.forEachDatedTransfer { transfer, _ in ids.append(transfer.id) }
            return ids
        }
    }

    /// What the shop may use, as the store keeps it.
    func available() async throws -> Balance {
        try await store.read { try $0.balance(of: Account(kind: .available, owner: "shop", currency: .THB)) }
    }
}
