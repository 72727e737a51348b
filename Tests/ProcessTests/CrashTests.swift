import TestSupport
import Testing

extension ProcessTests {
    @Suite("Crashes", .serialized)
    struct CrashTests {
        let kills = 25
        let workers = 8
        /// Of the workers of a round, this many also refund a settled charge.
        let refunders = 6
        let seed: UInt64 = 20_260_131

        @Test("what a client was told before a kill -9 holds after it, nothing happens twice", .timeLimit(.minutes(20)))
        func killedAgainAndAgain() async throws {
            try await killAgainAndAgain(database: nil)
        }

        @Test("the same on PostgreSQL", .timeLimit(.minutes(20)))
        func killedAgainAndAgainOnPostgreSQL() async throws {
            try await withCluster(.fast) { cluster in
                try await cluster.makeDatabase("crash")
                try await killAgainAndAgain(database: cluster.url("crash"))
            }
        }

        private func killAgainAndAgain(database: String?) async throws {
            let sink = try await WebhookSink.start()
            try await Sandbox.with(database: database) { sandbox in
                // Without automatic capture only this client moves a charge on.
                try await sandbox.configure(#"{"kpayment": {"notify_url": "\#(sink.url)", "auto_capture": false}}"#)
                let shop = try await Shop(sandbox)
                let journal = CrashJournal(databaseMayBeBusy: database != nil)
                let settled = try await settleSome(sandbox, shop.patient, journal)

                var random = SplitMix64(seed: seed)
                for round in 0..<kills {
                    let claims = Array(settled[round * refunders..<(round + 1) * refunders])
                    try await load(shop, journal, round: round, refunding: claims, random: &random) {
                        try await sandbox.kill9()
                    }
                    try await sandbox.start()
                }

                let audit = CrashAudit(shop: shop.patient)
                report(try await inParallel(journal.charges) { try await audit.problemsAtOnce($0) }.flatMap(\.self))
                report(try await finish(sandbox, audit, journal))
                report(try await notices(sandbox, audit, sink, settled.map(\.charge)))
                report(journal.surprises)
                summarize(journal, audit, sink)

                try await expectVerified(sandbox, "while it runs")
                #expect(try await sandbox.terminate() == .exited(0))
                try await expectVerified(sandbox, "after it stopped")
            }
            try await sink.stop()
        }

        /// Makes the settled charges that the rounds refund: only a settled charge can be, and that takes a night.
        private func settleSome(_ sandbox: Sandbox, _ shop: Shop, _ journal: CrashJournal) async throws -> [RefundClaim]
        {
            let claims = try await inParallel(Array(0..<kills * refunders)) { number in
                let charged = try await shop.charge(.approved, reference: "settled-\(number)")
                let id = try #require(charged.text("id"), "\(charged.body)")
                let captured = try await shop.settle(id)
                try #require(captured.text("transaction_state") == "Captured", "\(captured.body)")
                return RefundClaim(charge: id, amount: number.isMultiple(of: 2) ? "100.00" : "40.00")
            }
            try await sandbox.advance(seconds: 86_400)
            for claim in claims { journal.adds(claim) }
            let last = try await shop.inquire(claims[claims.count - 1].charge)
            try #require(last.text("transaction_state") == "Settled", "\(last.body)")
            return claims
        }

        /// Lets the workers loose, kills the process after a random number of answers, whatever else is under way, and
        /// waits until the workers have noticed.
        private func load(
            _ shop: Shop, _ journal: CrashJournal, round: Int, refunding claims: [RefundClaim],
            random: inout SplitMix64, kill: () async throws -> Void
        ) async throws {
            let stop = StopSign()
            let goal = journal.answered + Int.random(in: 4...24, using: &random)
            let crew = (0..<workers).map { number in
                CrashWorker(
                    shop: shop, journal: journal, name: "round-\(round)-worker-\(number)", stop: stop,
                    refund: number < claims.count
                        ? (claim: claims[number], after: Int.random(in: 0...4, using: &random)) : nil,
                    random: SplitMix64(seed: random.next()))
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in crew {
                    group.addTask {
                        var worker = worker
                        await worker.work()
                    }
                }
                _ = try await eventually(every: .milliseconds(1)) {
                    journal.answered >= goal || !journal.surprises.isEmpty
                }
                stop.raise()
                try await kill()
                try await group.waitForAll()
            }
        }

        /// Lets everything unfinished fall due, and asks until nothing is wrong any more or the time is over.
        /// - Returns: what is still wrong.
        private func finish(_ sandbox: Sandbox, _ audit: CrashAudit, _ journal: CrashJournal) async throws -> [String] {
            var charges = journal.charges
            var refunds = journal.refunds
            var problems: [String] = []
            _ = try await eventually(every: .milliseconds(500)) {
                try await sandbox.advance(seconds: 120)
                let ofCharges = try await inParallel(charges) { ($0, try await audit.problems($0)) }
                let ofRefunds = try await inParallel(refunds) { ($0, try await audit.problems($0)) }
                charges = ofCharges.filter { !$0.1.isEmpty }.map(\.0)
                refunds = ofRefunds.filter { !$0.1.isEmpty }.map(\.0)
                problems = ofCharges.flatMap(\.1) + ofRefunds.flatMap(\.1)
                return problems.isEmpty
            }
            return problems
        }

        /// Waits for the notices: one that was under way when the process died is tried again later.
        private func notices(
            _ sandbox: Sandbox, _ audit: CrashAudit, _ sink: WebhookSink, _ settled: [String]
        ) async throws -> [String] {
            var problems: [String] = []
            _ = try await eventually(every: .milliseconds(500)) {
                try await sandbox.advance(seconds: 120)
                problems = audit.problems(notices: sink.bodies, alsoOf: settled)
                return problems.isEmpty
            }
            return problems
        }

        private func report(_ problems: [String]) {
            for problem in problems.sorted().prefix(20) { Issue.record("\(problem)") }
            if problems.count > 20 { Issue.record("and \(problems.count - 20) more like these") }
        }

        private func summarize(_ journal: CrashJournal, _ audit: CrashAudit, _ sink: WebhookSink) {
            let charges = journal.charges
            let answered = charges.count { $0.id != nil }
            let cutOff = charges.count - answered
            let asked = journal.refunds.filter(\.asked)
            print(
                """
                Crash test, seed \(seed): \(kills) kills, \(answered) charges answered, \(cutOff) cut off, \
                of which \(audit.chargesFound - answered) exist; \(asked.count { $0.id != nil }) of \
                \(asked.count) refunds answered; \(sink.bodies.count) notices
                """)
            // Fewer would mean that the kills hit an idle process and the test shows nothing.
            #expect(answered >= kills * 4)
        }

        private func expectVerified(_ sandbox: Sandbox, _ when: String) async throws {
            let verified = try await sandbox.verify()
            #expect(verified.ending == .exited(0), "mekong verify \(when): \(verified.text)")
        }
    }
}
