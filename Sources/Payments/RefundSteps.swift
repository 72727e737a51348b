import Ledger
import Money

/// The acquirer's answer to a refund for which the merchant's account has too little.
public let insufficientBalanceCode = "OBVAL"

/// What a refund's decision asks to be stored. The payment moves one version on with it, so that two refunds of one
/// payment cannot both be decided on the same sum.
public struct RefundStep: Sendable, Equatable {
    public let refund: Refund
    public let payment: Payment
    public var transfers: [Transfer] = []
    public var due: Instant?
    public let event: PaymentEvent
}

extension Payment {
    /// What may still be refunded after `refunds`.
    public func refundable(after refunds: [Refund]) throws(PaymentFault) -> Money {
        guard let settlement else { throw .wrongState(state) }
        do {
            return try refunds.filter(\.stands).reduce(settlement.gross) { try $0.subtracting($1.amount) }
        } catch {
            throw .overflow
        }
    }

    /// A refund of `amount`, with its share of fee and tax given back, taken from `spendable` as far as that goes.
    public func refundRequested(
        _ amount: Money, id: ID<Refund>, reason: String, earlier refunds: [Refund], spendable: Money, at now: Instant
    ) throws(PaymentFault) -> RefundStep {
        guard state == .settled, let settlement else { throw .wrongState(state) }
        guard amount.currency == self.amount.currency else { throw .currencyMismatch }
        guard amount.isPositive else { throw .amountNotPositive }
        guard !refunds.contains(where: { $0.errorCode == insufficientBalanceCode }) else { throw .refundNotAllowed }
        guard !refunds.contains(where: { $0.state == .requested }) else { throw .refundPending }
        let remaining = try refundable(after: refunds)
        // All of it has come back: there is nothing left to be in a state for.
        if remaining.isZero, !refunds.contains(where: { $0.state == .sent }) { throw .wrongState(state) }
        guard amount.minorUnits <= remaining.minorUnits else { throw .exceeds(remaining: remaining) }
        try checkTerms(amount, refunds)
        let refund: Refund
        do {
            refund = try share(
                of: amount, after: refunds.filter(\.stands), in: settlement, id: id, reason: reason,
                spendable: spendable, at: now)
        } catch {
            throw .overflow
        }
        // Too little to give anything back in the card's own currency; the last of it only ends what was rounded.
        if let converted = refund.converted, !converted.isPositive, amount != remaining { throw .amountNotPositive }
        return RefundStep(
            refund: refund, payment: advanced(), transfers: refund.holds(self),
            due: now.adding(seconds: unresolvedRetrySeconds), event: .refundRequested)
    }

    /// The refund of `amount` after `refunds`, with its shares of fee, tax and the card's own currency.
    private func share(
        of amount: Money, after refunds: [Refund], in settlement: Settlement, id: ID<Refund>, reason: String,
        spendable: Money, at now: Instant
    ) throws(MoneyError) -> Refund {
        let before = try refunds.total(\.amount, amount.currency)
        let given = (fee: try refunds.total(\.fee, amount.currency), vat: try refunds.total(\.vat, amount.currency))
        let (fee, vat) = try settlement.charges(on: amount, after: before, given: given)
        let net = try amount.subtracting(fee).subtracting(vat)
        let fromAvailable = Money(minorUnits: min(net.minorUnits, max(0, spendable.minorUnits)), amount.currency)
        return Refund(
            id: id, version: 1, payment: self.id, amount: amount,
            converted: try convertedShare(of: amount, before: before), fee: fee, vat: vat,
            fromAvailable: fromAvailable, fromReceivable: try net.subtracting(fromAvailable), state: .requested,
            reason: reason, created: now)
    }

    /// What terms allow to give back (Refund API error table): an instalment's interest cannot be split, and a
    /// convenience fee is given back by the bank's staff alone.
    private func checkTerms(_ amount: Money, _ refunds: [Refund]) throws(PaymentFault) {
        if terms.surcharge != nil { throw .surchargeNotRefundable }
        guard let instalment = terms.instalment else { return }
        let isPartial = amount != settlement?.gross
        if isPartial, refunds.contains(where: \.stands) { throw .instalmentRefundedBefore }
        switch instalment.interest {
        case .merchant: throw .instalmentNotRefundable
        case .cardholder: if !isPartial { throw .instalmentNotRefundable }
        case .supplier, .shared: break
        }
    }

    /// What the card gets back for `amount`, after refunds of `before`: all shares together are what was charged.
    private func convertedShare(of amount: Money, before: Money) throws(MoneyError) -> Money? {
        guard let conversion = terms.conversion, let captured else { return nil }
        let whole = try conversion.share(of: captured, in: self.amount)
        func share(_ part: Money) throws(MoneyError) -> Money {
            try whole.allocated(over: [part.minorUnits, captured.minorUnits - part.minorUnits])[0]
        }
        return try share(before.adding(amount)).subtracting(share(before))
    }

    private func advanced() -> Payment {
        var payment = self
        payment.version += 1
        return payment
    }

    /// The acquirer took the refund.
    public func refundConfirmed(_ refund: Refund) throws(PaymentFault) -> RefundStep {
        RefundStep(
            refund: try refund.moved(by: .confirm, in: self), payment: advanced(), due: refund.completesAt,
            event: .refundSent)
    }

    /// The acquirer refused it: what was set aside is freed.
    public func refundRefused(_ refund: Refund, code: String) throws(PaymentFault) -> RefundStep {
        var refund = try refund.moved(by: .refuse, in: self)
        refund.errorCode = code
        return RefundStep(
            refund: refund, payment: advanced(), transfers: refund.releases(self),
            due: nil, event: .refundRefused)
    }

    /// The cut-off of the day: the money goes back.
    public func refundCompleted(_ refund: Refund) throws(PaymentFault) -> RefundStep {
        var refund = try refund.moved(by: .complete, in: self)
        refund.completed = refund.completesAt
        return RefundStep(
            refund: refund, payment: advanced(), transfers: refund.postings(self),
            due: nil, event: .refunded)
    }
}

extension Settlement {
    /// The parts of fee and tax that go back with `amount`, after refunds of `before` that gave back `given`.
    ///
    /// Each is in proportion by itself, of all that has been refunded so far, less what went back before: so all parts
    /// together are what was taken. Where both round up on a refund of a satang or two, the tax waits for the next one:
    /// no refund gives back more than itself.
    func charges(
        on amount: Money, after before: Money, given: (fee: Money, vat: Money)
    ) throws(MoneyError) -> (fee: Money, vat: Money) {
        let refunded = try before.adding(amount)
        let fee = try fee.share(refunded, of: gross).subtracting(given.fee).clamped(to: amount)
        let rest = try amount.subtracting(fee)
        // Where nothing is left of the gross amount, whatever is no fee is tax.
        guard !net.isZero else { return (fee, rest) }
        return (fee, try vat.share(refunded, of: gross).subtracting(given.vat).clamped(to: rest))
    }
}

extension [Refund] {
    fileprivate func total(_ part: (Refund) -> Money, _ currency: Currency) throws(MoneyError) -> Money {
        var total = Money(minorUnits: 0, currency)
        for refund in self { total = try total.adding(part(refund)) }
        return total
    }
}

extension Money {
    /// Between nothing and `most`.
    fileprivate func clamped(to most: Money) -> Money {
        Money(minorUnits: min(max(minorUnits, 0), most.minorUnits), currency)
    }
}

extension Refund {
    func moved(by event: RefundEventKind, in payment: Payment) throws(PaymentFault) -> Refund {
        guard let next = state.after(event) else { throw .wrongState(payment.state) }
        var refund = self
        refund.state = next
        refund.version += 1
        return refund
    }
}
