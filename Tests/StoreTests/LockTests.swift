import GRDB
import Payments
import Store
import TestSupport
import Testing

@Suite struct LockTests {
    /// Takes the five seconds that a commit waits for a lock.
    @Test(.timeLimit(.minutes(20)))
    func `a database that someone else has locked is unavailable, and then recovers`() async throws {
        try await withStoreFile { store, scratch in
            try await store.commit(.insert(payment(1)))
            let shell = try scratch.shell()
            try await shell.lock()
            let outcomes = await together(20) { index in
                await Outcome.of { try await store.commit(.insert(payment(UInt64(index) + 100))) }
            }
            // Some wait for the group after the first, and so for a second lock.
            #expect(Set(outcomes) == [.unavailable])
            // Readers go on meanwhile.
            try await store.expect(payment(1)) { try $0.payment(id(1)) }
            try await shell.unlock()
            try await store.commit(.insert(payment(100)))
            try await store.expect(payment(100)) { try $0.payment(id(100)) }
            try await store.expect(nil) { try $0.payment(id(101)) }
            try shell.close()
        }
    }
}
