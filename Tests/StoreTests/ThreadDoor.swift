import Dispatch
import Synchronization

/// Where a thread of the store's waits until the test lets it pass.
final class ThreadDoor: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    private let arrival = AsyncStream<Void>.makeStream()

    /// Blocks its thread. Never call it on the cooperative pool.
    func pass() {
        arrival.continuation.yield()
        semaphore.wait()
        semaphore.signal()
    }

    /// Lets through whoever waits, and whoever comes later.
    func open() { semaphore.signal() }

    /// Returns when a thread waits.
    func somebodyWaits() async {
        for await _ in arrival.stream { return }
    }
}
