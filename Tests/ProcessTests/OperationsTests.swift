import Foundation
import Synchronization
import TestSupport
import Testing
import WireKit

extension ProcessTests {
    @Suite("Operations", .serialized)
    struct OperationsTests {
        @Test("it prints its address and a curl line that works", .timeLimit(.minutes(20)))
        func banner() async throws {
            try await withFolder { folder in
                let sandbox = Sandbox(folder: folder)
                try await sandbox.endingAfterwards {
                    try await sandbox.start()
                    try await expectBanner(of: sandbox)
                }
            }
        }

        private func expectBanner(of sandbox: Sandbox) async throws {
            let complete = try await eventually {
                let printed = sandbox.process.printed
                return printed.contains(sandbox.base) && curlLine(printed) != nil
            }
            #expect(complete, "\(sandbox.process.printed)")
            let line = try #require(curlLine(sandbox.process.printed))
            let answer = try await run(["sh", "-c", line])
            #expect(answer.ending == .exited(0), "\(line): \(answer.text)")
            let right = answer.output.contains(#""object""#) && !answer.output.contains(#""error""#)
            #expect(right, "\(answer.output)")
        }

        @Test("healthz, readyz and metrics answer", .timeLimit(.minutes(20)))
        func probes() async throws {
            try await Sandbox.with { sandbox in
                for path in ["/healthz", "/readyz", "/metrics"] {
                    #expect(try await sandbox.wire.get(path).status == 200, "\(path)")
                }
                _ = try await Shop(sandbox).charge(.approved, reference: "probes")
                let metrics = try await sandbox.wire.get("/metrics").body
                #expect(metrics.contains("# TYPE "), "not Prometheus text: \(metrics.prefix(200))")
            }
        }

        @Test("a SIGTERM lets requests in flight finish, takes no more and exits 0", .timeLimit(.minutes(20)))
        func gracefulStop() async throws {
            try await Sandbox.with { sandbox in
                let shop = try await Shop(sandbox)
                let journal = CrashJournal()
                let ending = try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<8 {
                        group.addTask {
                            // No sign to stop is given: only the gateway ends the loop, by taking no more.
                            var worker = CrashWorker(
                                shop: shop, journal: journal, name: "stop-\(number)", stop: StopSign(), refund: nil,
                                random: SplitMix64(seed: UInt64(number)))
                            await worker.work()
                        }
                    }
                    let busy = try await eventually { journal.charges.count >= 40 }
                    #expect(busy)
                    let ending = try await sandbox.terminate()
                    try await group.waitForAll()
                    return ending
                }
                #expect(ending == .exited(0))
                // Refusing a request is not taking it.
                let surprises = journal.surprises.filter { !$0.contains(" was answered 503 ") }
                #expect(surprises.isEmpty)

                try await sandbox.start()
                for claim in journal.charges {
                    let found = try await shop.inquire(claim.reference)
                    if let id = claim.id {
                        #expect(found.text("id") == id, "\(claim.reference) was answered and is \(found.body)")
                    } else {
                        #expect(found.status == 404, "\(claim.reference) was taken and never answered: \(found.body)")
                    }
                }
            }
        }

        @Test("data, credentials and settings survive a restart with the same folder", .timeLimit(.minutes(20)))
        func restart() async throws {
            let sink = try await WebhookSink.start()
            try await Sandbox.with { sandbox in
                try await sandbox.configure(#"{"kpayment": {"notify_url": "\#(sink.url)"}}"#)
                let shop = try await Shop(sandbox)
                let before = try await shop.charge(.approved, reference: "kept-1")
                let credentials = try await sandbox.wire.get("/sandbox/credentials").body
                #expect(try await sandbox.terminate() == .exited(0))
                try await sandbox.start()

                let after = try await shop.inquire("kept-1")
                #expect(after.text("id") == before.text("id") && after.text("transaction_state") == "Authorized")
                #expect(try await sandbox.wire.get("/sandbox/credentials").body == credentials)
                let next = try await shop.charge(.approved, reference: "kept-2")
                let id = try #require(next.text("id"), "\(next.body)")
                let told = try await eventually { sink.bodies.contains { $0.contains(id) } }
                #expect(told, "the notify address was forgotten")
            }
            try await sink.stop()
        }

        @Test("--data :memory: works and leaves nothing", .timeLimit(.minutes(20)))
        func memory() async throws {
            try await withFolder { folder in
                let (home, temporary) = (folder + "/home", folder + "/tmp")
                for path in [home, temporary] {
                    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
                }
                let sandbox = Sandbox(folder: folder, data: ":memory:")
                try await sandbox.endingAfterwards {
                    // `env -C` gives the process a working folder in which nothing of the test's own lies.
                    try await sandbox.start(under: ["env", "-C", home], variables: ["TMPDIR": temporary])
                    let answer = try await Shop(sandbox).charge(.approved, reference: "memory")
                    #expect(answer.text("transaction_state") == "Authorized", "\(answer.body)")
                    #expect(try await sandbox.terminate() == .exited(0))
                }
                for path in [home, temporary] {
                    #expect(try FileManager.default.contentsOfDirectory(atPath: path).isEmpty, "\(path)")
                }
            }
        }

        @Test("verify finds a transfer that was changed behind its back and names it", .timeLimit(.minutes(20)))
        func tampering() async throws {
            try await Sandbox.with { sandbox in
                let shop = try await Shop(sandbox)
                for number in 0..<3 {
                    let answer = try await shop.charge(.approved, reference: "books-\(number)")
                    _ = try await shop.settle(try #require(answer.text("id"), "\(answer.body)"))
                }
                #expect(try await sandbox.terminate() == .exited(0))
                let clean = try await sandbox.verify()
                #expect(clean.ending == .exited(0), "\(clean.text)")

                try await Books.tamper(in: sandbox.data)
                let changed = try await sandbox.verify()
                #expect(changed.ending != .exited(0))
                let named = changed.errors.contains(/difference: .*(account|transfer) \S*\w/)
                #expect(named, "\(changed.text)")
            }
        }

        @Test("version prints one line")
        func version() async throws {
            let outcome = try await run([Sandbox.binary, "version"])
            #expect(outcome.ending == .exited(0))
            #expect(outcome.output.split(separator: "\n").count == 1, "\(outcome.output)")
        }

        @Test("a second process on a port that is taken says so and exits with a failure", .timeLimit(.minutes(20)))
        func portTaken() async throws {
            try await Sandbox.with { sandbox in
                let second = try await run(
                    [Sandbox.binary, "sandbox", "--port", "\(sandbox.port)", "--data", ":memory:"])
                #expect(second.ending != .exited(0))
                #expect(second.text.contains("\(sandbox.port)"), "\(second.text)")
                #expect(second.text.lowercased().contains("in use"), "\(second.text)")
                #expect(try await sandbox.wire.get("/readyz").status == 200)
            }
        }
    }
}

/// The banner's line for K-Payment, from its `curl` on.
private func curlLine(_ banner: String) -> String? {
    banner.split(separator: "\n")
        .first { $0.contains("curl ") && ($0.contains("/ui/v2/token") || $0.contains("/card/v2/")) }
        .flatMap { line in line.range(of: "curl ").map { String(line[$0.lowerBound...]) } }
}
