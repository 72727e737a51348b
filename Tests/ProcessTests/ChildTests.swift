import Foundation
import TestSupport
import Testing

extension ProcessTests {
    /// What the harness knows of the programs that it starts.
    @Suite("Programs that tests start")
    struct ChildTests {
        @Test("one has ended when it ends, also where it leaves another behind", .timeLimit(.minutes(20)))
        func leavingOneBehind() async throws {
            try await withFolder { folder in
                let child = try await Child(
                    ["bash", "-c", "sleep 600 & echo $!; exit 3"], in: folder, logs: "\(folder)/run")
                let ending = try await child.end()
                let left = try #require(Int32(child.printed.trimmingCharacters(in: .whitespacesAndNewlines)))
                defer { kill(left, SIGKILL) }
                #expect(ending == .exited(3))
                #expect(kill(left, 0) == 0)
            }
        }

        @Test("one that is killed is told by its signal", .timeLimit(.minutes(20)))
        func killed() async throws {
            try await withFolder { folder in
                let child = try await Child(["sleep", "600"], in: folder, logs: "\(folder)/run")
                child.send(SIGKILL)
                #expect(try await child.end() == .killed(signal: SIGKILL))
            }
        }
    }
}
