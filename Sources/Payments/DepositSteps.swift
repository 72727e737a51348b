import Ledger
import Money

/// Decisions about deposits: payments that a line of a bank statement pays.
extension Payment {
    /// The deposit waits from its first moment on; it lapses when its invitation expires.
    public func depositOpened() -> PaymentStep {
        PaymentStep(payment: self, due: lapses, event: .presented)
    }

    /// When a deposit lapses, where nobody says otherwise: its invitation has expired, and no money of its window can
    /// arrive any more.
    public var lapses: Instant? {
        method.invitation.map { max($0.expires, expectation?.until ?? $0.expires) }
    }

    /// The payer says that they have paid, or are about to: money credited until then is the deposit's. The first word
    /// counts.
    /// - Parameters:
    ///   - from: since when it may have been credited; nil: since the deposit was opened.
    ///   - lapses: until when a statement may tell of it; nil: until its window and its invitation have ended.
    public func expecting(
        from: Instant? = nil, until: Instant, lapses: Instant? = nil
    ) throws(PaymentFault) -> PaymentStep {
        guard state == .presented, var expectation else { throw .wrongState(state) }
        var payment = self
        if expectation.until == nil {
            expectation.from = from ?? expectation.from
            expectation.until = until
        }
        payment.expectation = expectation
        payment.version += 1
        return PaymentStep(payment: payment, due: lapses ?? payment.lapses, event: .presented)
    }

    /// The money is there: fee and tax are kept, the rest is the merchant's at once.
    public func received(_ line: StatementLine, fees: FeePlan, at now: Instant) throws(PaymentFault) -> PaymentStep {
        try paid(by: line, .receive, fees: fees, at: now)
    }

    /// The money is there, in time or late.
    func paid(
        by line: StatementLine, _ event: PaymentEventKind, fees: FeePlan, at now: Instant
    ) throws(PaymentFault) -> PaymentStep {
        guard expectation != nil else { throw .wrongState(state) }
        var payment = try moved(by: event)
        payment.failureCode = nil
        guard line.credit.amount.currency == amount.currency else { throw .currencyMismatch }
        guard line.credit.amount == amount, line.merchant == merchant, String(line.account) == acceptor else {
            throw .exceeds(remaining: amount)
        }
        payment.line = line.id
        payment.captured = amount
        payment.capturedAt = now
        do {
            payment.settlement = try fees.settlement(of: amount, rate: .one, at: now)
        } catch {
            throw .overflow
        }
        return PaymentStep(payment: payment, transfers: payment.receiptTransfers, due: nil, event: .received)
    }

    /// Nobody has paid in time, or the merchant wants it no more.
    public func lapsed(code: String) throws(PaymentFault) -> PaymentStep {
        guard expectation != nil else { throw .wrongState(state) }
        var payment = try moved(by: .lapse)
        payment.failureCode = code
        return PaymentStep(payment: payment, due: nil, event: .cancelled)
    }

    /// suspense → available, less fee and tax.
    var receiptTransfers: [Transfer] {
        guard let settlement else { return [] }
        return CollectionLedger(merchant: merchant, account: acceptor, currency: amount.currency)
            .transfers(of: settlement, id: id.hex)
    }
}
