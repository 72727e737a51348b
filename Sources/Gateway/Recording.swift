import Payments
import Store

/// Turning a decision into one commit: the payment, its transfers, what falls due, who is told.
extension Gateway {
    /// Everything that a step of an existing payment stores. The response for an idempotency key is kept with the
    /// step that leaves no outcome open.
    func changes(for step: PaymentStep, refusal: String? = nil, answering: Answering? = nil) -> Changes {
        let payment = step.payment
        let report = PaymentReport(payment: payment, refusal: refusal)
        var changes = Changes(at: clock.now())
        changes.add(.update(payment))
        changes.add(contentsOf: step.transfers.map { .transfer($0) })
        changes.add(.due(.payment(payment.id), step.due, by: payment.state.isUnresolved ? process : nil))
        if let usage = payment.usage, step.event.endsInNothing || payment.isEndedVerification {
            changes.add(.returnUsage(merchant: payment.merchant, dialect: payment.dialect, usage))
        }
        if step.event == .authorized, !payment.terms.isVerification, let order = payment.order {
            changes.add(.payOrder(order, by: payment.id))
        }
        tell(step.event, report, &changes)
        if let answering, !payment.state.isUnresolved {
            changes.add(contentsOf: answering.completion(of: report))
        }
        return changes
    }

    /// Commits an outcome. Where someone else has found it out meanwhile, as the minute's run may, theirs stands.
    func conclude(
        _ step: PaymentStep, refusal: String? = nil, answering: Answering? = nil
    ) async throws -> PaymentReport {
        do {
            try await commit(changes(for: step, refusal: refusal, answering: answering))
            return PaymentReport(payment: step.payment, refusal: refusal)
        } catch StoreError.conflict(.stale) {
            let id = step.payment.id
            let current = try await read { reader in try reader.payment(id).map { ($0, try reader.refunds(of: id)) } }
            guard let (payment, refunds) = current, !payment.state.isUnresolved else { throw GatewayFault.pending }
            return PaymentReport(payment: payment, refunds: refunds)
        }
    }

    /// Adds the notice for an event, where the payment's dialect has one.
    func tell(_ event: PaymentEvent, _ report: PaymentReport, _ changes: inout Changes) {
        let payment = report.payment
        guard let dialect = dialects[payment.dialect], let merchant = directory.merchant(payment.merchant),
            let content = dialect.notice(of: event, report, to: merchant)
        else { return }
        changes.add(
            .insertNotice(
                notice(
                    content, event: event.rawValue, about: .payment(payment.id), merchant: payment.merchant,
                    dialect: payment.dialect, at: changes.at), by: process))
    }

    /// A dialect's words as a notice.
    func notice(
        _ content: NoticeContent, event: String, about subject: Subject, merchant: MerchantID, dialect: DialectID,
        at now: Instant
    ) -> Notice {
        Notice(
            id: entropy.id(at: now), merchant: merchant, dialect: dialect, subject: subject.key, event: event,
            url: content.url, body: content.body, isOnce: content.isOnce,
            acknowledgement: content.acknowledgement, created: now)
    }
}

extension Payment {
    /// Whether it has shown a card to be its holder's and is over.
    fileprivate var isEndedVerification: Bool { terms.isVerification && state == .voided }
}

extension PaymentEvent {
    /// Whether the payment has come to nothing, so that what it took of a daily limit is given back.
    var endsInNothing: Bool { [.declined, .reversed, .authenticationFailed, .cancelled].contains(self) }
}
