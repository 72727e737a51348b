import Ledger
import Money

/// The ledger's rules said a second time, in the most literal way: it keeps the list of rows, finds *all* faults a
/// transfer has rather than the first, and can add every balance up again from the rows.
struct NaiveLedger {
    private(set) var rows: [Transfer] = []
    private var rowOfID: [String: Transfer] = [:]
    private var resolutionOfHold: [String: Transfer] = [:]
    private(set) var balances: [Account: Balance] = [:]

    /// The documented precedence: the first of these that applies is the answer.
    static let precedence: [TransferResult] = [
        .amountMustBePositive, .accountsMustDiffer, .currenciesMustMatch, .exceedsHold, .releaseMustBeWhole,
        .existsWithDifferentKind, .existsWithDifferentAccounts, .existsWithDifferentAmount, .exists,
        .holdNotFound, .holdIsNotPending, .holdHasDifferentAccounts, .holdHasDifferentAmount,
        .holdAlreadyPosted, .holdAlreadyReleased, .insufficientFunds, .overflow, .applied,
    ]

    mutating func apply(_ transfer: Transfer) -> TransferResult {
        let faults = faults(of: transfer)
        let result = Self.precedence.first { faults.contains($0) } ?? .applied
        if result == .applied { append(transfer) }
        return result
    }

    func faults(of transfer: Transfer) -> [TransferResult] {
        shapeFaults(of: transfer) + idFaults(of: transfer) + holdFaults(of: transfer) + balanceFaults(of: transfer)
    }

    private func shapeFaults(of transfer: Transfer) -> [TransferResult] {
        var faults: [TransferResult] = []
        var currencies = [transfer.debit.currency, transfer.credit.currency, transfer.amount.currency]
        if transfer.amount.minorUnits < 1 { faults.append(.amountMustBePositive) }
        if transfer.debit.key == transfer.credit.key { faults.append(.accountsMustDiffer) }
        if case .post(let hold) = transfer.kind {
            currencies.append(hold.amount.currency)
            if transfer.amount.minorUnits > hold.amount.minorUnits { faults.append(.exceedsHold) }
        }
        if case .release(let hold) = transfer.kind {
            currencies.append(hold.amount.currency)
            if transfer.amount.minorUnits != hold.amount.minorUnits { faults.append(.releaseMustBeWhole) }
        }
        if Set(currencies).count > 1 { faults.append(.currenciesMustMatch) }
        return faults
    }

    private func idFaults(of transfer: Transfer) -> [TransferResult] {
        guard let row = rowOfID[transfer.id] else { return [] }
        if row == transfer { return [.exists] }
        var faults: [TransferResult] = []
        if row.kind != transfer.kind { faults.append(.existsWithDifferentKind) }
        if row.debit != transfer.debit || row.credit != transfer.credit { faults.append(.existsWithDifferentAccounts) }
        if row.amount != transfer.amount { faults.append(.existsWithDifferentAmount) }
        return faults
    }

    private func holdFaults(of transfer: Transfer) -> [TransferResult] {
        let named: Hold
        switch transfer.kind {
        case .single, .hold: return []
        case .post(let hold): named = hold
        case .release(let hold): named = hold
        }
        guard let row = rowOfID[named.id] else { return [.holdNotFound] }
        var faults: [TransferResult] = []
        if row.kind != .hold { faults.append(.holdIsNotPending) }
        if row.debit != transfer.debit || row.credit != transfer.credit { faults.append(.holdHasDifferentAccounts) }
        if row.amount != named.amount { faults.append(.holdHasDifferentAmount) }
        switch resolutionOfHold[named.id]?.kind {
        case .post: faults.append(.holdAlreadyPosted)
        case .release: faults.append(.holdAlreadyReleased)
        default: break
        }
        return faults
    }

    private func balanceFaults(of transfer: Transfer) -> [TransferResult] {
        var faults: [TransferResult] = []
        let debit = balances[transfer.debit] ?? Balance()
        let credit = balances[transfer.credit] ?? Balance()
        let amount = Int128(transfer.amount.minorUnits)
        var (debitPosted, debitHeld, creditPosted) = (Int128(debit.posted), Int128(debit.held), Int128(credit.posted))
        let hasFloor = [.available, .wallet, .float].contains(transfer.debit.kind)
        switch transfer.kind {
        case .single:
            if hasFloor, debitPosted - debitHeld < amount { faults.append(.insufficientFunds) }
            debitPosted -= amount
            creditPosted += amount
        case .hold:
            if hasFloor, debitPosted - debitHeld < amount { faults.append(.insufficientFunds) }
            debitHeld += amount
        case .post(let hold):
            debitPosted -= amount
            debitHeld -= Int128(hold.amount.minorUnits)
            creditPosted += amount
        case .release(let hold):
            debitHeld -= Int128(hold.amount.minorUnits)
        }
        let results = [debitPosted, debitHeld, debitPosted - debitHeld, creditPosted]
        if results.contains(where: { Int64(exactly: $0) == nil }) { faults.append(.overflow) }
        return faults
    }

    private mutating func append(_ transfer: Transfer) {
        rows.append(transfer)
        rowOfID[transfer.id] = transfer
        if case .post(let hold) = transfer.kind { resolutionOfHold[hold.id] = transfer }
        if case .release(let hold) = transfer.kind { resolutionOfHold[hold.id] = transfer }
        Self.enter(transfer, into: &balances)
    }

    /// Every balance added up again from the first row to the last.
    func recomputed() -> [Account: Balance] {
        var sums: [Account: Balance] = [:]
        for row in rows { Self.enter(row, into: &sums) }
        return sums
    }

    private static func enter(_ row: Transfer, into balances: inout [Account: Balance]) {
        var moved = Int64(0)
        var held = Int64(0)
        switch row.kind {
        case .single: moved = row.amount.minorUnits
        case .hold: held = row.amount.minorUnits
        case .post(let hold): (moved, held) = (row.amount.minorUnits, -hold.amount.minorUnits)
        case .release(let hold): held = -hold.amount.minorUnits
        }
        balances[row.debit, default: Balance()].posted -= moved
        balances[row.debit, default: Balance()].held += held
        balances[row.credit, default: Balance()].posted += moved
    }
}
