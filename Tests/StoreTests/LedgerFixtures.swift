import Ledger
import Money
import Payments
import Store

func account(_ kind: AccountKind, _ owner: String = "a", _ currency: Currency = .THB) -> Account {
    Account(kind: kind, owner: owner, currency: currency)
}

let bank = account(.bank, "kbank")
let wallet = account(.wallet, "somchai")
let purse = account(.wallet, "malee")

/// A transfer with as little said as a test needs: by default 10 satang from one wallet to another.
func transfer(
    _ id: String, _ kind: Transfer.Kind = .single, _ satang: Int64 = 10, from debit: Account = wallet,
    to credit: Account = purse
) -> Transfer {
    Transfer(id: id, debit: debit, credit: credit, amount: baht(satang), kind: kind)
}

func hold(_ id: String, _ satang: Int64) -> Hold { Hold(id: id, amount: baht(satang)) }

extension Store {
    /// Puts money on an account, from the bank.
    func fund(_ account: Account, _ satang: Int64, id: String = "funds") async throws {
        try await commit(.transfer(transfer(id, .single, satang, from: bank, to: account)))
    }

    func balance(of account: Account) async throws -> Balance {
        try await read { try $0.balance(of: account) }
    }

    func transfers() async throws -> [Transfer] {
        try await read { reader in
            var transfers: [Transfer] = []
            try reader.forEachDatedTransfer { transfer, _ in transfers.append(transfer) }
            return transfers
        }
    }
}
