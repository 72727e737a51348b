import CoreMetrics
import Testing

@testable import mekong

@Suite struct HistogramTests {
    private let metrics = PrometheusMetrics()

    private func read() throws -> Exposition { try Exposition(metrics.text(gauges: [])) }

    /// The bounds and what fell below each, as the text gives them in order.
    private func buckets(_ name: String) throws -> [(bound: Double, count: Double)] {
        try read().samples.filter { $0.name == name + "_bucket" }.map { sample in
            let bound = try #require(sample.labels["le"])
            return (bound == "+Inf" ? .infinity : try #require(Double(bound)), sample.value)
        }
    }

    @Test func `a timer is a histogram in seconds`() throws {
        let timer = metrics.makeTimer(label: "x_seconds", dimensions: [])
        timer.recordNanoseconds(2_000_000)
        timer.recordNanoseconds(20_000_000_000)
        let exposition = try read()
        #expect(exposition.types == ["x_seconds": "histogram"])
        #expect(exposition.value("x_seconds_bucket", ["le": "0.001"]) == 0)
        #expect(exposition.value("x_seconds_bucket", ["le": "0.0025"]) == 1)
        #expect(exposition.value("x_seconds_bucket", ["le": "10.0"]) == 1)
        #expect(exposition.value("x_seconds_bucket", ["le": "+Inf"]) == 2)
        #expect(exposition.value("x_seconds_count") == 2)
        #expect(abs(try #require(exposition.value("x_seconds_sum")) - 20.002) < 1e-9)
    }

    @Test func `a recorder is a histogram of counts`() throws {
        let recorder = metrics.makeRecorder(label: "x_size", dimensions: [], aggregate: true)
        for size in [Int64(1), 2, 3, 512, 513] { recorder.record(size) }
        #expect(
            try buckets("x_size").map(\.count) == [1, 2, 3, 3, 3, 3, 3, 3, 3, 4, 5], "one to 512 by doubling, +Inf")
        #expect(try read().value("x_size_sum") == 1_031)
    }

    @Test func `buckets are cumulative, ascending and end with everything`() throws {
        let timer = metrics.makeTimer(label: "x", dimensions: [])
        // Times that grow by a tenth, from a tenth of a millisecond to well beyond the last bound.
        var nanoseconds = 100_000.0
        for _ in 0..<150 {
            timer.recordNanoseconds(Int64(nanoseconds))
            nanoseconds *= 1.1
        }
        let buckets = try buckets("x")
        #expect(zip(buckets, buckets.dropFirst()).allSatisfy { $0.bound < $1.bound && $0.count <= $1.count })
        #expect(buckets.last?.bound == .infinity)
        #expect(buckets.last?.count == 150)
        #expect(try read().value("x_count") == 150)
    }

    @Test(arguments: HistogramValue.seconds) func `a value equal to a bound falls below it`(bound: Double) throws {
        let histogram = HistogramValue(bounds: HistogramValue.seconds)
        histogram.record(bound)
        let text = "# TYPE x histogram\n" + histogram.text("x", "")
        #expect(try Exposition(text).value("x_bucket", ["le": "\(bound)"]) == 1)
    }

    @Test func `labels stand on every line of a histogram, before the bound`() throws {
        metrics.makeTimer(label: "x", dimensions: [("api", "k\"p"), ("operation", "void")]).recordNanoseconds(1)
        metrics.makeTimer(label: "x", dimensions: [("api", "other")]).recordNanoseconds(1)
        let text = metrics.text(gauges: [])
        #expect(text.contains("x_bucket{api=\"k\\\"p\",operation=\"void\",le=\"0.0005\"} 1\n"))
        #expect(text.contains("x_count{api=\"k\\\"p\",operation=\"void\"} 1\n"))
        let exposition = try Exposition(text)
        #expect(exposition.value("x_bucket", ["api": "other", "le": "+Inf"]) == 1)
        #expect(exposition.samples.count == 2 * (HistogramValue.seconds.count + 3))
    }

    @Test func `an empty histogram has all its lines`() throws {
        _ = metrics.makeTimer(label: "x", dimensions: [])
        let exposition = try read()
        #expect(exposition.value("x_bucket", ["le": "+Inf"]) == 0)
        #expect(exposition.value("x_sum") == 0)
        #expect(exposition.value("x_count") == 0)
    }
}
