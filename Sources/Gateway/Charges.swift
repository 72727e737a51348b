import Money
import Payments
import Rails
import Store

/// Which card is to be charged.
public enum CardSource: Sendable {
    /// A single-use token: its 40 hex digits, and whose saved card the merchant says it stands for.
    case token(Secret<String>, of: ID<Customer>? = nil)
    /// A customer's saved card; their default card where none is named.
    case saved(ID<Customer>, ID<CardFace>? = nil)
}

/// A merchant's request to charge a card.
public struct ChargeCommand: Sendable {
    public let merchant: Merchant
    public let dialect: DialectID
    public let acceptor: Acceptor
    public let amount: Money
    public let source: CardSource
    public let terms: RequestedTerms
    /// The order that is paid so, where there is one.
    public let order: ID<Order>?
    /// The merchant's own name for the payment.
    public let reference: Alias
    /// What the dialect wants to find beside the payment.
    public let echo: [UInt8]
    /// What the dialect wants back when a challenged payer returns. Kept only sealed under the challenge's secret.
    public let returnValue: [UInt8]

    public init(
        merchant: Merchant, dialect: DialectID, acceptor: Acceptor, amount: Money, source: CardSource,
        terms: RequestedTerms = RequestedTerms(), order: ID<Order>? = nil, reference: Alias, echo: [UInt8],
        returnValue: [UInt8]
    ) {
        self.merchant = merchant
        self.dialect = dialect
        self.acceptor = acceptor
        self.amount = amount
        self.source = source
        self.terms = terms
        self.order = order
        self.reference = reference
        self.echo = echo
        self.returnValue = returnValue
    }
}

extension Gateway {
    /// Charges a card once: challenges the payer where the merchant id asks for it, authorises at once where not.
    ///
    /// Throws `GatewayFault`. What it returns is durable; an outcome that nobody knows yet is a payment in an
    /// unresolved state, which is finished later.
    public func charge(_ command: ChargeCommand, answering: Answering? = nil) async throws -> PaymentReport {
        guard command.amount.isPositive else { throw GatewayFault.refused(.amountNotPositive) }
        let offered = try offer(for: command)
        let source = try await load(command)
        let terms = try agree(on: offered, with: source.card, quoted: source.quoted, for: command)
        try checkVerification(command, source.card)
        let started = try start(command, source, terms)
        if command.acceptor.requiresAuthentication {
            return try await challenge(started, command, source, answering)
        }
        return try await inHand.holding(started.payment.id) {
            try await commit(intent(started, command, source, answering))
            answering?.ticket.claimed.set()
            return PaymentReport(payment: try await authorize(started.payment, source.card, answering: answering))
        }
    }

    /// The new payment, within the merchant's limits.
    private func start(_ command: ChargeCommand, _ source: LoadedCard, _ terms: PaymentTerms) throws -> PaymentStep {
        let now = clock.now()
        let payment = Payment(
            id: entropy.id(at: now), version: 1, merchant: command.merchant.id, dialect: command.dialect,
            acceptor: command.acceptor.mid, amount: command.amount,
            state: command.acceptor.requiresAuthentication ? .challenged : .authorizing,
            method: .card(source.face), terms: terms, created: now, usage: try usage(of: command, at: now),
            echo: command.echo)
        return payment.started(
            challengeExpires: command.acceptor.requiresAuthentication
                ? now.adding(seconds: Challenge.lifetimeSeconds) : nil)
    }

    /// What the payment takes of the day's limits, where there are any.
    private func usage(of command: ChargeCommand, at now: Instant) throws -> DailyUsage? {
        let limits = command.merchant.settings(command.dialect).limits
        guard limits.perTransaction != nil || limits.countsDays else { return nil }
        let rate = rails.rates.baht(per: command.amount.currency)
        guard let baht = try? command.amount.converted(to: .THB, at: rate) else {
            throw GatewayFault.overTransactionLimit
        }
        if let most = limits.perTransaction, baht.minorUnits > most { throw GatewayFault.overTransactionLimit }
        return limits.countsDays ? DailyUsage(day: CivilDay(bangkok: now), baht: baht) : nil
    }

    /// The first commit: that there is a payment, before anyone outside hears of it. It only inserts.
    private func intent(
        _ step: PaymentStep, _ command: ChargeCommand, _ source: LoadedCard, _ answering: Answering?
    ) -> Changes {
        let payment = step.payment
        var changes = Changes(at: payment.created)
        if let answering { changes.add(answering.claim(for: .payment(payment.id))) }
        changes.add(.name(command.reference, .payment(payment.id)))
        if let key = source.tokenKey { changes.add(.spendToken(key: key, by: payment.id)) }
        if let usage = payment.usage {
            changes.add(
                .countUsage(
                    UsageCount(
                        merchant: payment.merchant, dialect: payment.dialect, usage: usage,
                        limits: command.merchant.settings(command.dialect).limits)))
        }
        changes.add(.insert(payment))
        changes.add(.due(.payment(payment.id), step.due, by: payment.state.isUnresolved ? process : nil))
        return changes
    }

    /// Keeps what the challenge needs under a secret that only the payer's page will know.
    private func challenge(
        _ step: PaymentStep, _ command: ChargeCommand, _ source: LoadedCard, _ answering: Answering?
    ) async throws -> PaymentReport {
        let payment = step.payment
        let secret = TokenText(at: payment.created, entropy)
        var changes = intent(step, command, source, answering)
        changes.add(
            .insertChallenge(
                Challenge(
                    key: tokenKey(secret), payment: payment.id, sealedCard: source.sealedCard,
                    sealedCode: try seal(source.card.code, under: secret),
                    sealedReturn: try vault.seal(command.returnValue, under: secret.hex, for: "return"),
                    expiry: source.card.expiry, expires: payment.created.adding(seconds: Challenge.lifetimeSeconds))))
        let report = PaymentReport(payment: payment, challengeSecret: secret.hex)
        tell(step.event, report, &changes)
        if let answering { changes.add(contentsOf: answering.completion(of: report)) }
        try await commit(changes)
        return report
    }
}
