import Foundation
import TestSupport
import Testing

extension ProcessTests {
    @Suite("What is answered is on the disk", .serialized)
    struct DurabilityTests {
        let oneByOne = 20
        let together = 8
        let each = 5

        @Test("no charge is answered before its intent and its outcome are synced", .timeLimit(.minutes(20)))
        func answersFollowSyncs() async throws {
            let allowed = try await run(["strace", "-f", "-o", "/dev/null", "true"])
            try #require(
                allowed.ending == .exited(0),
                "strace must be installed and allowed to trace (ptrace), or this test shows nothing: \(allowed.errors)")

            try await withFolder { traceFolder in
                let file = traceFolder + "/trace"
                let log = try await Sandbox.with(under: SystemCallTrace.command(into: file)) { sandbox in
                    try await charge(try await Shop(sandbox))
                    #expect(try await sandbox.terminate() == .exited(0))
                    return "/" + (try await Books.database(in: sandbox.data)) + "-wal"
                }
                try check(SystemCallTrace(try String(contentsOfFile: file, encoding: .utf8)), log: log)
            }
        }

        private func charge(_ shop: Shop) async throws {
            var tokens: [String] = []
            for _ in 0..<(oneByOne + together * each) {
                tokens.append(try #require(try await shop.token(TestCard.approved.rawValue).text("token")))
            }
            for (number, token) in tokens.prefix(oneByOne).enumerated() {
                let answer = try await shop.charge(token: token, reference: "alone-\(number)")
                #expect(answer.status == 200 && answer.text("transaction_state") == "Authorized", "\(answer.body)")
            }
            let rest = Array(tokens.dropFirst(oneByOne).enumerated())
            _ = try await inParallel(rest, width: together) { number, token in
                let answer = try await shop.charge(token: token, reference: "together-\(number)")
                #expect(answer.status == 200 && answer.text("transaction_state") == "Authorized", "\(answer.body)")
            }
        }

        private func check(_ trace: SystemCallTrace, log: String) throws {
            // The simulated banks keep their books in another file, whose syncs do not count.
            try #require(trace.calls.contains { $0.target.hasSuffix(log) }, "the trace never mentions \(log)")
            let charges = trace.exchanges(beginningWith: "POST /card/v2/charge HTTP/1.1") { $0.hasSuffix(log) }
            #expect(charges.count == oneByOne + together * each)
            for (number, charge) in charges.enumerated() {
                #expect(charge.answer.contains("HTTP/1.1 200"))
                #expect(
                    charge.commits >= 2,
                    """
                    charge \(number) (\(number < oneByOne ? "alone" : "among others")) on \(charge.connection) was \
                    answered after \(charge.commits) synced commits, trace lines \(charge.arrived) to \(charge.left)
                    """)
            }
        }
    }
}
