import Ledger
import Money

/// The house, as an owner of accounts for fees and tax.
public let houseOwner = "house"

/// The rail over which card money moves, as the owner of its clearing account.
public let cardRail = "card"

/// How a payment moves money. Ids are made from the payment's, so that a transfer can never be posted twice.
extension Payment {
    /// What is owed to the merchant and not yet settled.
    public var unsettledAccount: Account {
        Account(kind: .unsettled, owner: merchant.rawValue, currency: amount.currency)
    }

    /// What the merchant may use.
    public var availableAccount: Account {
        Account(kind: .available, owner: merchant.rawValue, currency: amount.currency)
    }

    /// What the merchant owes after a refund beyond its balance.
    public var receivableAccount: Account {
        Account(kind: .receivable, owner: merchant.rawValue, currency: amount.currency)
    }

    /// What the acquirer owes for card money.
    public var clearingAccount: Account { Account(kind: .clearing, owner: cardRail, currency: amount.currency) }

    public var feesAccount: Account { Account(kind: .fees, owner: houseOwner, currency: amount.currency) }
    public var vatAccount: Account { Account(kind: .vat, owner: houseOwner, currency: amount.currency) }

    var holdID: String { id.hex + ".hold" }

    /// An authorisation: the pending half of clearing → unsettled.
    var hold: Transfer {
        Transfer(id: holdID, debit: clearingAccount, credit: unsettledAccount, amount: amount, kind: .hold)
    }

    /// A capture posts the captured part and frees the rest.
    var postOfHold: Transfer {
        Transfer(
            id: id.hex + ".capture", debit: clearingAccount, credit: unsettledAccount, amount: captured ?? amount,
            kind: .post(of: Hold(id: holdID, amount: amount)))
    }

    /// A void frees it whole.
    var releaseOfHold: Transfer {
        Transfer(
            id: id.hex + ".void", debit: clearingAccount, credit: unsettledAccount, amount: amount,
            kind: .release(of: Hold(id: holdID, amount: amount)))
    }

    /// Settlement: unsettled → available, less fee and tax.
    var settlementTransfers: [Transfer] {
        guard let settlement else { return [] }
        let parts: [(String, Account, Money)] = [
            (".settle", availableAccount, settlement.net),
            (".fee", feesAccount, settlement.fee),
            (".vat", vatAccount, settlement.vat),
        ]
        return parts.compactMap { suffix, account, money in
            guard !money.isZero else { return nil }
            return Transfer(
                id: id.hex + suffix, debit: unsettledAccount, credit: account, amount: money, kind: .single)
        }
    }
}
