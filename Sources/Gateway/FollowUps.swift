import Money
import Payments
import Rails
import Store

/// Voids, captures and refunds by a merchant: intent, the acquirer, outcome.
extension Gateway {
    /// Cancels an authorisation. Throws `GatewayFault`; a refusal by the acquirer is not thrown but shows in the
    /// payment's failure code.
    public func void(_ id: ID<Payment>, of merchant: MerchantID, answering: Answering? = nil) async throws
        -> PaymentReport
    {
        try await inHand.holding(.payment(id)) {
            let payment = try await intend(id, of: merchant, answering) { payment, now throws(PaymentFault) in
                try payment.voidRequested(at: now)
            }
            return try await finishVoid(payment, answering: answering)
        }
    }

    /// Takes all or part of an authorisation, to be settled at the day's cut-off. Throws like `void`.
    public func capture(
        _ id: ID<Payment>, of merchant: MerchantID, amount: Money, answering: Answering? = nil
    ) async throws -> PaymentReport {
        let capturesPartly = rails.acquirer.capabilities.capturesPartly
        return try await inHand.holding(.payment(id)) {
            let payment = try await intend(id, of: merchant, answering) { payment, now throws(PaymentFault) in
                let takesParts = capturesPartly && payment.method.card != nil
                guard takesParts || amount == payment.amount else { throw .wholeOnly }
                return try payment.captureRequested(amount, at: now)
            }
            return try await finishCapture(payment, answering: answering)
        }
    }

    /// Commits what a merchant asks of a payment, before the acquirer hears of it.
    func intend(
        _ id: ID<Payment>, of merchant: MerchantID, _ answering: Answering?,
        _ decide: (Payment, Instant) throws(PaymentFault) -> PaymentStep
    ) async throws -> Payment {
        try await retrying {
            let payment = try await payment(id, of: merchant)
            if payment.state.isUnresolved { throw GatewayFault.pending }
            let step: PaymentStep
            do throws(PaymentFault) {
                step = try decide(payment, clock.now())
            } catch {
                throw GatewayFault.refused(error)
            }
            var changes = changes(for: step)
            if let answering { changes.add(answering.claim(for: .payment(id))) }
            try await commit(changes)
            answering?.ticket.claimed.set()
            return step.payment
        }
    }

    /// Has the acquirer void, and commits the outcome.
    @discardableResult
    func finishVoid(
        _ payment: Payment, resuming: Bool = false, answering: Answering? = nil
    ) async throws -> PaymentReport {
        switch await carryOut(.void, of: payment, amount: payment.charged, resuming: resuming) {
        case .approved: return try await conclude(payment.voidConfirmed(), answering: answering)
        case .declined(let code):
            let step = try payment.voidRefused(at: clock.now())
            return try await conclude(step, refusal: code, answering: answering)
        case .unknown: throw GatewayFault.pending
        }
    }

    /// Has the acquirer capture, and commits the outcome.
    @discardableResult
    func finishCapture(
        _ payment: Payment, resuming: Bool = false, answering: Answering? = nil
    ) async throws -> PaymentReport {
        let amount = try payment.charged(for: payment.captured ?? payment.amount)
        switch await carryOut(.capture, of: payment, amount: amount, resuming: resuming) {
        case .approved: return try await conclude(payment.captureConfirmed(), answering: answering)
        case .declined(let code):
            let step = try payment.captureRefused(at: clock.now())
            return try await conclude(step, refusal: code, answering: answering)
        case .unknown: throw GatewayFault.pending
        }
    }

    /// Sends a request about a payment, and asks where no answer comes. `resuming` asks first: an earlier process
    /// may have sent it already.
    func carryOut(
        _ kind: RailReference.Kind, of payment: Payment, attempt: String? = nil, amount: Money, resuming: Bool
    ) async -> RailOutcome<RailApproval> {
        let reference = RailReference(kind, of: payment.id, attempt: attempt ?? String(payment.version))
        guard let rail = rail(of: payment) else { return .unknown(reason: "there is no rail") }
        // What payers paid by themselves is there already.
        if kind == .capture, payment.method.invitation != nil { return .approved(RailApproval(code: "")) }
        if resuming {
            switch await rail.inquire(reference) {
            case .approved(let approval): return .approved(approval)
            case .declined(let code): return .declined(code: code)
            case .unknown: return .unknown(reason: "the acquirer cannot say")
            case .notFound: break
            }
        }
        let outcome = await rail.perform(
            FollowUpRequest(reference: reference, acceptor: payment.acceptor, amount: amount))
        switch outcome {
        case .approved: return outcome
        // Another sender of the same request may still be on its way: only a refusal in the acquirer's own books
        // binds it too.
        case .declined: if !resuming { return outcome }
        case .unknown: break
        }
        switch await rail.inquire(reference) {
        case .approved(let approval): return .approved(approval)
        case .declined(let code): return .declined(code: code)
        case .notFound, .unknown: return .unknown(reason: "no answer")
        }
    }

    /// Where requests about a payment go.
    private func rail(of payment: Payment) -> (any FollowUpRail)? {
        switch payment.method {
        case .card: rails.acquirer
        case .push(let invitation): rails.push[invitation.scheme]
        }
    }

    /// The payment, if it is this merchant's. Another's answers as if it did not exist.
    func payment(_ id: ID<Payment>, of merchant: MerchantID) async throws -> Payment {
        guard let payment = try await read({ try $0.payment(id) }), payment.merchant == merchant else {
            throw GatewayFault.notFound
        }
        return payment
    }
}
