import Payments
import Rails
import Store

/// From a committed intent to a known outcome.
extension Gateway {
    /// Sends the authorisation of a payment whose intent is committed, and commits what came of it.
    func authorize(_ payment: Payment, _ card: PresentedCard, answering: Answering?) async throws -> Payment {
        let outcome = await rails.acquirer.authorize(
            AuthorizationRequest(
                reference: RailReference(.authorize, of: payment.id), acceptor: payment.acceptor,
                amount: payment.charged, card: card, authentication: payment.authentication))
        switch outcome {
        case .approved(let approval):
            return await endVerification(try await conclude(payment, .approved(approval), answering))
        case .declined(let code): return try await conclude(payment, .declined(code: code), answering)
        case .unknown: return await endVerification(try await resolve(payment, lostBecause: timeoutCode, answering))
        }
    }

    /// Asks the acquirer what became of an authorisation. What it cannot say is reversed.
    func resolve(
        _ payment: Payment, lostBecause code: String, _ answering: Answering? = nil
    ) async throws -> Payment {
        let inquiry = await rails.acquirer.inquire(RailReference(.authorize, of: payment.id))
        switch inquiry {
        case .approved, .declined: return try await conclude(payment, inquiry, answering)
        case .notFound, .unknown:
            let lost = try payment.lostTrack(code: code, at: clock.now())
            do {
                try await commit(changes(for: lost))
            } catch StoreError.conflict(.stale) {
                // Someone else found the outcome out, or reverses already.
                return try await self.payment(payment.id, of: payment.merchant)
            }
            return try await reverse(lost.payment, answering)
        }
    }

    /// Sends a reversal. The payment is reversed only when the acquirer has acknowledged it; until then it stays as it
    /// is and the reversal is sent again whenever the payment falls due.
    func reverse(_ payment: Payment, _ answering: Answering? = nil) async throws -> Payment {
        let outcome = await rails.acquirer.perform(
            FollowUpRequest(
                reference: RailReference(.reverse, of: payment.id), acceptor: payment.acceptor,
                amount: payment.charged))
        guard case .approved = outcome else { return payment }
        return try await conclude(payment.reversalAcknowledged(), answering: answering).payment
    }

    private func conclude(
        _ payment: Payment, _ answer: RailInquiry, _ answering: Answering?
    ) async throws -> Payment {
        let step: PaymentStep
        switch answer {
        case .approved(let approval):
            step = try payment.approved(code: approval.code, at: clock.now())
        case .declined(let code): step = try payment.declined(code: code)
        case .notFound, .unknown: return payment
        }
        return try await conclude(step, answering: answering).payment
    }
}
