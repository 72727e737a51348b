import Ledger
import Money
import Payments
import Store

/// Recomputes the books from their transfers and every payment's money from its state.
///
/// It shares no arithmetic with the commits that it checks: it sums rows, in any order.
public struct Auditor: Sendable {
    /// The first thing found that does not fit.
    public struct Difference: Error, CustomStringConvertible, Sendable {
        public let description: String
    }

    /// What was looked at.
    public struct Summary: Sendable, Equatable {
        public var transfers = 0
        public var payments = 0
        public var refunds = 0
        public var lines = 0
        public var payouts = 0
        public var accounts = 0
    }

    struct Sums {
        var posted: Int64 = 0
        var held: Int64 = 0
    }

    public init() {}

    /// Reads everything in one snapshot. Throws the first `Difference`, and `StoreError`.
    public func verify(_ store: Store) async throws -> Summary {
        try await store.scan { try verify($0) }
    }

    private func verify(_ reader: Reader) throws -> Summary {
        var transfers: [String: Transfer] = [:]
        var repayments = RepaymentAudit()
        try reader.forEachDatedTransfer { transfer, at in
            transfers[transfer.id] = transfer
            try repayments.take(transfer, at: at)
        }
        try repayments.finish()
        var summary = Summary(transfers: transfers.count)
        let sums = try sums(of: transfers)
        try compare(sums, with: reader)
        summary.accounts = sums.count
        var refunds: [ID<Payment>: [Refund]] = [:]
        try reader.forEachRefund { refunds[$0.payment, default: []].append($0) }
        var sessions: [ID<Payment>: BankSession] = [:]
        try reader.forEachBankSession { sessions[$0.payment] = $0 }
        var paid: [ID<StatementLine>: Payment] = [:]
        try reader.forEachPayment { payment in
            if let line = payment.line, paid.updateValue(payment, forKey: line) != nil {
                throw Difference(description: "line \(line) has paid twice")
            }
            summary.payments += 1
            try take(payment.expectedTransfers(), from: &transfers, for: "payment \(payment.id)")
            let refunds = refunds.removeValue(forKey: payment.id) ?? []
            for refund in refunds {
                summary.refunds += 1
                try take(refund.expectedTransfers(of: payment), from: &transfers, for: "refund \(refund.id)")
            }
            try compare(payment, refunds)
            if let session = sessions.removeValue(forKey: payment.id) { try compare(session, payment) }
        }
        if let stray = sessions.keys.min() {
            throw Difference(description: "the bank session of \(stray) belongs to no payment")
        }
        if let stray = refunds.values.joined().map(\.id.hex).min() {
            throw Difference(description: "refund \(stray) belongs to no payment")
        }
        try reader.forEachLine { line in
            summary.lines += 1
            try take(line.expectedTransfers, from: &transfers, for: "line \(line.id)")
            try compare(line, paid.removeValue(forKey: line.id))
        }
        if let stray = paid.keys.min() { throw Difference(description: "line \(stray) has paid and is not there") }
        try reader.forEachPayout { payout in
            summary.payouts += 1
            try take(payout.expectedTransfers, from: &transfers, for: "payout \(payout.id)")
        }
        try takeRepayments(from: &transfers, sums)
        try compareWaiting(with: reader)
        if let stray = transfers.keys.min() { throw Difference(description: "transfer \(stray) belongs to nothing") }
        return summary
    }

    /// Every account's balance, from the transfers alone.
    private func sums(of transfers: [String: Transfer]) throws -> [Account: Sums] {
        var sums: [Account: Sums] = [:]
        func move(_ account: Account, posted: Int64, held: Int64, _ id: String) throws {
            let old = sums[account, default: Sums()]
            let (newPosted, a) = old.posted.addingReportingOverflow(posted)
            let (newHeld, b) = old.held.addingReportingOverflow(held)
            guard !a, !b else { throw Difference(description: "account \(account.key) overflows at transfer \(id)") }
            sums[account] = Sums(posted: newPosted, held: newHeld)
        }
        for transfer in transfers.values {
            if let fault = transfer.shapeFault() {
                throw Difference(description: "transfer \(transfer.id) is malformed: \(fault)")
            }
            if let hold = transfer.kind.resolves {
                guard let held = transfers[hold.id], case .hold = held.kind, held.amount == hold.amount,
                    held.debit == transfer.debit, held.credit == transfer.credit
                else { throw Difference(description: "transfer \(transfer.id) ends a hold that is not there") }
            }
            let effect = transfer.effect
            try move(transfer.debit, posted: -effect.moved, held: effect.held, transfer.id)
            try move(transfer.credit, posted: effect.moved, held: 0, transfer.id)
        }
        return sums
    }

    /// The synchronous balances must be the sums, and no floor may be broken.
    private func compare(_ sums: [Account: Sums], with reader: Reader) throws {
        var stored = Dictionary(uniqueKeysWithValues: try reader.balances().map { ($0.account, $0.balance) })
        for (account, sum) in sums.sorted(by: { $0.key.key < $1.key.key }) where account.kind.isKept {
            let balance = stored.removeValue(forKey: account.key) ?? Balance()
            guard balance == Balance(posted: sum.posted, held: sum.held) else {
                throw Difference(
                    description: "account \(account.key) says posted \(balance.posted), held \(balance.held); "
                        + "its transfers say \(sum.posted) and \(sum.held)")
            }
            guard !account.kind.hasFloor || balance.spendable >= 0 else {
                throw Difference(description: "account \(account.key) is below its floor: \(balance.spendable)")
            }
        }
        for (key, balance) in stored where balance != Balance() {
            throw Difference(description: "account \(key) has a balance and no transfers")
        }
        var totals: [String: Int64] = [:]
        for (account, sum) in sums { totals[account.currency.rawValue, default: 0] &+= sum.posted }
        for (currency, total) in totals where total != 0 {
            throw Difference(description: "the accounts in \(currency) add up to \(total), not to zero")
        }
    }

    /// Takes the transfers that must be there out of those that are.
    private func take(_ expected: [Transfer], from transfers: inout [String: Transfer], for name: String) throws {
        for transfer in expected {
            guard let found = transfers.removeValue(forKey: transfer.id) else {
                throw Difference(description: "\(name) misses transfer \(transfer.id)")
            }
            guard found == transfer else {
                throw Difference(
                    description: "\(name) expects \(transfer.amount) in transfer \(transfer.id), "
                        + "which moves \(found.amount)")
            }
        }
    }

    /// Sums within a payment.
    private func compare(_ payment: Payment, _ refunds: [Refund]) throws {
        if let captured = payment.captured, captured.minorUnits > payment.amount.minorUnits {
            throw Difference(description: "payment \(payment.id) captured more than was authorised")
        }
        for refund in refunds {
            let parts = [refund.fee, refund.vat, refund.fromAvailable, refund.fromReceivable]
            guard parts.reduce(0, { $0 + $1.minorUnits }) == refund.amount.minorUnits else {
                throw Difference(description: "refund \(refund.id) is not the sum of its parts")
            }
        }
        guard !refunds.isEmpty else { return }
        let sum = refunds.filter(\.stands).reduce(0) { $0 + $1.amount.minorUnits }
        guard let gross = payment.settlement?.gross.minorUnits, sum <= gross else {
            throw Difference(description: "payment \(payment.id) has more refunded than settled")
        }
    }
}
