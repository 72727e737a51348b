import Foundation
import GRDB
import Payments
import Store
import Testing

@Suite struct DamageTests {
    @Test(arguments: [100, 5_000, 100_000])
    func `a file that is no database is damaged`(size: Int) async throws {
        try await withScratch { scratch in
            try Data(repeating: 0x5A, count: size).write(to: URL(filePath: scratch.database))
            let outcome = await Outcome.of {
                let store = Store(engine: try scratch.engine())
                try await store.migrate()
            }
            #expect(outcome == .damaged)
        }
    }

    @Test func `a database whose second half is garbage is damaged for readers and writers`() async throws {
        try await withScratch { scratch in
            let store = Store(engine: try scratch.engine())
            try await store.migrate()
            try await store.commit((UInt64(1)...3_000).map { .insert(payment($0)) })
            try await store.close()
            var bytes = try Data(contentsOf: URL(filePath: scratch.database))
            for index in bytes.count / 2..<bytes.count { bytes[index] = 0x5A }
            try bytes.write(to: URL(filePath: scratch.database))

            let again = Store(engine: try scratch.engine())
            await expect(.damaged) { _ = try await again.read { try $0.forEachPayment { _ in } } }
            await expect(.damaged) { try await again.commit(.insert(payment(900))) }
            try? await again.close()
        }
    }

    @Test func `a folder that is not there is unavailable`() async throws {
        try await withScratch { scratch in
            scratch.remove()
            await expect(.unavailable) { _ = try scratch.engine() }
        }
    }

    /// What no program of ours wrote: the reader says so and does not guess.
    static let foreign = [
        "state = 'paid'", "currency = 'XXX'", "amount = 'much'", "amount = 1.5", "id = 'p1'", "card_brand = 'maestro'",
        "echo = 'text'", "created = NULL", "rate = -1, settled = 1, fee = 0, vat = 0, captured = 5",
    ]

    @Test(arguments: foreign)
    func `a payment that was changed from outside is damaged`(change: String) async throws {
        try await withStoreFile { store, scratch in
            try await store.commit(.insert(payment(1)))
            let isTaken =
                await Outcome.of {
                    try await scratch.shell().write { try $0.execute(sql: "UPDATE payments SET \(change)") }
                } == .stored
            guard isTaken else { return }
            await expect(.damaged) { _ = try await store.read { try $0.forEachPayment { _ in } } }
            await expect(.stored) { try await store.commit(.insert(payment(2))) }
        }
    }
}
