import Foundation
import NIOHTTP1
import TestSupport
import Testing
import WireKit

extension ProcessTests {
    @Suite("Statements", .serialized)
    struct StatementTests {
        private static let good = """
            :20:S
            :25:0123456789
            :28C:1
            :60F:C260302THB0,
            :61:260302C100,5NTRFNONREF//A
            :61:260302D5,NCHGNONREF
            :62F:C260302THB95,5

            """

        @Test("a file is read once, a bad line is named and makes the exit code 1", .timeLimit(.minutes(20)))
        func command() async throws {
            try await Sandbox.with { sandbox in
                let (good, bad) = (sandbox.folder + "/good.sta", sandbox.folder + "/bad.sta")
                try Data(Self.good.utf8).write(to: URL(filePath: good))
                try Data(Self.good.replacing("D5,NCHGNONREF", with: "RC5,NCHG").utf8).write(to: URL(filePath: bad))
                let locked = try await importing(sandbox, good)
                #expect(locked.ending == .exited(2) && locked.errors.contains("POST /statements/"), "\(locked.text)")
                let overHTTP = try await sandbox.wire.send(
                    .POST, "/statements/demo/1?format=mt940",
                    ["authorization": "Bearer statements_test_key_7Qm2vK9sLxB4nRtYc8WdZ3"], body: Self.good)
                #expect(overHTTP.status == 200, "\(overHTTP.body)")
                #expect(try await sandbox.terminate() == .exited(0))

                let known = try await importing(sandbox, good)
                #expect(known.ending == .exited(0) && known.errors.isEmpty, "\(known.text)")
                #expect(known.output == "\(good): 0 new, 1 known, 0 matched, 1 debits left out, 0 refused\n")
                let refused = try await importing(sandbox, bad, sandbox.folder + "/none")
                #expect(refused.ending == .exited(1))
                #expect(refused.output.contains("line 6: ") && refused.output.contains("none: there is no such file"))
                let verified = try await sandbox.verify()
                #expect(
                    verified.ending == .exited(0) && verified.text.contains("1 statement lines"), "\(verified.text)")
            }
        }

        @Test("what cannot be begun is said in one line, with exit code 2", .timeLimit(.minutes(20)))
        func faults() async throws {
            try await Sandbox.with { sandbox in
                #expect(try await sandbox.terminate() == .exited(0))
                let file = sandbox.folder + "/good.sta"
                try Data(Self.good.utf8).write(to: URL(filePath: file))
                for options in [["--merchant", "nobody"], ["--data", sandbox.folder + "/none"]] {
                    let outcome = try await importing(sandbox, file, options: options)
                    #expect(outcome.ending == .exited(2), "\(options): \(outcome.text)")
                    #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.text)")
                }
            }
        }

        @Test("what nothing fits is shown beside a gateway, and matched where none runs", .timeLimit(.minutes(20)))
        func person() async throws {
            try await Sandbox.with { sandbox in
                let file = sandbox.folder + "/good.sta"
                try Data(Self.good.utf8).write(to: URL(filePath: file))
                let overHTTP = try await sandbox.wire.send(
                    .POST, "/statements/demo/1?format=mt940",
                    ["authorization": "Bearer statements_test_key_7Qm2vK9sLxB4nRtYc8WdZ3"], body: Self.good)
                #expect(overHTTP.status == 200, "\(overHTTP.body)")
                let shown = try await statement(sandbox, "unmatched")
                #expect(shown.ending == .exited(0) && shown.errors.isEmpty, "\(shown.text)")
                #expect(shown.output.contains("line 1  2026-03-02 00:00:00") && shown.output.contains("100.50 THB"))
                #expect(shown.output.contains("no deposit of this amount waits or has lapsed lately"))
                let match = ["--line", "1", "--deposit", "nobody", "--by", "somchai"]
                let locked = try await statement(sandbox, "match", match)
                #expect(locked.ending == .exited(2) && locked.errors.contains("POST /statements/"), "\(locked.text)")
                #expect(try await sandbox.terminate() == .exited(0))

                let refused = try await statement(sandbox, "match", match)
                #expect(refused.ending == .exited(1) && refused.output.isEmpty)
                #expect(refused.errors == "not matched: the merchant has no deposit nobody\n")
                let options = ["--json", "--since", "2026-03-01", "--limit", "1"]
                let json = try await statement(sandbox, "unmatched", options)
                #expect(json.ending == .exited(0))
                let beginning = #"{"merchant":"demo","account":1,"lines":[{"line":1,"#
                #expect(json.output.hasPrefix(beginning), "\(json.text)")
                let later = try await statement(sandbox, "unmatched", ["--since", "2026-03-03"])
                #expect(later.output == "merchant demo, account 1: 0 lines that nothing has used\n", "\(later.text)")
                for options in [["--limit", "0"], ["--since", "now"]] {
                    #expect(try await statement(sandbox, "unmatched", options).ending == .exited(64))
                }
                let nobody = try await statement(
                    sandbox, "match", ["--line", "1", "--deposit", "x", "--by", " "])
                #expect(nobody.ending == .exited(64), "\(nobody.text)")
                #expect(try await sandbox.verify().ending == .exited(0))
            }
        }

        @Test("a deposit that two people could pay is paid by the line that is named", .timeLimit(.minutes(20)))
        func paying() async throws {
            try await Sandbox.with { sandbox in
                let deposits = try await openTwo(sandbox)
                let line = try await sandbox.wire.post("/sandbox/bank/credits", #"{"amount": "100.00"}"#)
                #expect(line.status == 200 && line.body.contains("false"), "\(line.body)")
                #expect(try await sandbox.terminate() == .exited(0))
                let shown = try await statement(sandbox, "unmatched")
                #expect(shown.output.contains("line 1 "), "\(shown.text)")
                let match = ["--line", "1", "--deposit", deposits[1], "--by", "somchai"]
                let done = try await statement(sandbox, "match", match)
                #expect(done.ending == .exited(0) && done.output.hasPrefix("line 1 has paid deposit "), "\(done.text)")
                let again = try await statement(sandbox, "match", match)
                #expect(again.ending == .exited(1) && again.errors.contains("has paid this deposit already"))
                let verified = try await sandbox.verify()
                #expect(verified.ending == .exited(0), "\(verified.text)")
            }
        }

        /// Two PromptPay codes of 100 baht, each said to be scanned; their uuids.
        private func openTwo(_ sandbox: Sandbox) async throws -> [String] {
            let shop = try await BankShop(sandbox)
            var uuids: [String] = []
            for ref in ["one", "two"] {
                let answer = try await shop.invite(100, ref: ref, callback: "http://10.0.0.1/c")
                uuids.append(try #require(answer.json?["uuid"]?.stringValue, "\(answer)"))
            }
            for uuid in uuids { try #require(try await shop.scan(uuid).status == 200) }
            return uuids
        }

        private func statement(
            _ sandbox: Sandbox, _ command: String, _ options: [String] = []
        ) async throws -> Outcome {
            try await run(
                [Sandbox.binary, "statement", command, "--account", "1", "--data", sandbox.data] + options)
        }

        private func importing(
            _ sandbox: Sandbox, _ files: String..., options: [String] = []
        ) async throws -> Outcome {
            let data = options.contains("--data") ? [] : ["--data", sandbox.data]
            return try await run(
                [Sandbox.binary, "statement", "import", "--account", "1", "--format", "mt940"] + data + options + files)
        }
    }
}
