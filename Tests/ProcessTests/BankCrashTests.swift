import TestSupport
import Testing
import WireKit

extension ProcessTests {
    @Suite("Crashes with banks", .serialized)
    struct BankCrashTests {
        let kills = 12
        let workers = 8
        let seed: UInt64 = 20_260_131

        @Test(
            "deposits, statement lines and transfers outlive a kill -9, each once", .timeLimit(.minutes(20)))
        func killedAgainAndAgain() async throws { try await killAgainAndAgain(database: nil) }

        @Test("the same on PostgreSQL", .timeLimit(.minutes(20)))
        func killedAgainAndAgainOnPostgreSQL() async throws {
            try await withCluster(.fast) { cluster in
                try await cluster.makeDatabase("bankcrash")
                try await killAgainAndAgain(database: cluster.url("bankcrash"))
            }
        }

        private func killAgainAndAgain(database: String?) async throws {
            let sink = try await WebhookSink.start()
            try await Sandbox.with(database: database) { sandbox in
                let shop = try await BankShop(sandbox)
                let journal = BankJournal(databaseMayBeBusy: database != nil)
                var random = SplitMix64(seed: seed)
                for round in 0..<kills {
                    try await load(shop, journal, round: round, sink.url, random: &random) {
                        try await sandbox.kill9()
                    }
                    try await sandbox.start()
                }
                try await audit(sandbox, shop, journal, sink)
                #expect(try await sandbox.terminate() == .exited(0))
                let verified = try await sandbox.verify()
                #expect(verified.ending == .exited(0), "mekong verify: \(verified.text)")
            }
            try await sink.stop()
        }

        /// Lets the workers loose, kills the process after a random number of answers of each kind, whatever else is under
        /// way, and waits until the workers have noticed.
        private func load(
            _ shop: BankShop, _ journal: BankJournal, round: Int, _ callback: String,
            random: inout SplitMix64, kill: () async throws -> Void
        ) async throws {
            let stop = StopSign()
            let before = journal.now
            let goal = Int.random(in: 4...16, using: &random)
            let crew = (0..<workers).map { number in
                BankCrashWorker(
                    shop: shop, journal: journal, name: "round-\(round)-worker-\(number)", callback: callback,
                    stop: stop, random: SplitMix64(seed: random.next()))
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in crew {
                    group.addTask {
                        var worker = worker
                        await worker.work()
                    }
                }
                _ = try await eventually(every: .milliseconds(1)) {
                    journal.with { now in
                        now.kept.count >= before.kept.count + goal && now.paid.count > before.paid.count
                            && now.transfers.count > before.transfers.count || !now.surprises.isEmpty
                    }
                }
                stop.raise()
                try await kill()
                try await group.waitForAll()
            }
        }

        private func audit(
            _ sandbox: Sandbox, _ shop: BankShop, _ journal: BankJournal, _ sink: WebhookSink
        ) async throws {
            let state = journal.now
            shop.turnPatient()
            #expect(state.surprises.isEmpty, "\(state.surprises.prefix(3))")
            // What was answered is there; what was cut off is there or comes now. Each is one line.
            let again = try await inParallel(Array(state.credits)) { reference, baht in
                (reference, try await shop.credit(reference, baht).json?["new"]?.boolValue)
            }
            let lost = again.filter { state.kept.contains($0.0) && $0.1 != false }
            #expect(lost.isEmpty, "answered and not kept: \(lost.prefix(5))")

            for uuid in state.paid {
                let answer = try await shop.call("get_prompt_pay_qrcode_by_uuid", #", "uuid": "\#(uuid)""#)
                #expect(answer.json?["prompt_pay_qrcode"]?["status"]?.stringValue == "V", "\(uuid): \(answer.body)")
            }
            // Whoever redeemed the line of a code without money was answered, or cut off.
            let unexplained = state.overtaken.subtracting(state.redeemedAmounts)
            #expect(unexplained.count <= state.cutOffRedemptions, "codes without money whose lines nobody redeemed")
            for number in state.redeemed {
                let answer = try await shop.redeem(number)
                #expect(answer.status == 409, "line \(number) can be redeemed twice: \(answer.body)")
            }
            // Whatever is left is redeemed: then everything that has arrived is the shop's, but for what it has sent.
            let numbers = state.credits.count + kills * workers * 2 + 20
            _ = try await inParallel(Array(1...numbers)) { try await shop.redeem($0).status }

            let sent = try await transfers(sandbox, shop, upTo: state.askedTransfers + (kills + 1) * 20)
            let missing = state.transfers.subtracting(sent.keys)
            #expect(missing.isEmpty, "answered and not there: \(missing)")
            #expect(sent.count <= state.askedTransfers)
            #expect(sent.values.allSatisfy { $0 == "S" }, "\(sent.filter { $0.value != "S" })")
            #expect(try await Books.payoutsLeft(in: sandbox.data) == "\(sent.count) \(sent.count * 50_000)")
            let worth = state.credits.values.reduce(0, +) - sent.count * 500
            #expect(try await shop.balance() == "\(worth).00")

            // Callbacks are sent once: some may be lost with a process, none comes twice.
            #expect(Set(sink.bodies).count == sink.bodies.count)
            print(
                """
                Bank crash test, seed \(seed): \(kills) kills, \(state.kept.count) of \(state.credits.count) credits \
                answered, \(state.paid.count) deposits paid, \(state.redeemed.count) lines redeemed, \(sent.count) \
                transfers of which \(state.transfers.count) were answered, \(sink.bodies.count) callbacks
                """)
            #expect(state.kept.count >= kills * 4 && state.transfers.count >= kills && state.paid.count >= kills)
        }

        /// Every transfer that exists, with its state once all have ended.
        private func transfers(_ sandbox: Sandbox, _ shop: BankShop, upTo last: Int) async throws -> [Int: String] {
            var found: [Int: String] = [:]
            _ = try await eventually(every: .milliseconds(500)) {
                try await sandbox.advance(seconds: 120)
                let states = try await inParallel(Array(1...last)) { number in
                    (
                        number,
                        try await shop.transfer(number).json?["transfer"]?.arrayValue?.first?["status"]?.stringValue
                    )
                }
                found = Dictionary(
                    uniqueKeysWithValues: states.compactMap { number, state in state.map { (number, $0) } })
                return found.values.allSatisfy { $0 == "S" || $0 == "F" }
            }
            return found
        }
    }
}
