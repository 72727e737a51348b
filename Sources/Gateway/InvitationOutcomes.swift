import Payments
import Rails
import Store

/// What becomes of an invitation: paid, refused, taken back or expired.
extension Gateway {
    /// A rail has sent word of a payment. The word itself is not believed: the rail is asked. Any number of times, at any
    /// time, by anyone.
    public func noticed(_ id: ID<Payment>) async throws { try await look(at: id) }

    /// Takes an invitation back. Throws `GatewayFault`, `refused` where the payer has paid meanwhile.
    public func cancel(
        _ id: ID<Payment>, of merchant: MerchantID, answering: Answering? = nil
    ) async throws -> PaymentReport {
        try await inHand.holding(.payment(id)) {
            let payment = try await intend(id, of: merchant, answering) { payment, now throws(PaymentFault) in
                try payment.cancellationRequested(code: invitationCancelledCode, at: now)
            }
            return try await finishCancel(payment, answering: answering)
        }
    }

    /// Asks the rail about an open invitation and commits what it says; takes back one whose time is over. What the
    /// rail cannot say stays as it is.
    @discardableResult
    func look(at id: ID<Payment>) async throws -> Payment? {
        try await retrying {
            guard let payment = try await read({ try $0.payment(id) }), payment.isAtRail else {
                return nil
            }
            guard payment.expectation == nil else { return payment }
            if let step = try await outcome(of: payment) { return try await conclude(step).payment }
            guard payment.isToBeTakenBack(at: clock.now()) else { return payment }
            let code = payment.wasNeverShown ? timeoutCode : invitationExpiredCode
            return try await inHand.holding(.payment(id)) { try await takeBack(payment, code: code).payment }
        }
    }

    /// Takes back what nobody may take any more, or was never shown.
    @discardableResult
    func takeBack(_ payment: Payment, code: String) async throws -> PaymentReport {
        let step = try payment.cancellationRequested(code: code, at: clock.now())
        try await commit(changes(for: step))
        return try await finishCancel(step.payment)
    }

    /// Has the rail take an invitation back, and commits the outcome. Money that arrived first wins.
    @discardableResult
    func finishCancel(
        _ payment: Payment, resuming: Bool = false, answering: Answering? = nil
    ) async throws -> PaymentReport {
        switch await carryOut(.cancel, of: payment, amount: payment.amount, resuming: resuming) {
        case .approved: return try await conclude(payment.cancellationConfirmed(), answering: answering)
        case .declined(let code):
            if let step = try await outcome(of: payment) { return try await conclude(step, answering: answering) }
            if payment.payload == nil, try await isUnknown(payment) {
                return try await conclude(payment.cancellationConfirmed(), answering: answering)
            }
            let step = try payment.cancellationRefused(at: clock.now())
            return try await conclude(step, refusal: code, answering: answering)
        case .unknown: throw GatewayFault.pending
        }
    }

    /// Whether the rail has never heard of an invitation.
    private func isUnknown(_ payment: Payment) async throws -> Bool {
        guard let invitation = payment.method.invitation, let rail = rails.push[invitation.scheme],
            case .notFound = await rail.status(of: payment.id)
        else { return false }
        return true
    }

    /// What the rail says has become of an open invitation; nil where it is still open, or nobody can say.
    private func outcome(of payment: Payment) async throws -> PaymentStep? {
        guard let invitation = payment.method.invitation, let rail = rails.push[invitation.scheme] else { return nil }
        switch await rail.status(of: payment.id) {
        case .paid(let receipt):
            return try payment.paid(
                code: receipt.approval.code, through: receipt.channel, at: receipt.paidAt, heardAt: clock.now())
        case .declined(let code): return try payment.declined(code: code)
        case .cancelled where payment.state == .cancelling: return try payment.cancellationConfirmed()
        case .cancelled:
            let step = try payment.cancellationRequested(code: invitationCancelledCode, at: clock.now())
            try await commit(changes(for: step))
            return try step.payment.cancellationConfirmed()
        case .open, .notFound, .unknown: return nil
        }
    }
}
