import Foundation
import Synchronization
import TestSupport
import Testing
import WireKit

extension ProcessTests {
    /// What several gateways on one database promise, and what they do when the database goes away.
    @Suite("On PostgreSQL", .serialized)
    struct PostgreSQLTests {
        @Test("two gateways that start at once on an empty database share merchants, keys and payments")
        func startingTogether() async throws {
            try await withCluster(.fast) { cluster in
                try await cluster.makeDatabase("two")
                try await withFolder { folder in
                    let sandboxes = (0..<2).map { _ in Sandbox(folder: folder, database: cluster.url("two")) }
                    try await sandboxes[0].endingAfterwards {
                        try await sandboxes[1].endingAfterwards {
                            async let first = sandboxes[0].start()
                            async let second = sandboxes[1].start()
                            _ = try await (first, second)
                            try await expectSharing(sandboxes[0], sandboxes[1])
                        }
                    }
                }
            }
        }

        private func expectSharing(_ first: Sandbox, _ second: Sandbox) async throws {
            let (here, there) = (try await Shop(first).patient, try await Shop(second).patient)
            #expect(here.secretKey == there.secretKey)
            // A token that one made is charged through the other, once.
            let token = try #require(try await here.token(TestCard.approved.rawValue).text("token"))
            let charged = try await there.charge(token: token, reference: "shared")
            let id = try #require(charged.text("id"), "\(charged.body)")
            #expect(try await here.inquire(id).text("transaction_state") == "Authorized")
            let again = try await here.charge(token: token, reference: "shared-2")
            #expect(again.text("code") == "token_used" || again.status == 400, "\(again.body)")
            let other = try #require(try await here.token(TestCard.approved.rawValue).text("token"))
            let repeated = try await here.charge(token: other, reference: "shared")
            #expect(repeated.text("code") == "duplicate_request", "\(repeated.body)")
            // What was made through one falls due for both, and happens once.
            try await first.advance(seconds: 86_400)
            #expect(try await there.inquire(id).text("transaction_state") == "Settled")
            try await expectVerified(second)
        }

        @Test("one reference and one idempotency key through two gateways make one payment", .timeLimit(.minutes(20)))
        func racing() async throws {
            try await withCluster(.fast) { cluster in
                try await cluster.makeDatabase("race")
                try await Sandbox.withTwo(on: cluster.url("race")) { first, second in
                    let shops = [try await Shop(first), try await Shop(second)]
                    for round in 0..<10 {
                        let tokens = try await inParallel(Array(0..<8)) { index in
                            try await shops[index % 2].patient.token(TestCard.approved.rawValue).text("token") ?? ""
                        }
                        let answers = try await inParallel(Array(tokens.enumerated())) { index, token in
                            try await answered(shops[index % 2], token, "race-\(round)")
                        }
                        let repeated = answers.contains(where: \.isRepeated)
                        let charged = answers.count { $0.answer.status == 200 }
                        #expect(charged == 1 || (repeated && charged == 0))
                        let codes = Set(answers.filter { $0.answer.status != 200 }.map { $0.answer.text("code") })
                        #expect(codes.subtracting(repeated ? ["token_used"] : []) == ["duplicate_request"])
                        let made = try await shops[0].patient.inquire("race-\(round)")
                        #expect(made.text("transaction_state") == "Authorized", "\(made.body)")
                    }
                    try await expectVerified(first)
                }
            }
        }

        /// A charge that is asked for until the database answers in time, which a busy machine's may not. What it did all
        /// the same is then found done.
        private func answered(
            _ shop: Shop, _ token: String, _ reference: String
        ) async throws -> (answer: Answer, isRepeated: Bool) {
            var answer = try await shop.charge(token: token, reference: reference)
            var isRepeated = false
            while answer.status == 503 {
                isRepeated = true
                answer = try await shop.charge(token: token, reference: reference)
            }
            return (answer, isRepeated)
        }

        @Test("notices of a gateway that died are delivered by the other, and none twice", .timeLimit(.minutes(20)))
        func takingOver() async throws {
            let sink = try await WebhookSink.start()
            try await withCluster(.fast) { cluster in
                try await cluster.makeDatabase("takeover")
                try await Sandbox.withTwo(on: cluster.url("takeover")) { first, second in
                    try await first.configure(#"{"kpayment": {"notify_url": "http://127.0.0.1:1/"}}"#)
                    let shop = try await Shop(first).patient
                    let charges = try await inParallel(Array(0..<20)) { number in
                        try await shop.charge(.approved, reference: "left-\(number)").text("id") ?? ""
                    }
                    // Nobody listens at that address: every notice waits for its next attempt when its gateway dies.
                    try await first.kill9()
                    let left = try await cluster.shell(
                        "UPDATE notices SET url = '\(sink.url)' WHERE state = 'pending' RETURNING id", in: "takeover")
                    #expect(left.split(separator: "\n").count == charges.count)
                    let before = try await attempts(cluster)
                    try await second.configure(#"{"kpayment": {"notify_url": "\#(sink.url)"}}"#)
                    let delivered = try await eventually(every: .milliseconds(500)) {
                        try await second.advance(seconds: 120)
                        return sink.bodies.count >= charges.count
                    }
                    #expect(delivered, "\(sink.bodies.count) of \(charges.count) notices")
                    // Nothing arrives that is not in the books, an attempt that the machine was too slow to answer included.
                    let recorded = try await eventually { try await attempts(cluster) - before >= sink.bodies.count }
                    #expect(recorded)
                    for charge in charges { #expect(sink.bodies.contains { $0.contains(charge) }) }
                    try await expectVerified(second)
                }
            }
            try await sink.stop()
        }

        private func attempts(_ cluster: PostgreSQLCluster) async throws -> Int {
            Int(try await cluster.shell("SELECT COALESCE(SUM(attempts), 0) FROM notices", in: "takeover")) ?? -1
        }

        @Test(
            "without its database it soon answers 503, and goes on by itself when that is back",
            .timeLimit(.minutes(20)))
        func outage() async throws {
            try await withCluster { cluster in
                try await cluster.makeDatabase("outage")
                try await Sandbox.with(database: cluster.url("outage")) { sandbox in
                    let shop = try await Shop(sandbox)
                    let begin = ContinuousClock.now
                    let token = try #require(try await shop.patient.token(TestCard.approved.rawValue).text("token"))
                    try await cluster.kill9()
                    try await expectUnavailable(sandbox, shop, token: token)
                    try await cluster.start()
                    try await expectRecovery(shop, "killed")
                    cluster.pause()
                    try await expectUnavailable(sandbox, shop, token: token)
                    cluster.resume()
                    try await expectRecovery(shop, "paused")
                    let kept = try await shop.patient.charge(token: token, reference: "kept")
                    // Nobody has used the token, which lasts ten minutes.
                    #expect(kept.status == 200 || ContinuousClock.now - begin > .seconds(540), "\(kept.body)")
                    try await expectVerified(sandbox)
                }
            }
        }

        /// Many at once, so that some wait behind others.
        private func expectUnavailable(_ sandbox: Sandbox, _ shop: Shop, token: String) async throws {
            let answers = try await inParallel(Array(0..<40), width: 8) { number in
                let begin = ContinuousClock.now
                let answer =
                    try await number % 2 == 0
                    ? shop.charge(token: token, reference: "away-\(number)") : shop.inquire("away-\(number)")
                return (answer, ContinuousClock.now - begin)
            }
            #expect(answers.allSatisfy { $0.0.status == 503 }, "\(answers.map(\.0.status))")
            #expect(answers.allSatisfy { $0.0.text("code") != nil }, "\(answers[0].0.body)")
            let slowest = answers.map(\.1).max() ?? .zero
            print("Without its database the slowest of \(answers.count) answers took \(slowest)")
            #expect(try await sandbox.wire.get("/readyz").status == 503)
            #expect(try await sandbox.wire.get("/healthz").status == 200)
            let metrics = try await sandbox.wire.get("/metrics")
            #expect(metrics.status == 200 && metrics.body.contains("mekong_commits_waiting"))
            #expect(!metrics.body.contains("mekong_webhooks_pending"))
        }

        private func expectRecovery(_ shop: Shop, _ name: String) async throws {
            let attempts = Atomic(0)
            let recovered = try await eventually(every: .milliseconds(50)) {
                let number = attempts.add(1, ordering: .relaxed).newValue
                let answer = try? await shop.charge(.approved, reference: "\(name)-\(number)")
                return answer?.status == 200
            }
            #expect(recovered)
        }

        @Test("a failover loses no acknowledged payment and needs no restart", .timeLimit(.minutes(20)))
        func failover() async throws {
            try await withCluster { primary in
                try await primary.makeDatabase("failover")
                let standby = try await primary.makeStandby()
                do {
                    let url = PostgreSQLCluster.url("failover", of: [primary, standby])
                    try await Sandbox.withTwo(on: url) { first, second in
                        try await failOver(from: primary, to: standby, [first, second])
                    }
                } catch {
                    try? await standby.remove()
                    throw error
                }
                try await standby.remove()
            }
        }

        private func failOver(
            from primary: PostgreSQLCluster, to standby: PostgreSQLCluster, _ sandboxes: [Sandbox]
        ) async throws {
            let journal = FailoverJournal()
            let stop = StopSign()
            let shops = try await [Shop(sandboxes[0]), Shop(sandboxes[1])]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in 0..<8 {
                    group.addTask {
                        for step in 0... where !stop.isRaised {
                            await journal.charge("f-\(worker)-\(step)", through: shops[worker % 2])
                            if stop.isRaised { return }
                        }
                    }
                }
                try await waitFor("load") { journal.acknowledged.count >= 300 }
                try await primary.kill9()
                try await standby.promote()
                let before = journal.acknowledged.count
                try await waitFor("charges after the failover") { journal.acknowledged.count > before + 300 }
                print("Failover: for \(journal.longestSilence) no charge succeeded")
                stop.raise()
                try await group.waitForAll()
            }
            for reference in journal.acknowledged {
                let answer = try await shops[0].patient.inquire(reference)
                #expect(answer.status == 200, "\(reference) was acknowledged and is \(answer.body)")
            }
            // What was under way is finished, and everything is settled once.
            try await sandboxes[0].advance(seconds: 120)
            try await sandboxes[1].advance(seconds: 86_400)
            let doubled = try await standby.shell(
                "SELECT COUNT(*) FROM (SELECT value FROM aliases GROUP BY value HAVING COUNT(*) > 1) d",
                in: "failover")
            #expect(doubled == "0")
            try await expectVerified(sandboxes[1])
            let restarts = sandboxes.map(\.runs.count)
            #expect(restarts == [1, 1])
            print("Failover: \(journal.acknowledged.count) charges acknowledged, \(journal.refused) refused meanwhile")
        }

        private func waitFor(_ what: String, _ condition: () async throws -> Bool) async throws {
            guard try await eventually(condition) else { throw HarnessError("no \(what)") }
        }

        private func expectVerified(_ sandbox: Sandbox) async throws {
            let verified = try await sandbox.verify()
            #expect(verified.ending == .exited(0), "mekong verify: \(verified.text)")
        }
    }
}

/// What the clients of the failover test were told, and when.
final class FailoverJournal: Sendable {
    private struct State {
        var acknowledged: [(reference: String, at: ContinuousClock.Instant)] = []
        var refused = 0
    }

    private let state = Mutex(State())

    var acknowledged: [String] { state.withLock { $0.acknowledged.map(\.reference) } }
    var refused: Int { state.withLock { $0.refused } }

    /// The longest time between two acknowledgements.
    var longestSilence: Duration {
        let times = state.withLock { $0.acknowledged.map(\.at).sorted() }
        return zip(times, times.dropFirst()).map { $1 - $0 }.max() ?? .zero
    }

    func charge(_ reference: String, through shop: Shop) async {
        let answer = try? await shop.charge(.approved, reference: reference)
        state.withLock { state in
            if answer?.status == 200 {
                state.acknowledged.append((reference, .now))
            } else {
                state.refused += 1
            }
        }
    }
}
