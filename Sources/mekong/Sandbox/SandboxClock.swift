import Gateway
import Payments
import Synchronization

/// The machine's clock, moved forward by as much as the developer has asked.
final class SandboxClock: GatewayClock {
    /// Under this name the offset outlives the process.
    static let setting = "clock_offset_seconds"

    private let system = SystemClock()
    private let offset: Mutex<Int64>

    init(offsetSeconds: Int64 = 0) {
        offset = Mutex(offsetSeconds)
    }

    var offsetSeconds: Int64 {
        get { offset.withLock { $0 } }
        set { offset.withLock { $0 = newValue } }
    }

    func now() -> Instant { system.now().adding(seconds: offsetSeconds) }
    func wallTime() -> Instant { system.now() }
}
