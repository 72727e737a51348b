import Gateway
import Money
import Payments
import Store
import Testing

@testable import mekong

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

    func leaveRefundRequested(_ charge: String) async throws {
        let now = host.clock.now()
        let payment = try #require(try await payment(charge))
        let step = try payment.refundRequested(
            Money(minorUnits: 100, payment.amount.currency), id: ID(at: now, random: (1, 2)), reason: "r", earlier: [],
            spendable: payment.amount, at: now)
        var changes = Changes(at: now)
        changes.add(.update(step.payment))
        changes.add(.insertRefund(step.refund))
        changes.add(contentsOf: step.transfers.map { .transfer($0) })
        changes.add(.due(.refund(step.refund.id), step.due))
        try await host.gateway.store.commit(changes)
    }
}
