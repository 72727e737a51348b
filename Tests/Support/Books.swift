import Ledger
import Money

/// What tests hold the store and the domain against: all transfers applied so far and the balances they make. For every currency the balances add up to zero.
public struct Books: Sendable {
    private enum Resolution {
        case posted, released
    }

    private var transfers: [String: Transfer] = [:]
    private var resolutions: [String: Resolution] = [:]
    private var balances: [Account: Balance] = [:]

    /// Books in which nothing has happened.
    public init() {}

    /// Applies the transfer, or says why not; see `TransferResult` for which reason is told of several.
    public mutating func apply(_ transfer: Transfer) -> TransferResult {
        if let fault = transfer.shapeFault() ?? idFault(transfer) ?? holdFault(transfer) { return fault }
        let effect = transfer.effect
        let from = balance(of: transfer.debit)
        if transfer.debit.kind.hasFloor, from.spendable < effect.needed { return .insufficientFunds }
        guard let debited = from.debited(effect), let credited = balance(of: transfer.credit).credited(effect)
        else { return .overflow }

        balances[transfer.debit] = debited
        balances[transfer.credit] = credited
        transfers[transfer.id] = transfer
        switch transfer.kind {
        case .single, .hold: break
        case .post(let hold): resolutions[hold.id] = .posted
        case .release(let hold): resolutions[hold.id] = .released
        }
        return .applied
    }

    /// What stands on the account; zero when nothing has touched it.
    public func balance(of account: Account) -> Balance {
        balances[account] ?? Balance()
    }

    /// Every account named by an applied transfer, in order of key.
    public var accounts: [Account] {
        balances.keys.map { (key: $0.key, account: $0) }.sorted { $0.key < $1.key }.map { $0.account }
    }

    /// The sum of all posted balances in a currency, in minor units: zero, or the books are wrong.
    public func total(in currency: Currency) -> Int64 {
        var sum = Int128(0)
        for (account, balance) in balances where account.currency == currency { sum += Int128(balance.posted) }
        return Int64(sum)
    }

    /// The whole amount of a hold that is neither posted nor released; nil for any other id.
    public func outstandingHold(_ id: String) -> Money? {
        guard let hold = transfers[id], hold.kind == .hold, resolutions[id] == nil else { return nil }
        return hold.amount
    }

    private func idFault(_ transfer: Transfer) -> TransferResult? {
        guard let earlier = transfers[transfer.id] else { return nil }
        if earlier.kind != transfer.kind { return .existsWithDifferentKind }
        if !earlier.hasAccounts(of: transfer) { return .existsWithDifferentAccounts }
        return earlier.amount == transfer.amount ? .exists : .existsWithDifferentAmount
    }

    private func holdFault(_ transfer: Transfer) -> TransferResult? {
        guard let named = transfer.kind.resolves else { return nil }
        guard let hold = transfers[named.id] else { return .holdNotFound }
        if hold.kind != .hold { return .holdIsNotPending }
        if !hold.hasAccounts(of: transfer) { return .holdHasDifferentAccounts }
        if hold.amount != named.amount { return .holdHasDifferentAmount }
        switch resolutions[named.id] {
        case .posted: return .holdAlreadyPosted
        case .released: return .holdAlreadyReleased
        case nil: return nil
        }
    }
}

extension Transfer {
    fileprivate func hasAccounts(of other: Transfer) -> Bool {
        debit == other.debit && credit == other.credit
    }
}

extension Balance {
    /// The balance after the debit side of a transfer; nil when it would not fit.
    fileprivate func debited(_ effect: Effect) -> Balance? {
        let (posted, postedOverflow) = posted.subtractingReportingOverflow(effect.moved)
        let (held, heldOverflow) = held.addingReportingOverflow(effect.held)
        guard !postedOverflow, !heldOverflow else { return nil }
        return posted.subtractingReportingOverflow(held).overflow ? nil : Balance(posted: posted, held: held)
    }

    /// The balance after the credit side of a transfer; nil when it would not fit.
    fileprivate func credited(_ effect: Effect) -> Balance? {
        let (posted, overflow) = posted.addingReportingOverflow(effect.moved)
        return overflow ? nil : Balance(posted: posted, held: held)
    }
}
