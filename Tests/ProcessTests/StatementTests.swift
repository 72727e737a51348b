import Foundation
import NIOHTTP1
import TestSupport
import Testing

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

        @Test("a file is read once, a bad line is named and makes the exit code 1", .timeLimit(.minutes(2)))
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

        @Test("what cannot be begun is said in one line, with exit code 2", .timeLimit(.minutes(2)))
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

        private func importing(
            _ sandbox: Sandbox, _ files: String..., options: [String] = []
        ) async throws -> Outcome {
            let data = options.contains("--data") ? [] : ["--data", sandbox.data]
            return try await run(
                [Sandbox.binary, "statement", "import", "--account", "1", "--format", "mt940"] + data + options + files)
        }
    }
}
