import CoreMetrics
import Synchronization

/// Metrics in memory, printed in Prometheus' text format.
///
/// Counters count; timers, in seconds, and recorders are histograms. Handlers are made once where they are used, so
/// that a measurement takes one short lock.
final class PrometheusMetrics: MetricsFactory {
    private struct Key: Hashable {
        let name: String
        let labels: String
    }

    private enum Value {
        case counter(CounterValue)
        case histogram(HistogramValue)
    }

    private let values = Mutex<[Key: Value]>([:])

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        let key = key(label, dimensions)
        return values.withLock { values in
            if case .counter(let known) = values[key] { return known }
            let fresh = CounterValue()
            values[key] = .counter(fresh)
            return fresh
        }
    }

    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        histogram(label, dimensions, bounds: HistogramValue.seconds)
    }

    func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        histogram(label, dimensions, bounds: HistogramValue.counts)
    }

    func destroyCounter(_ handler: any CounterHandler) {}
    func destroyRecorder(_ handler: any RecorderHandler) {}
    func destroyTimer(_ handler: any TimerHandler) {}

    /// Everything, with gauges that are read when asked for.
    func text(gauges: [(name: String, value: Int64)]) -> String {
        let all = values.withLock { $0 }.sorted { ($0.key.name, $0.key.labels) < ($1.key.name, $1.key.labels) }
        var text = ""
        var described = ""
        for (key, value) in all {
            switch value {
            case .counter(let counter):
                if described != key.name { text += "# TYPE \(key.name) counter\n" }
                text += "\(key.name)\(braced(key.labels)) \(counter.value)\n"
            case .histogram(let histogram):
                if described != key.name { text += "# TYPE \(key.name) histogram\n" }
                text += histogram.text(key.name, key.labels)
            }
            described = key.name
        }
        for gauge in gauges { text += "# TYPE \(gauge.name) gauge\n\(gauge.name) \(gauge.value)\n" }
        return text
    }

    private func histogram(_ label: String, _ dimensions: [(String, String)], bounds: [Double]) -> HistogramValue {
        let key = key(label, dimensions)
        return values.withLock { values in
            if case .histogram(let known) = values[key] { return known }
            let fresh = HistogramValue(bounds: bounds)
            values[key] = .histogram(fresh)
            return fresh
        }
    }

    private func key(_ label: String, _ dimensions: [(String, String)]) -> Key {
        let labels = dimensions.map { "\(name($0))=\"\(escaped($1))\"" }
        return Key(name: name(label), labels: labels.joined(separator: ","))
    }

    /// Letters, digits and underscores, the first no digit.
    private func name(_ text: String) -> String {
        let safe = text.unicodeScalars.map { scalar in
            scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
                ? Character(scalar) : "_"
        }
        return safe.first?.isNumber ?? true ? "_" + String(safe) : String(safe)
    }

    /// Scalar by scalar: as characters, a carriage return hides the line feed after it.
    private func escaped(_ text: String) -> String {
        var view = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", "\"": view.append(contentsOf: ["\\", scalar])
            case "\n": view.append(contentsOf: ["\\", "n"])
            default: view.append(scalar)
            }
        }
        return String(view)
    }

    private func braced(_ labels: String) -> String { labels.isEmpty ? "" : "{\(labels)}" }
}

/// A number that only grows.
final class CounterValue: CounterHandler {
    private let count = Atomic<Int64>(0)

    var value: Int64 { count.load(ordering: .relaxed) }

    func increment(by amount: Int64) { count.wrappingAdd(amount, ordering: .relaxed) }
    func reset() { count.store(0, ordering: .relaxed) }
}

/// How often values fell below each bound.
final class HistogramValue: TimerHandler, RecorderHandler {
    static let seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
    static let counts: [Double] = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]

    private struct State {
        var buckets: [Int64]
        var sum = 0.0
        var count: Int64 = 0
    }

    private let bounds: [Double]
    private let state: Mutex<State>

    init(bounds: [Double]) {
        self.bounds = bounds
        state = Mutex(State(buckets: [Int64](repeating: 0, count: bounds.count)))
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        state.withLock { state in
            if let index = bounds.firstIndex(where: { value <= $0 }) { state.buckets[index] += 1 }
            state.sum += value
            state.count += 1
        }
    }

    func text(_ name: String, _ labels: String) -> String {
        let (buckets, sum, count) = state.withLock { ($0.buckets, $0.sum, $0.count) }
        let prefix = labels.isEmpty ? "" : labels + ","
        var text = ""
        var running: Int64 = 0
        for (bound, bucket) in zip(bounds, buckets) {
            running += bucket
            text += "\(name)_bucket{\(prefix)le=\"\(bound)\"} \(running)\n"
        }
        text += "\(name)_bucket{\(prefix)le=\"+Inf\"} \(count)\n"
        let braced = labels.isEmpty ? "" : "{\(labels)}"
        return text + "\(name)_sum\(braced) \(sum)\n\(name)_count\(braced) \(count)\n"
    }
}
