import Payments
import TestSupport
import Testing

@testable import Webhooks

/// Many notices, many merchants, slow and dead endpoints.
@Suite struct LaneLimitTests {
    @Test func `another merchant is not held up by a dead endpoint`() async throws {
        let dead = try await Sink.start { _, _ in .hold }
        let alive = try await Sink.start()
        try await Outbox.with { outbox in
            try await outbox.running {
                try await outbox.commit((0..<40).map { outbox.notice(to: dead.url, about: "payment:\($0)") })
                outbox.noticed(.shop)
                try await eventually("the dead endpoint") { dead.held >= 8 }
                let notice = outbox.notice(to: alive.url, of: .stall, about: "payment:other")
                try await outbox.send(notice)
                try await eventually("the other's notice") {
                    try await outbox.state(of: notice) == .delivered
                }
                dead.release()
                try await eventually("the rest") { try await outbox.pending() == 0 }
            }
        }
        await dead.stop()
        await alive.stop()
    }

    /// Two merchants whose shops one company hosts: same server, different paths.
    @Test func `another merchant on the same server is not held up by a dead path`() async throws {
        let sink = try await Sink.start { arrival, _ in arrival.path == "/dead" ? .hold : .status(200) }
        try await Outbox.with { outbox in
            try await outbox.running {
                let base = "http://127.0.0.1:\(sink.port)"
                try await outbox.commit((0..<40).map { outbox.notice(to: base + "/dead", about: "payment:\($0)") })
                outbox.noticed(.shop)
                try await eventually("the dead path") { sink.held >= 8 }
                let notice = outbox.notice(to: base + "/alive", of: .stall, about: "payment:other")
                try await outbox.send(notice)
                try await eventually("the other's notice") {
                    try await outbox.state(of: notice) == .delivered
                }
                sink.release()
                try await eventually("the rest") { try await outbox.pending() == 0 }
            }
        }
        await sink.stop()
    }

    @Test func `one merchant has sixteen on the way, all at once and no more`() async throws {
        let sink = try await Sink.start { _, _ in .hold }
        try await Outbox.with { outbox in
            try await outbox.running {
                try await outbox.commit((0..<50).map { outbox.notice(to: sink.url, about: "payment:\($0)") })
                outbox.noticed(.shop)
                try await eventually("sixteen at once") { sink.held == Lanes.perMerchant }
                for _ in 0..<20 { outbox.noticed(.shop) }
                sink.release()
                try await eventually("all") { try await outbox.pending() == 0 }
            }
        }
        #expect(sink.peak == Lanes.perMerchant)
        #expect(sink.count == 50)
        await sink.stop()
    }

    @Test func `every merchant's notices are delivered, more merchants than there are places`() async throws {
        let sink = try await Sink.start()
        try await Outbox.with { outbox in
            let merchants = (0..<60).map { MerchantID(rawValue: "merchant-\($0)") }
            let notices = merchants.flatMap { merchant in
                (0..<3).map { outbox.notice(to: sink.url, of: merchant, about: "payment:\(merchant)-\($0)") }
            }
            try await outbox.running {
                try await outbox.commit(notices)
                for merchant in merchants { outbox.noticed(merchant) }
                try await eventually("all") { try await outbox.pending() == 0 }
            }
        }
        #expect(sink.count == 180)
        await sink.stop()
    }

    @Test(arguments: [1, 20]) func `two thousand notices are all delivered, each as often as it is recorded`(
        merchants: Int
    ) async throws {
        let sink = try await Sink.start()
        var recorded = 0
        try await Outbox.with { outbox in
            var all: [Notice] = []
            try await outbox.running {
                for batch in 0..<100 {
                    let notices = (0..<20).map { number in
                        outbox.notice(
                            to: sink.url, of: MerchantID(rawValue: "merchant-\(number % merchants)"),
                            about: "payment:\(batch)-\(number)", "\(batch * 20 + number)")
                    }
                    all += notices
                    try await outbox.commit(notices)
                    for merchant in Set(notices.map(\.merchant)) { outbox.noticed(merchant) }
                }
                try await eventually("all") { try await outbox.pending() == 0 }
            }
            for notice in all { recorded += try await outbox.attempts(of: notice).count }
        }
        let bodies = sink.arrivals.map { $0.text }
        #expect(Set(bodies).count == 2_000, "delivered at least once")
        // One that this machine is too slow to answer in time is sent again.
        #expect(bodies.count == recorded, "and not more often than the attempts that are recorded")
        await sink.stop()
    }
}
