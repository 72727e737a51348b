import Gateway
import Payments
import Store

/// When there is something to deliver, whichever process is to do it.
extension DeliveryWorker {
    /// When the next delivery after `instant` falls due, if any does. Throws `StoreError`.
    public func nextDelivery(after instant: Instant) async throws -> Instant? {
        try await gateway.store.read { try $0.nextNotice(after: instant, patience: Self.patienceSeconds) }
    }

    /// Whether a delivery that was due by `now` has not been tried yet. Throws `StoreError`.
    public func isBehind(at now: Instant) async throws -> Bool {
        let patience = now.adding(seconds: -Self.patienceSeconds)
        return try await gateway.store.read { try $0.hasNotice(by: now, patience: patience) }
    }
}
