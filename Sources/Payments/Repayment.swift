import Ledger
import Money

/// What a merchant may use in one currency and what it owes, as it was read.
public struct Funds: Sendable, Equatable {
    public let merchant: FundsOwner
    public let available: Balance
    public let receivable: Balance

    public init(merchant: FundsOwner, available: Balance, receivable: Balance) {
        self.merchant = merchant
        self.available = available
        self.receivable = receivable
    }
}

/// Whose money, and in which currency.
public struct FundsOwner: Sendable, Hashable {
    public let owner: String
    public let currency: Currency

    public init(of account: Account) { (owner, currency) = (account.owner, account.currency) }

    /// What the merchant may use.
    public var available: Account { Account(kind: .available, owner: owner, currency: currency) }
    /// What the merchant owes, after a refund beyond the balance.
    public var receivable: Account { Account(kind: .receivable, owner: owner, currency: currency) }
}

/// What a merchant owes is paid first: money never becomes available while there is a debt.
public struct Repayment: Sendable, Equatable {
    /// available → receivable; nil where nothing is owed or nothing is there.
    public let transfer: Transfer?
    /// Whether a debt is left, so that the merchant must have no more to use than was read.
    public let leavesDebt: Bool

    /// Whose money becomes available, or whose debt grows, by these transfers.
    public static func concerned(by transfers: [Transfer]) -> Set<FundsOwner> {
        var owners: Set<FundsOwner> = []
        for transfer in transfers {
            let effect = transfer.effect
            if transfer.credit.kind == .available, effect.moved > 0 { owners.insert(FundsOwner(of: transfer.credit)) }
            let frees = transfer.debit.kind == .available && effect.moved + effect.held < 0
            let owes = transfer.debit.kind == .receivable && effect.moved > 0
            if frees || owes { owners.insert(FundsOwner(of: transfer.debit)) }
        }
        return owners
    }

    /// What of a merchant's debt is paid once `transfers` are made. Named after the first of them that concerns the
    /// merchant, so that it is made once.
    public static func after(_ transfers: [Transfer], _ funds: Funds) -> Repayment {
        let owner = funds.merchant
        var (spendable, owed) = (Int128(funds.available.spendable), -Int128(funds.receivable.posted))
        for transfer in transfers {
            let effect = transfer.effect
            if transfer.debit == owner.available { spendable -= Int128(effect.moved) + Int128(effect.held) }
            if transfer.credit == owner.available { spendable += Int128(effect.moved) }
            if transfer.debit == owner.receivable { owed += Int128(effect.moved) }
            if transfer.credit == owner.receivable { owed -= Int128(effect.moved) }
        }
        let paid = max(0, min(owed, spendable))
        let cause = transfers.first { concerned(by: [$0]).contains(owner) }
        guard paid > 0, let cause, let units = Int64(exactly: paid) else {
            return Repayment(transfer: nil, leavesDebt: owed > 0)
        }
        let transfer = Transfer(
            id: cause.id + suffix, debit: owner.available, credit: owner.receivable,
            amount: Money(minorUnits: units, owner.currency))
        return Repayment(transfer: transfer, leavesDebt: owed > paid)
    }

    /// How much of a debt a transfer may cause to be paid: what it frees for the merchant, or what it makes owed.
    public static func most(of transfer: Transfer, by owner: FundsOwner) -> Int128 {
        let effect = transfer.effect
        let credited = transfer.credit == owner.available ? max(0, effect.moved) : 0
        let freed = transfer.debit == owner.available ? max(0, -(Int128(effect.moved) + Int128(effect.held))) : 0
        let owed = transfer.debit == owner.receivable ? max(0, effect.moved) : 0
        return Int128(credited) + freed + Int128(owed)
    }

    private static let suffix = ".repay"

    /// The id of the transfer that made this one a repayment; nil where it is none.
    public static func cause(of transfer: Transfer) -> String? {
        guard transfer.id.hasSuffix(suffix), transfer.kind == .single, transfer.debit.kind == .available,
            transfer.credit == FundsOwner(of: transfer.debit).receivable
        else { return nil }
        return String(transfer.id.dropLast(suffix.count))
    }
}
