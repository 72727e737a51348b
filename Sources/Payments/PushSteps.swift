/// Decisions about payments that the payer makes by themselves.
extension Payment {
    /// The rail is asked to make the invitation.
    public func presentationStarted() -> PaymentStep {
        PaymentStep(payment: self, due: created.adding(seconds: unresolvedRetrySeconds), event: .presenting)
    }

    /// The rail has made it: the payer may pay.
    public func presented(as payload: String, at now: Instant) throws(PaymentFault) -> PaymentStep {
        var payment = try moved(by: .present)
        payment.payload = payload
        return PaymentStep(payment: payment, due: payment.nextLook(after: now), event: .presented)
    }

    /// The payer has paid: the amount is set aside for the merchant, and belongs to the day on which the payer paid,
    /// whenever that is heard of. A rail's clock is believed from the payment's creation to the moment of hearing.
    public func paid(
        code: String, through channel: String?, at paid: Instant?, heardAt now: Instant
    ) throws(PaymentFault) -> PaymentStep {
        var payment = try approved(code: code, at: now).payment
        let paid = min(max(paid ?? now, created), now)
        payment.channel = channel
        payment.capturedAt = paid
        return PaymentStep(
            payment: payment, transfers: payment.holds, due: paid.nextBangkokMidnight, event: .authorized)
    }

    /// When the rail is next asked whether the payer has paid, in case its word went astray: after a minute, then ever
    /// more seldom, and when the invitation expires.
    public func nextLook(after now: Instant) -> Instant? {
        guard let expires = method.invitation?.expires else { return nil }
        let pause = max(unresolvedRetrySeconds, now.seconds(since: created))
        // Once it has expired it is taken back, which the rail may refuse for a while.
        return now < expires ? min(expires, now.adding(seconds: pause)) : now.adding(seconds: unresolvedRetrySeconds)
    }

    /// Whether a rail keeps the invitation open. A deposit is at no rail: it waits for its line.
    public var isAtRail: Bool { state.isOpenInvitation && expectation == nil }

    /// Whether the payer may no longer pay.
    public func isOver(at now: Instant) -> Bool { method.invitation.map { $0.expires <= now } ?? false }

    /// Whether the rail made the invitation and nobody learnt what it was: its answers were lost.
    public var wasNeverShown: Bool { isAtRail && state == .presented && payload == nil }

    /// Whether nobody shall pay any more, although the rail would still let them.
    public func isToBeTakenBack(at now: Instant) -> Bool {
        isAtRail && state == .presented && (isOver(at: now) || wasNeverShown)
    }

    /// The payer may no longer pay: the merchant takes the invitation back, or its time is over.
    public func cancellationRequested(code: String, at now: Instant) throws(PaymentFault) -> PaymentStep {
        var payment = try moved(by: .requestCancel)
        payment.failureCode = code
        return PaymentStep(payment: payment, due: now.adding(seconds: unresolvedRetrySeconds), event: .cancelling)
    }

    /// The rail does not take the invitation back, and nobody has paid: it stands as before.
    public func cancellationRefused(at now: Instant) throws(PaymentFault) -> PaymentStep {
        var payment = try moved(by: .refuseCancel)
        payment.failureCode = nil
        return PaymentStep(payment: payment, due: payment.nextLook(after: now), event: .cancelRefused)
    }

    /// The rail takes no more money for it, and has taken none.
    public func cancellationConfirmed() throws(PaymentFault) -> PaymentStep {
        PaymentStep(payment: try moved(by: .confirmCancel), due: nil, event: .cancelled)
    }
}
