import Ledger
import Payments
import Store
import Testing

@Suite struct SweepTests {
    /// Sweeps at so many seconds after the start.
    func sweep(_ store: Store, at second: Int64, since: Instant = .after(-1_000_000)) async throws {
        let expired = Instant.after(second - CardToken.lifetimeSeconds)
        try await store.commit(
            [.wipeCodes(madeFrom: since, to: expired), .sweep(wallTime: .after(second))], at: .after(second))
    }

    func hasMore(_ store: Store, at second: Int64) async throws -> Bool {
        try await store.read { try $0.hasMoreToSweep(at: .after(second), wallTime: .after(second)) }
    }

    @Test(arguments: TestEngine.all)
    func `an expired token loses its code, one that is still good keeps it`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.commit(.insertToken(token(1)), .insertToken(token(2, madeAt: .after(300))))
            try await sweep(store, at: 599)
            try await store.expect(true) { try $0.hasCode(tokenKey(1)) }
            try await sweep(store, at: 601)
            try await store.expect(false) { try $0.hasCode(tokenKey(1)) }
            try await store.expect(true) { try $0.hasCode(tokenKey(2, madeAt: .after(300))) }
        }
    }

    @Test(arguments: TestEngine.all)
    func `tokens made before the last sweep are not looked at again`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.commit(.insertToken(token(1)))
            try await sweep(store, at: 10_000, since: .after(1))
            try await store.expect(true) { try $0.hasCode(tokenKey(1)) }
            try await sweep(store, at: 10_000, since: .start)
            try await store.expect(false) { try $0.hasCode(tokenKey(1)) }
        }
    }

    @Test(arguments: TestEngine.all)
    func `what ended is kept for a day and then gone`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.commit(.insertToken(token(1)), .insertChallenge(challenge(1)))
            try await sweep(store, at: 86_400)
            #expect(try await !hasMore(store, at: 86_400))
            try await store.expect(true) { try $0.token(tokenKey(1)) != nil }
            try await store.expect(true) { try $0.challenge(tokenKey(1)) != nil }
            #expect(try await hasMore(store, at: 86_400 + 901))
            try await sweep(store, at: 86_400 + 901)
            try await store.expect(nil) { try $0.token(tokenKey(1)) }
            try await store.expect(nil) { try $0.challenge(tokenKey(1)) }
            #expect(try await !hasMore(store, at: 86_400 + 901))
        }
    }

    @Test(arguments: TestEngine.all)
    func `an idempotency key is gone when its time is over`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.commit(.claimKey(record(1, expires: .after(100))), .claimKey(record(2)))
            try await sweep(store, at: 99)
            try await store.expect(true) { try $0.idempotency([1]) != nil }
            #expect(try await hasMore(store, at: 100))
            try await sweep(store, at: 100)
            try await store.expect(nil) { try $0.idempotency([1]) }
            try await store.expect(true) { try $0.idempotency([2]) != nil }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a sweep deletes a bounded number and says that there is more`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            let old = (0..<2_100).map { number in
                IdempotencyRecord(
                    key: [UInt8(number >> 8), UInt8(number & 255)], request: [], subject: .payment(id(1)),
                    expires: .start)
            }
            try await store.commit(old.map { .claimKey($0) }, at: .after(-10))
            try await sweep(store, at: 1)
            #expect(try await hasMore(store, at: 1))
            try await sweep(store, at: 1)
            #expect(try await !hasMore(store, at: 1))
        }
    }

    @Test(arguments: TestEngine.all)
    func `a sweep leaves what merchants and books live by`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.commit(
                .insert(payment(1)), .insertRefund(refund(1)), .transfer(transfer("t", .single, 5, from: bank)),
                .name(alias("R"), .payment(id(1))), .due(.payment(id(1)), .start), .insertNotice(notice(1)),
                .putSetting(name: "x", value: "1"))
            try await sweep(store, at: 900_000)
            let stays = try await store.read { reader in
                try reader.payment(id(1)) != nil && reader.refund(id(1)) != nil && reader.balance(of: purse).posted == 5
                    && reader.subject(of: alias("R")) != nil && reader.nextDue() != nil
                    && reader.pendingNotices() == 1 && reader.setting("x") == "1"
            }
            #expect(stays)
        }
    }
}

extension Reader {
    /// Whether the token still has its security code; nil where there is no such token.
    fileprivate func hasCode(_ key: [UInt8]) throws -> Bool? { try token(key).map { $0.sealedCode != nil } }
}
