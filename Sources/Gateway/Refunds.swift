import Ledger
import Money
import Payments
import Rails
import Store

/// Money given back after settlement.
extension Gateway {
    /// Asks the acquirer to give back `amount` of a settled payment; the money goes at the next cut-off. Throws
    /// `GatewayFault`; a refusal by the acquirer shows in the refund and in the payment's failure code.
    public func refund(
        _ id: ID<Payment>, of merchant: MerchantID, amount: Money, reason: String, answering: Answering? = nil
    ) async throws -> PaymentReport {
        try await inHand.holding(.payment(id)) {
            let step = try await intendRefund(id, of: merchant, amount, reason, answering)
            return try await finishRefund(step.refund, of: step.payment, answering: answering)
        }
    }

    private func intendRefund(
        _ id: ID<Payment>, of merchant: MerchantID, _ amount: Money, _ reason: String, _ answering: Answering?
    ) async throws -> RefundStep {
        try await retrying {
            let payment = try await payment(id, of: merchant)
            if payment.state.isUnresolved { throw GatewayFault.pending }
            let account = payment.availableAccount
            let (refunds, balance) = try await read { reader in
                (try reader.refunds(of: id), try reader.balance(of: account))
            }
            let now = clock.now()
            let step: RefundStep
            do throws(PaymentFault) {
                step = try payment.refundRequested(
                    amount, id: entropy.id(at: now), reason: reason, earlier: refunds,
                    spendable: Money(minorUnits: balance.spendable, payment.amount.currency), at: now)
            } catch {
                throw GatewayFault.refused(error)
            }
            var changes = Changes(at: now)
            if let answering { changes.add(answering.claim(for: .refund(step.refund.id))) }
            changes.add(.update(step.payment))
            changes.add(.insertRefund(step.refund))
            changes.add(contentsOf: step.transfers.map { .transfer($0) })
            changes.add(.due(.refund(step.refund.id), step.due, by: process))
            try await commit(changes)
            answering?.ticket.claimed.set()
            return step
        }
    }

    /// Has the acquirer refund, and commits the outcome.
    @discardableResult
    func finishRefund(
        _ refund: Refund, of payment: Payment, resuming: Bool = false, answering: Answering? = nil
    ) async throws -> PaymentReport {
        let outcome = await carryOut(
            .refund, of: payment, attempt: refund.id.hex, amount: refund.converted ?? refund.amount, resuming: resuming)
        return try await retrying {
            let id = refund.id
            let report = try await report(on: .refund(id), of: payment.merchant)
            // Someone else may have found the outcome out meanwhile.
            guard let refund = report.refunds.first(where: { $0.id == id }), refund.state == .requested else {
                return report
            }
            let payment = report.payment
            switch outcome {
            case .approved: return try await store(payment.refundConfirmed(refund), answering)
            case .declined(let code):
                let step = try payment.refundRefused(refund, code: code)
                return try await store(step, refusal: code, answering)
            case .unknown: throw GatewayFault.pending
            }
        }
    }

    /// Commits the money's return at its cut-off.
    func completeRefund(_ refund: Refund) async throws {
        try await retrying {
            guard let payment = try await read({ try $0.payment(refund.payment) }) else { return }
            _ = try await store(payment.refundCompleted(refund), nil)
        }
    }

    private func store(
        _ step: RefundStep, refusal: String? = nil, _ answering: Answering?
    ) async throws -> PaymentReport {
        let refunds = try await read { try $0.refunds(of: step.payment.id) }
            .map { $0.id == step.refund.id ? step.refund : $0 }
        let report = PaymentReport(
            payment: step.payment, refunds: refunds, refusal: refusal, refund: step.refund.id)
        var changes = Changes(at: clock.now())
        changes.add(.update(step.payment))
        changes.add(.updateRefund(step.refund))
        changes.add(contentsOf: step.transfers.map { .transfer($0) })
        changes.add(.due(.refund(step.refund.id), step.due))
        tell(step.event, report, &changes)
        if let answering { changes.add(contentsOf: answering.completion(of: report)) }
        try await commit(changes)
        return report
    }
}
