import GRDB
import Payments
import Store
import TestSupport
import Testing

@Suite struct CloseTests {
    @Test func `a closed store is unavailable`() async throws {
        try await withScratch { scratch in
            let store = Store(engine: try scratch.engine())
            try await store.migrate()
            try await store.close()
            await expect(.unavailable) { try await store.commit(.insert(payment(1))) }
            await expect(.unavailable) { _ = try await store.read { try $0.payment(id(1)) } }
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `what waits when the store is closed is finished first`() async throws {
        try await withScratch { scratch in
            let store = Store(engine: try scratch.engine())
            try await store.migrate()
            // The first group waits for this lock, the others for the first group.
            let shell = try scratch.shell()
            try await shell.lock()
            var commits: [Task<Outcome, Never>] = []
            try await eventually("some commits wait for those that are under way") {
                let number = UInt64(commits.count)
                commits.append(Task { await Outcome.of { try await store.commit(.insert(payment(number))) } })
                return store.depth >= 9
            }
            let closing = Task { try await store.close() }
            try await eventually("closing has begun") {
                await Outcome.of { _ = try await store.read { try $0.nextDue() } } == .unavailable
            }
            try await shell.unlock()
            var stored = 0
            for commit in commits {
                let outcome = await commit.value
                // The last one may not have come to wait before the store was closed.
                #expect(outcome == .stored || outcome == .unavailable)
                if outcome == .stored { stored += 1 }
            }
            #expect(stored >= 9)
            try await closing.value
            let count = try await shell.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM payments") }
            #expect(count == stored)
            try shell.close()
        }
    }
}
