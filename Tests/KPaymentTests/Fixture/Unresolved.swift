import APISupport
import Money
import Payments
import Store
import Testing

@testable import Gateway
@testable import mekong

private struct KeyIsKnown: Error {}

/// What a process that dies between asking the acquirer and hearing its answer leaves behind.
extension Shop {
    func leaveVoiding(_ charge: String) async throws {
        let now = host.clock.now()
        let step = try #require(try await payment(charge)).voidRequested(at: now)
        var changes = Changes(at: now)
        changes.add(.update(step.payment))
        changes.add(.due(.payment(step.payment.id), step.due))
        try await host.gateway.store.commit(changes)
    }

    /// A refund of 1.00, as asked for by `request` under an idempotency key where one is named.
    func leaveRefundRequested(_ charge: String, key: String? = nil, request: String = "") async throws {
        let now = host.clock.now()
        let payment = try #require(try await payment(charge))
        let step = try payment.refundRequested(
            Money(minorUnits: 100, payment.amount.currency), id: ID(at: now, random: (1, 2)), reason: "r", earlier: [],
            spendable: payment.amount, at: now)
        var changes = Changes(at: now)
        if let key {
            let verdict = try await host.gateway.idempotency(
                key, merchant: payment.merchant, scope: "refund:\(payment.id)", request: Array(request.utf8))
            guard case .proceed(let ticket) = verdict else { throw KeyIsKnown() }
            changes.add(ticket.claim(for: .refund(step.refund.id)))
        }
        changes.add(.update(step.payment))
        changes.add(.insertRefund(step.refund))
        changes.add(contentsOf: step.transfers.map { .transfer($0) })
        changes.add(.due(.refund(step.refund.id), step.due))
        try await host.gateway.store.commit(changes)
    }
}
