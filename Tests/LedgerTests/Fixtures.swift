import Ledger
import Money
import TestSupport

func account(_ kind: AccountKind, _ owner: String, _ currency: Currency = .THB) -> Account {
    Account(kind: kind, owner: owner, currency: currency)
}

func baht(_ satang: Int64) -> Money {
    Money(minorUnits: satang, .THB)
}

func hold(_ id: String, _ satang: Int64) -> Hold {
    Hold(id: id, amount: baht(satang))
}

let bank = account(.bank, "kbank")
let wallet = account(.wallet, "somchai")
let available = account(.available, "shop")
let clearing = account(.clearing, "cards")

/// A transfer with as little said as a test needs: by default 10 satang from the wallet to the shop.
func transfer(
    _ id: String, _ kind: Transfer.Kind = .single, _ satang: Int64 = 10, from debit: Account = wallet,
    to credit: Account = available
) -> Transfer {
    Transfer(id: id, debit: debit, credit: credit, amount: baht(satang), kind: kind)
}

/// Books after the transfers, all of which must apply.
func books(_ transfers: Transfer...) -> Books {
    var books = Books()
    for transfer in transfers {
        let result = books.apply(transfer)
        precondition(result == .applied, "\(transfer.id): \(result)")
    }
    return books
}
