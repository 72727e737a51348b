import Ledger
import Payments
import Store
import Testing

@Suite struct EraseTests {
    @Test(arguments: TestEngine.all)
    func `erasing leaves the schema, the vault's keys and the directory's version, and nothing else`(
        engine: TestEngine
    ) async throws {
        try await TestDatabase.with(engine) { database in
            let store = try database.open()
            let keys = [
                KeyRecord(id: 1, purpose: "data", sealed: [1]), KeyRecord(id: 2, purpose: "lookup", sealed: [2]),
            ]
            try await store.commit(keys.map { .insertKey($0) })
            try await store.commit(
                .insert(payment(1)), .insertRefund(refund(1)), .transfer(transfer("t", .single, 5, from: bank)),
                .name(alias("R"), .payment(id(1))), .due(.payment(id(1)), .start), .insertNotice(notice(1)),
                .recordAttempt(
                    notice(1), number: 1, DeliveryAttempt(at: .start, status: 200, error: nil), .delivered, next: nil),
                .insertToken(token()), .insertChallenge(challenge()), .claimKey(record()),
                .countUsage(
                    UsageCount(
                        merchant: .shop, dialect: .fake,
                        usage: DailyUsage(day: CivilDay(number: 1), baht: baht(1)), limits: Limits())),
                .putMerchant(id: .shop, document: [1]),
                .putCredential(
                    CredentialRecord(lookup: [1], merchant: .shop, dialect: .fake, role: "secret", sealed: [2])))
            try await store.commit(.eraseEverything)
            try await store.expect(keys) { try $0.keys() }
            let kept: Set = ["keys", "schema_version", "settings", "writers"]
            let left = try await database.filledTables()
            #expect(left.subtracting(kept).isEmpty)
            #expect(kept.subtracting(left).isSubset(of: ["writers"]))
            try await store.commit(.insert(payment(1)))
            try await store.close()
        }
    }

    @Test(arguments: TestEngine.all)
    func `everything can be erased and begun anew in one commit`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.commit(.insert(payment(1)), .name(alias("R"), .payment(id(1))))
            try await store.commit(.eraseEverything, .insert(payment(1)), .name(alias("R"), .payment(id(2))))
            try await store.expect(.payment(id(2))) { try $0.subject(of: alias("R")) }
        }
    }
}
