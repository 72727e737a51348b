import Payments
import Synchronization

/// Tells the delivery worker of committed notices. The gateway is made before the worker that needs it.
final class NoticeRelay: Sendable {
    private let receiver = Mutex<(@Sendable (MerchantID) -> Void)?>(nil)

    func connect(_ body: @escaping @Sendable (MerchantID) -> Void) {
        receiver.withLock { $0 = body }
    }

    func tell(_ merchant: MerchantID) {
        receiver.withLock { $0 }?(merchant)
    }
}
