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
    /// Whether the merchant wants to keep the card; nil where they do not say.
    public let keepsCard: Bool?
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
        terms: RequestedTerms = RequestedTerms(), keepsCard: Bool? = nil, order: ID<Order>? = nil, reference: Alias,
        echo: [UInt8], returnValue: [UInt8]
    ) {
        self.merchant = merchant
        self.dialect = dialect
        self.acceptor = acceptor
        self.amount = amount
        self.source = source
        self.terms = terms
        self.keepsCard = keepsCard
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
        let claim = try await claim(command, for: started.payment)
        if command.acceptor.requiresAuthentication {
            return try await challenge(started, claim, command, source, answering)
        }
        return try await inHand.holding(.payment(started.payment.id)) {
            try await commit(intent(started, claim, command, source, answering), of: started.payment, claim)
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
            method: .card(source.face), terms: terms, order: command.order, created: now,
            usage: try usage(of: command.amount, by: command.merchant, through: command.dialect, at: now),
            echo: command.echo)
        return payment.started(
            challengeExpires: command.acceptor.requiresAuthentication
                ? now.adding(seconds: Challenge.lifetimeSeconds) : nil)
    }

    /// The first commit: that there is a payment, before anyone outside hears of it. It only inserts.
    private func intent(
        _ step: PaymentStep, _ claim: OrderClaim, _ command: ChargeCommand, _ source: LoadedCard,
        _ answering: Answering?
    ) -> Changes {
        let payment = step.payment
        var changes = Changes(at: payment.created)
        if let answering { changes.add(answering.claim(for: .payment(payment.id))) }
        changes.add(contentsOf: claim.changes(naming: command.reference, payment))
        if let key = source.tokenKey { changes.add(.spendToken(key: key, by: payment.id)) }
        changes.add(contentsOf: count(payment, of: command.merchant))
        changes.add(.insert(payment))
        changes.add(.due(.payment(payment.id), step.due, by: payment.state.isUnresolved ? process : nil))
        return changes
    }

    /// Keeps what the challenge needs under a secret that only the payer's page will know.
    private func challenge(
        _ step: PaymentStep, _ claim: OrderClaim, _ command: ChargeCommand, _ source: LoadedCard,
        _ answering: Answering?
    ) async throws -> PaymentReport {
        let payment = step.payment
        let secret = TokenText(at: payment.created, entropy)
        var changes = intent(step, claim, command, source, answering)
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
        try await commit(changes, of: payment, claim)
        return report
    }
}
