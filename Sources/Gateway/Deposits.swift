import Money
import Payments
import Store

/// A merchant's request to wait for money on a collection account.
public struct DepositCommand: Sendable {
    public let merchant: Merchant
    public let dialect: DialectID
    public let account: CollectionAccount
    /// What is to arrive. Where the deposit is exclusive: the amounts among which it takes the first that no other
    /// exclusive deposit waits for. The first is what was asked for, and what the merchant's limits are for.
    public let amounts: [Money]
    /// How the payer is asked.
    public let scheme: PushScheme
    public let form: Invitation.Form
    /// When the deposit lapses, unpaid.
    public let expires: Instant
    public let expectation: Expectation
    /// The order that is paid so, where there is one.
    public let order: ID<Order>?
    /// Names by which the deposit is found again, each taken for good.
    public let names: [Alias]
    public let echo: [UInt8]

    public init(
        merchant: Merchant, dialect: DialectID, account: CollectionAccount, amounts: [Money],
        scheme: PushScheme = .promptPay, form: Invitation.Form = .qr, expires: Instant, expectation: Expectation,
        order: ID<Order>? = nil, names: [Alias], echo: [UInt8]
    ) {
        self.merchant = merchant
        self.dialect = dialect
        self.account = account
        self.amounts = amounts
        self.scheme = scheme
        self.form = form
        self.expires = expires
        self.expectation = expectation
        self.order = order
        self.names = names
        self.echo = echo
    }
}

/// Deposits: payments that a line of a bank statement pays.
extension Gateway {
    /// Opens a deposit. `payload` makes what the payer is shown of the amount that was taken. Throws `GatewayFault`:
    /// `.referenceTaken` where a name is taken, `.overTransactionLimit` and the like beyond the merchant's limits,
    /// `.noRoute` where every amount is waited for.
    public func openDeposit(
        _ command: DepositCommand, answering: Answering? = nil,
        payload: @Sendable (Money) throws -> String? = { _ in nil }
    ) async throws -> PaymentReport {
        try await openDeposit(command, answering: answering, payload: payload, beside: { _ in [] })
    }

    /// The same, with what else is stored in the same commit.
    func openDeposit(
        _ command: DepositCommand, answering: Answering? = nil,
        payload: @Sendable (Money) throws -> String? = { _ in nil },
        beside: @Sendable (Payment) -> [Change]
    ) async throws -> PaymentReport {
        guard command.amounts.allSatisfy(\.isPositive) else { throw GatewayFault.refused(.amountNotPositive) }
        var spread = 1
        return try await retrying {
            let payment = try deposit(command, of: try await freeAmount(command, amongFirst: spread), payload)
            spread *= 4
            var changes = Changes(at: payment.created)
            let step = payment.depositOpened()
            for name in command.names { changes.add(.name(name, .payment(payment.id))) }
            if let usage = payment.usage {
                let limits = command.merchant.settings(command.dialect).limits
                changes.add(
                    .countUsage(
                        UsageCount(
                            merchant: payment.merchant, dialect: payment.dialect, usage: usage, limits: limits)))
            }
            changes.add(.insert(payment))
            changes.add(contentsOf: beside(payment))
            changes.add(.due(.payment(payment.id), step.due))
            let report = PaymentReport(payment: payment)
            tell(step.event, report, &changes)
            if let answering {
                changes.add(answering.ticket.claim(for: .payment(payment.id), response: answering.render(report)))
            }
            try await commit(changes)
            answering?.ticket.claimed.set()
            return report
        }
    }

    /// How long an amount rests, where there are others, before another deposit claims it: money that is sent too late
    /// for one deposit, or twice, shall not pay the next.
    private static let restingSeconds: Int64 = 1_800

    /// The first of the command's amounts that no deposit waits for, where the deposit is to be the only one; one that
    /// has not rested only where no other is left. Who was beaten to it takes one of the first few, so that many who
    /// ask at once do not all want the same.
    private func freeAmount(_ command: DepositCommand, amongFirst spread: Int) async throws -> Money {
        guard let first = command.amounts.first else { throw GatewayFault.noRoute }
        guard command.expectation.isExclusive else { return first }
        let units = command.amounts.map(\.minorUnits)
        let range = units.reduce(first.minorUnits, min)...units.reduce(first.minorUnits, max)
        let (merchant, account) = (command.merchant.id, command.account.number)
        let since = clock.now().adding(seconds: -Self.restingSeconds)
        let (taken, recent) = try await read { reader in
            (
                try reader.waitingAmounts(of: merchant, account: account, in: range),
                try reader.recentAmounts(of: merchant, account: account, in: range, since: since)
            )
        }
        let open = command.amounts.filter { !taken.contains($0.minorUnits) }
        let rested = open.filter { !recent.contains($0.minorUnits) }
        let free = (rested.isEmpty ? open : rested).prefix(spread)
        guard !free.isEmpty else { throw GatewayFault.noRoute }
        let chance = entropy.bytes(2).reduce(0) { $0 << 8 | Int($1) }
        return Array(free)[chance % free.count]
    }

    private func deposit(
        _ command: DepositCommand, of amount: Money, _ payload: @Sendable (Money) throws -> String?
    ) throws -> Payment {
        let now = clock.now()
        return Payment(
            id: entropy.id(at: now), version: 1, merchant: command.merchant.id, dialect: command.dialect,
            acceptor: String(command.account.number), amount: amount, state: .presented,
            method: .push(
                Invitation(
                    id: entropy.id(at: now), scheme: command.scheme, form: command.form, expires: command.expires)),
            order: command.order, created: now, payload: try payload(amount),
            expectation: command.expectation, usage: try depositUsage(command, at: now), echo: command.echo)
    }

    /// By what was asked for: whoever is given another amount of ours is not over a limit by that.
    private func depositUsage(_ command: DepositCommand, at now: Instant) throws -> DailyUsage? {
        let limits = command.merchant.settings(command.dialect).limits
        guard limits.perTransaction != nil || limits.countsDays, let amount = command.amounts.first else { return nil }
        if let most = limits.perTransaction, amount.minorUnits > most { throw GatewayFault.overTransactionLimit }
        return limits.countsDays ? DailyUsage(day: CivilDay(bangkok: now), baht: amount) : nil
    }

    /// The merchant, or the payer, wants a deposit no more. Throws `GatewayFault`.
    public func cancelDeposit(
        _ id: ID<Payment>, of merchant: MerchantID, dialect: DialectID
    ) async throws -> PaymentReport {
        try await retrying {
            let payment = try await report(on: id, of: merchant, dialect: dialect).payment
            let changes: Changes
            do throws(PaymentFault) {
                changes = self.changes(for: try payment.lapsed(code: invitationCancelledCode))
            } catch {
                throw GatewayFault.refused(error)
            }
            try await commit(changes)
            return try await report(on: id, of: merchant, dialect: dialect)
        }
    }
}
