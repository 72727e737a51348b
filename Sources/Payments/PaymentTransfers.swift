import Ledger
import Money

/// The house, as an owner of accounts for fees and tax.
public let houseOwner = "house"

/// One movement of an authorisation: held first, then posted or released.
struct Leg: Equatable {
    /// Tells the movements of one payment apart; empty for the amount itself.
    let name: String
    let debit: Account
    let credit: Account
    let amount: Money
}

/// How a payment moves money. Ids are made from the payment's, so that a transfer can never be posted twice.
extension Payment {
    /// What is owed to the merchant and not yet settled.
    public var unsettledAccount: Account { merchantAccount(.unsettled) }

    /// What the merchant may use.
    public var availableAccount: Account { merchantAccount(.available) }

    /// What the merchant owes after a refund beyond its balance.
    public var receivableAccount: Account { merchantAccount(.receivable) }

    /// What the rail owes for what it has taken of payers.
    public var clearingAccount: Account {
        Account(kind: .clearing, owner: method.rail, currency: charged.currency)
    }

    /// Where the merchant's money comes from and goes back to: the rail, or the house's own position in the currency
    /// where the payer was charged in another.
    var counterAccount: Account { terms.conversion == nil ? clearingAccount : houseAccount(.fx, amount.currency) }

    public var feesAccount: Account { houseAccount(.fees, amount.currency) }
    public var vatAccount: Account { houseAccount(.vat, amount.currency) }

    private func merchantAccount(_ kind: AccountKind) -> Account {
        Account(kind: kind, owner: merchant.rawValue, currency: amount.currency)
    }

    func houseAccount(_ kind: AccountKind, _ currency: Currency) -> Account {
        Account(kind: kind, owner: houseOwner, currency: currency)
    }

    /// An authorisation of the whole: what the merchant gets, what the house keeps on top, what it exchanges.
    private var legs: [Leg] {
        var legs = [Leg(name: "", debit: counterAccount, credit: unsettledAccount, amount: amount)]
        if let surcharge = terms.surcharge {
            legs.append(Leg(name: ".surcharge", debit: counterAccount, credit: feesAccount, amount: surcharge.fee))
            legs.append(Leg(name: ".tax", debit: counterAccount, credit: vatAccount, amount: surcharge.vat))
        }
        if let conversion = terms.conversion {
            let position = houseAccount(.fx, conversion.converted.currency)
            legs.append(
                Leg(name: ".exchange", debit: clearingAccount, credit: position, amount: conversion.converted))
        }
        return legs.filter { !$0.amount.isZero }
    }

    private func transfer(_ leg: Leg, _ step: String, _ amount: Money, _ kind: Transfer.Kind) -> Transfer {
        Transfer(id: id.hex + step + leg.name, debit: leg.debit, credit: leg.credit, amount: amount, kind: kind)
    }

    private func hold(_ leg: Leg) -> Hold { Hold(id: id.hex + ".hold" + leg.name, amount: leg.amount) }

    /// An authorisation: the pending half of each movement.
    var holds: [Transfer] { legs.map { transfer($0, ".hold", $0.amount, .hold) } }

    /// A capture posts the captured part and frees the rest.
    func postsOfHolds() throws(PaymentFault) -> [Transfer] {
        let captured = captured ?? amount
        var posts: [Transfer] = []
        for leg in legs {
            let part: Money =
                switch leg.name {
                case "": captured
                case ".exchange": try charged(for: captured)
                default: leg.amount
                }
            posts.append(
                part.isZero
                    ? transfer(leg, ".capture", leg.amount, .release(of: hold(leg)))
                    : transfer(leg, ".capture", part, .post(of: hold(leg))))
        }
        return posts
    }

    /// A void frees everything.
    var releasesOfHolds: [Transfer] { legs.map { transfer($0, ".void", $0.amount, .release(of: hold($0))) } }

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
