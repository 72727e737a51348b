import Ledger
import Money

/// What a decision asks to be stored: the payment's next value, the ledger transfers, when something next falls due,
/// and what has happened.
public struct PaymentStep: Sendable, Equatable {
    public let payment: Payment
    public var transfers: [Transfer] = []
    /// When the payment next needs attention; nil when nothing more falls due.
    public var due: Instant?
    public let event: PaymentEvent
}

/// What a merchant may be told about a payment. Which of these are told, and how, is the dialect's.
public enum PaymentEvent: String, Sendable, CaseIterable {
    case created, challenged, authenticating, authenticationFailed, authorizing
    case authorized, declined, reversing, reversed
    case presenting, presented, cancelling, cancelled, cancelRefused
    case voiding, voided, voidRefused, capturing, captured, captureRefused, settled
    /// A bank statement shows a deposit's money.
    case received
    case refundRequested, refundSent, refundRefused, refunded
}

/// A step that the payment's state, or its amounts, do not allow.
public enum PaymentFault: Error, Equatable, Sendable {
    /// The table has no row for this event in this state.
    case wrongState(PaymentState)
    /// The amount asked for is more than what is left.
    case exceeds(remaining: Money)
    /// Neither zero nor less can be captured or refunded.
    case amountNotPositive
    case currencyMismatch
    /// The acquirer takes only the whole amount.
    case wholeOnly
    /// An earlier refund of this payment failed for want of balance.
    case refundNotAllowed
    /// An earlier refund of this payment has no outcome yet.
    case refundPending
    /// A convenience fee was paid with it: only the bank's staff give it back.
    case surchargeNotRefundable
    /// Who bears the interest of its instalments forbids it.
    case instalmentNotRefundable
    /// A payment in instalments is refunded once.
    case instalmentRefundedBefore
    /// A sum does not fit the ledger.
    case overflow
}

/// How long an unknown outcome is left alone before the acquirer is asked again.
public let unresolvedRetrySeconds: Int64 = 60

extension Payment {
    /// The payment in the state that `event` leads to, one version later.
    func moved(by event: PaymentEventKind) throws(PaymentFault) -> Payment {
        guard let next = state.after(event) else { throw .wrongState(state) }
        var payment = self
        payment.state = next
        payment.version += 1
        return payment
    }

    /// The authorisation was sent for a new payment, or the payer is asked to authenticate first.
    public func started(challengeExpires: Instant?) -> PaymentStep {
        PaymentStep(
            payment: self, due: challengeExpires ?? created.adding(seconds: unresolvedRetrySeconds),
            event: challengeExpires == nil ? .created : .challenged)
    }

    /// The payer asked for a one-time code.
    public func authenticationBegun(challengeExpires: Instant) throws(PaymentFault) -> PaymentStep {
        PaymentStep(payment: try moved(by: .beginAuthentication), due: challengeExpires, event: .authenticating)
    }

    /// The payer proved who they are: the authorisation is sent next.
    public func authenticated(_ proof: Authentication, at now: Instant) throws(PaymentFault) -> PaymentStep {
        var payment = try moved(by: .authenticate)
        payment.authentication = proof
        return PaymentStep(payment: payment, due: now.adding(seconds: unresolvedRetrySeconds), event: .authorizing)
    }

    /// The payer failed, gave up or was too late.
    public func authenticationFailed(code: String) throws(PaymentFault) -> PaymentStep {
        var payment = try moved(by: .failAuthentication)
        payment.failureCode = code
        return PaymentStep(payment: payment, due: nil, event: .authenticationFailed)
    }

    /// The acquirer approved: the amount is set aside for the merchant. The day's cut-off looks whether to capture it;
    /// what only verified a card is voided at once.
    public func approved(code: String, at now: Instant) throws(PaymentFault) -> PaymentStep {
        var payment = try moved(by: .approve)
        payment.approvalCode = code
        payment.failureCode = nil
        let due =
            terms.isVerification ? now.adding(seconds: unresolvedRetrySeconds) : now.nextBangkokMidnight
        return PaymentStep(payment: payment, transfers: payment.holds, due: due, event: .authorized)
    }

    /// The issuer or acquirer refused, with a response code.
    public func declined(code: String) throws(PaymentFault) -> PaymentStep {
        var payment = try moved(by: .decline)
        payment.failureCode = code
        return PaymentStep(payment: payment, due: nil, event: .declined)
    }

    /// No answer came: whatever the acquirer may have approved will be reversed.
    public func lostTrack(code: String, at now: Instant) throws(PaymentFault) -> PaymentStep {
        var payment = try moved(by: .loseTrack)
        payment.failureCode = code
        return PaymentStep(payment: payment, due: now.adding(seconds: unresolvedRetrySeconds), event: .reversing)
    }

    /// The acquirer acknowledged the reversal.
    public func reversalAcknowledged() throws(PaymentFault) -> PaymentStep {
        PaymentStep(payment: try moved(by: .acknowledgeReversal), due: nil, event: .reversed)
    }

    /// The merchant asks to cancel an authorisation.
    public func voidRequested(at now: Instant) throws(PaymentFault) -> PaymentStep {
        let payment = try moved(by: .requestVoid)
        return PaymentStep(payment: payment, due: now.adding(seconds: unresolvedRetrySeconds), event: .voiding)
    }

    /// The acquirer cancelled the authorisation: what was set aside is freed.
    public func voidConfirmed() throws(PaymentFault) -> PaymentStep {
        let payment = try moved(by: .confirmVoid)
        return PaymentStep(payment: payment, transfers: payment.releasesOfHolds, due: nil, event: .voided)
    }

    /// The acquirer refused to cancel: the payment stands as before, and so does its day where the payer paid it.
    public func voidRefused(at now: Instant) throws(PaymentFault) -> PaymentStep {
        PaymentStep(
            payment: try moved(by: .refuseVoid), due: settlesAt ?? now.nextBangkokMidnight, event: .voidRefused)
    }

    /// The merchant, or the settlement run, asks for `amount` of the authorisation.
    ///
    /// `at` is the payment's own time; `now` is when the acquirer is asked, where that is later.
    public func captureRequested(
        _ amount: Money, at own: Instant, now: Instant? = nil
    ) throws(PaymentFault) -> PaymentStep {
        // What only verified a card is never money.
        guard !terms.isVerification else { throw .wrongState(state) }
        var payment = try moved(by: .requestCapture)
        guard amount.currency == self.amount.currency else { throw .currencyMismatch }
        guard amount.isPositive else { throw .amountNotPositive }
        guard amount.minorUnits <= self.amount.minorUnits else { throw .exceeds(remaining: self.amount) }
        // A part may be worth nothing in the card's own currency.
        guard try charged(for: amount).isPositive else { throw .amountNotPositive }
        payment.captured = amount
        payment.capturedAt = own
        return PaymentStep(
            payment: payment, due: (now ?? own).adding(seconds: unresolvedRetrySeconds), event: .capturing)
    }

    /// The acquirer took the capture: it is settled at the cut-off of the day on which it was asked for.
    public func captureConfirmed() throws(PaymentFault) -> PaymentStep {
        let payment = try moved(by: .confirmCapture)
        return PaymentStep(
            payment: payment, transfers: try payment.postsOfHolds(), due: payment.settlesAt, event: .captured)
    }

    /// The acquirer refused the capture: the payment stands as authorised, and keeps its day where the payer paid it by
    /// themselves.
    public func captureRefused(at now: Instant) throws(PaymentFault) -> PaymentStep {
        var payment = try moved(by: .refuseCapture)
        payment.captured = nil
        if method.invitation == nil { payment.capturedAt = nil }
        return PaymentStep(payment: payment, due: now.nextBangkokMidnight, event: .captureRefused)
    }

    /// The cut-off of the day to which the money belongs.
    public var settlesAt: Instant? { capturedAt?.nextBangkokMidnight }

    /// The cut-off of the captured money's day: fee and tax are kept, the rest becomes the merchant's to use.
    public func settled(fees: FeePlan, rate: ExchangeRate) throws(PaymentFault) -> PaymentStep {
        var payment = try moved(by: .settle)
        guard let gross = captured, let cutOff = settlesAt else { throw .wrongState(state) }
        do {
            payment.settlement = try fees.adding(terms.instalment?.merchantRate)
                .settlement(of: gross, rate: rate, at: cutOff)
        } catch {
            throw .overflow
        }
        return PaymentStep(payment: payment, transfers: payment.settlementTransfers, due: nil, event: .settled)
    }
}
