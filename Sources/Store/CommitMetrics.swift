import Dispatch
import Metrics

/// How large groups are and how long each takes, whichever engine commits them.
struct CommitMetrics: Sendable {
    private let batchSize = Recorder(label: "mekong_commit_batch_size")
    private let latency = Metrics.Timer(label: "mekong_commit_seconds")

    func measure<Value>(_ count: Int, _ commit: () -> Value) -> Value {
        let start = DispatchTime.now().uptimeNanoseconds
        defer {
            latency.recordNanoseconds(Int64(DispatchTime.now().uptimeNanoseconds - start))
            batchSize.record(count)
        }
        return commit()
    }
}
