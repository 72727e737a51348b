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
        tell(event.rawValue, about: .payment(payment.id), payment.merchant, payment.dialect, &changes) {
            $0.notice(of: event, report, to: $1)
        }
    }

    /// Adds a dialect's words about something as a notice, where it has any for the merchant.
    func tell(
        _ event: String, about subject: Subject, _ merchant: MerchantID, _ dialect: DialectID,
        _ changes: inout Changes, words: (any Dialect, Merchant) -> NoticeContent?
    ) {
        guard let speaker = dialects[dialect], let listener = directory.merchant(merchant),
            let content = words(speaker, listener)
        else { return }
        let notice = Notice(
            id: entropy.id(at: changes.at), merchant: merchant, dialect: dialect, subject: subject.key, event: event,
            url: content.url, body: content.body, isOnce: content.isOnce,
            acknowledgement: content.acknowledgement, created: changes.at)
        changes.add(.insertNotice(notice, by: process))
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
