import CoreMetrics
import Testing

@testable import mekong

@Suite struct PrometheusTests {
    private let metrics = PrometheusMetrics()

    private func count(_ label: String, _ dimensions: [(String, String)] = [], by amount: Int64 = 1) {
        metrics.makeCounter(label: label, dimensions: dimensions).increment(by: amount)
    }

    private func read() throws -> Exposition { try Exposition(metrics.text(gauges: [])) }

    @Test func `nothing measured is nothing said`() {
        #expect(metrics.text(gauges: []) == "")
    }

    @Test func `a counter is one line under its type`() {
        count("mekong_things_total", by: 2)
        count("mekong_things_total", by: 3)
        #expect(metrics.text(gauges: []) == "# TYPE mekong_things_total counter\nmekong_things_total 5\n")
    }

    @Test func `labels make series of one metric, in order, under one type`() {
        count("b_total", [("result", "refused")])
        count("a_total")
        count("b_total", [("result", "ok"), ("api", "k")], by: 4)
        #expect(
            metrics.text(gauges: []) == """
                # TYPE a_total counter
                a_total 1
                # TYPE b_total counter
                b_total{result="ok",api="k"} 4
                b_total{result="refused"} 1

                """)
    }

    @Test func `a counter made twice is the same counter`() throws {
        count("x_total", [("a", "1")])
        count("x_total", [("a", "1")])
        count("x_total", [("a", "2")])
        let exposition = try read()
        #expect(exposition.value("x_total", ["a": "1"]) == 2)
        #expect(exposition.value("x_total", ["a": "2"]) == 1)
    }

    @Test func `metrics whose names begin alike are not torn apart`() throws {
        for name in ["a_b", "a", "a_b_c", "a_c"] {
            count(name)
            count(name, [("x", "1")])
        }
        #expect(try read().samples.count == 8)
    }

    @Test(arguments: [
        "plain", "", "say \"hello\"", "back\\slash", "\\", "\\n", "two\nlines", "ends\n", "a\r\nb", "\r\n",
        "} 1\nevil_total 2", "\"} 1\r\nevil_total 2", "\"\u{301}", "\\\u{301}", "\n\u{301}", "กสิกรไทย", "ខ្មែរ",
        "a,b=\"c\"", "\u{0}\t",
    ])
    func `whatever a label holds comes back as it was`(value: String) throws {
        count("x_total", [("first", "1"), ("label", value), ("last", "2")])
        let sample = try #require(try read().samples.first)
        #expect(sample.labels.count == 3)
        #expect(sample.labels["label"].map { Array($0.utf8) } == Array(value.utf8))
        #expect(try read().samples.count == 1)
    }

    @Test(arguments: ["hb.requests", "http.server-requests", "a b", "1st", "naïve"])
    func `a name that Prometheus does not know is made into one that it does`(name: String) throws {
        count(name, [(name, "1")])
        metrics.makeTimer(label: name + ".timer", dimensions: [("http.method", "GET")]).recordNanoseconds(1)
        let exposition = try read()
        #expect(exposition.types.count == 2)
    }

    @Test func `gauges come last, each under its type`() throws {
        count("a_total")
        let text = metrics.text(gauges: [("mekong_waiting", 3), ("mekong_pending", -1)])
        #expect(
            text == """
                # TYPE a_total counter
                a_total 1
                # TYPE mekong_waiting gauge
                mekong_waiting 3
                # TYPE mekong_pending gauge
                mekong_pending -1

                """)
        _ = try Exposition(text)
    }

    @Test func `many threads count as one`() async throws {
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<1_000 { metrics.makeCounter(label: "x_total", dimensions: []).increment(by: 1) }
                }
            }
        }
        #expect(try read().value("x_total") == 8_000)
    }
}
