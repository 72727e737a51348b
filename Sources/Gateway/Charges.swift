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
        let (token, text) = try await load(command)
        let code = try securityCode(of: token, text)
        let card = try vault.open(token.sealedCard, expiry: token.expiry, code: code)
        let terms = try agree(on: offered, with: card, quoted: token.terms.conversion, for: command)
        let started = try start(command, token, terms)
        let claim = try await claim(command, for: started.payment)
        if command.acceptor.requiresAuthentication {
            return try await challenge(started, claim, command, token, code, answering)
        }
        return try await inHand.holding(started.payment.id) {
            try await commit(intent(started, claim, command, token, answering), of: started.payment, claim)
            answering?.ticket.claimed.set()
            return PaymentReport(payment: try await authorize(started.payment, card, answering: answering))
        }
    }

    /// The token, if this command may use it.
    private func load(_ command: ChargeCommand) async throws -> (CardToken, TokenText) {
        // Saved cards and orders: not yet.
        guard case .token(let body, _) = command.source else { throw GatewayFault.notFound }
        let text = TokenText(body.expose())
        let key = text.map(tokenKey)
        let (isTaken, found) = try await read { reader in
            let taken = try reader.subject(of: command.reference)
            return (taken != nil && taken != command.order.map(Subject.order), try key.flatMap { try reader.token($0) })
        }
        if isTaken { throw GatewayFault.referenceTaken }
        guard let text, let token = found, token.merchant == command.merchant.id else {
            throw GatewayFault.tokenInvalid
        }
        if token.usedBy != nil { throw GatewayFault.tokenUsed }
        if token.expires <= clock.now() { throw GatewayFault.tokenInvalid }
        guard token.terms.allow(mid: command.acceptor.mid, amount: command.amount) else {
            throw GatewayFault.tokenConflict
        }
        guard command.acceptor.brands.contains(token.card.brand) else { throw GatewayFault.cardUnsupported }
        let capabilities = rails.acquirer.capabilities
        guard capabilities.brands.contains(token.card.brand),
            capabilities.currencies.contains(command.amount.currency)
        else { throw GatewayFault.noRoute }
        return (token, text)
    }

    private func securityCode(of token: CardToken, _ text: TokenText) throws -> Secret<String>? {
        guard let sealed = token.sealedCode else { return nil }
        guard let opened = try? vault.open(sealed, under: text.hex, for: "code") else {
            throw GatewayFault.cardUnreadable
        }
        return Secret(String(decoding: opened, as: UTF8.self))
    }

    /// The new payment, within the merchant's limits.
    private func start(_ command: ChargeCommand, _ token: CardToken, _ terms: PaymentTerms) throws -> PaymentStep {
        let now = clock.now()
        let payment = Payment(
            id: entropy.id(at: now), version: 1, merchant: command.merchant.id, dialect: command.dialect,
            acceptor: command.acceptor.mid, amount: command.amount,
            state: command.acceptor.requiresAuthentication ? .challenged : .authorizing,
            method: .card(token.card), terms: terms, order: command.order, created: now,
            usage: try usage(of: command.amount, by: command.merchant, through: command.dialect, at: now),
            echo: command.echo)
        return payment.started(
            challengeExpires: command.acceptor.requiresAuthentication
                ? now.adding(seconds: Challenge.lifetimeSeconds) : nil)
    }

    /// The first commit: that there is a payment, before anyone outside hears of it. It only inserts.
    private func intent(
        _ step: PaymentStep, _ claim: OrderClaim, _ command: ChargeCommand, _ token: CardToken,
        _ answering: Answering?
    ) -> Changes {
        let payment = step.payment
        var changes = Changes(at: payment.created)
        if let answering { changes.add(answering.claim(for: .payment(payment.id))) }
        changes.add(contentsOf: claim.changes(naming: command.reference, payment))
        changes.add(.spendToken(key: token.key, by: payment.id))
        changes.add(contentsOf: count(payment, of: command.merchant))
        changes.add(.insert(payment))
        changes.add(.due(.payment(payment.id), step.due, by: payment.state.isUnresolved ? process : nil))
        return changes
    }

    /// Keeps what the challenge needs under a secret that only the payer's page will know.
    private func challenge(
        _ step: PaymentStep, _ claim: OrderClaim, _ command: ChargeCommand, _ token: CardToken,
        _ code: Secret<String>?, _ answering: Answering?
    ) async throws -> PaymentReport {
        let payment = step.payment
        let secret = TokenText(at: payment.created, entropy)
        var changes = intent(step, claim, command, token, answering)
        changes.add(
            .insertChallenge(
                Challenge(
                    key: tokenKey(secret), payment: payment.id, sealedCard: token.sealedCard,
                    sealedCode: try code.map {
                        try vault.seal(Array($0.expose().utf8), under: secret.hex, for: "code")
                    },
                    sealedReturn: try vault.seal(command.returnValue, under: secret.hex, for: "return"),
                    expiry: token.expiry, expires: payment.created.adding(seconds: Challenge.lifetimeSeconds))))
        let report = PaymentReport(payment: payment, challengeSecret: secret.hex)
        tell(step.event, report, &changes)
        if let answering { changes.add(contentsOf: answering.completion(of: report)) }
        try await commit(changes, of: payment, claim)
        return report
    }
}
