import Dispatch
import Metrics

/// Counts an operation's requests by result, and times them. Made once for each operation.
public struct OperationMetrics: Sendable {
    private let succeeded: Counter
    private let refused: Counter
    private let failed: Counter
    private let aborted: Counter
    private let duration: Metrics.Timer

    /// - Parameters:
    ///   - api: the dialect, such as `kpayment`.
    ///   - operation: the operation, such as `create_charge`.
    public init(api: String, operation: String) {
        func counter(_ result: String) -> Counter {
            Counter(
                label: "mekong_requests_total",
                dimensions: [("api", api), ("operation", operation), ("result", result)])
        }
        succeeded = counter("ok")
        refused = counter("refused")
        failed = counter("failed")
        aborted = counter("aborted")
        duration = Metrics.Timer(
            label: "mekong_request_seconds", dimensions: [("api", api), ("operation", operation)])
    }

    /// Records one request by the status it was answered with, and how long it took.
    public func record(status: Int, since start: DispatchTime) {
        switch status {
        case ..<400: succeeded.increment()
        case ..<500: refused.increment()
        default: failed.increment()
        }
        time(since: start)
    }

    /// Records a request whose caller hung up before all of it was there.
    public func recordAborted(since start: DispatchTime) {
        aborted.increment()
        time(since: start)
    }

    private func time(since start: DispatchTime) {
        duration.recordNanoseconds(Int64(DispatchTime.now().uptimeNanoseconds - start.uptimeNanoseconds))
    }
}
