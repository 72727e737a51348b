import Ledger
import Payments
import Store
import Testing

@Suite struct GuardTests {
    @Test(arguments: TestEngine.all, [1, 2, 4, 9])
    func `an update that expects another version is stale`(engine: TestEngine, version: Int64) async throws {
        try await withStore(engine) { store in
            try await store.commit(.insert(payment(1, version: 2)))
            let update = payment(1, version: version, state: .authorized)
            #expect(try await store.conflict(.update(update)) == .stale("payment \(update.id)"))
            try await store.expect(payment(1, version: 2)) { try $0.payment(id(1)) }
        }
    }

    @Test(arguments: TestEngine.all)
    func `an update of the version before goes through, once`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.commit(.insert(payment(1)))
            let update = payment(1, version: 2, state: .authorized)
            #expect(try await store.conflict(.update(update)) == nil)
            #expect(try await store.conflict(.update(update)) != nil)
            try await store.expect(update) { try $0.payment(id(1)) }
        }
    }

    @Test(arguments: TestEngine.all)
    func `what is not there is stale, and what is there cannot be inserted again`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            #expect(try await store.conflict(.update(payment(1, version: 2))) == .stale("payment \(payment(1).id)"))
            #expect(try await store.conflict(.updateRefund(refund(1, version: 2))) == .stale("refund \(refund(1).id)"))
            try await store.commit(.insert(payment(1)), .insertRefund(refund(1)))
            #expect(try await store.conflict(.insert(payment(1))) == .stale("payment \(payment(1).id)"))
            #expect(try await store.conflict(.insertRefund(refund(1))) == .stale("refund \(refund(1).id)"))
        }
    }

    @Test(arguments: TestEngine.all)
    func `a refund's update that expects another version is stale`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.commit(.insertRefund(refund(1)))
            #expect(try await store.conflict(.updateRefund(refund(1, version: 3, state: .sent))) != nil)
            #expect(try await store.conflict(.updateRefund(refund(1, version: 2, state: .sent))) == nil)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a name is taken once for each dialect, merchant and kind`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            let subject = Subject.payment(id(1))
            try await store.commit(.name(alias("R1"), subject))
            #expect(
                try await store.conflict(.name(alias("R1"), .payment(id(2))))
                    == .aliasTaken(kind: "reference", value: "R1"))
            let other = Alias(
                Alias.Kind(rawValue: "reference"), "R1", dialect: DialectID(rawValue: "other"), merchant: .shop)
            for alias in [alias("R1", kind: "order"), alias("R1", .stall), alias("r1"), alias("R1 "), other] {
                #expect(try await store.conflict(.name(alias, subject)) == nil)
            }
            try await store.expect(subject) { try $0.subject(of: alias("R1")) }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a token is spent once, and its security code goes with it`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.commit(.insertToken(token()))
            #expect(try await store.conflict(.spendToken(key: tokenKey(), by: id(1))) == nil)
            #expect(try await store.conflict(.spendToken(key: tokenKey(), by: id(2))) == .tokenSpent)
            #expect(try await store.conflict(.spendToken(key: tokenKey(9), by: id(2))) == .tokenSpent)
            let spent = try await store.read { try $0.token(tokenKey()) }
            #expect(spent?.usedBy == id(1))
            #expect(spent?.sealedCode == nil)
            #expect(spent?.sealedCard == [1, 2, 3])
        }
    }

    @Test(arguments: TestEngine.all)
    func `an idempotency key is claimed once and keeps its response`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.commit(.claimKey(record(1)))
            #expect(try await store.conflict(.claimKey(record(1))) == .keyTaken)
            try await store.expect(record(1)) { try $0.idempotency([1]) }
            try await store.commit(.completeKey(key: [1], response: [5, 6]))
            try await store.expect(record(1, response: [5, 6])) { try $0.idempotency([1]) }
        }
    }

    @Test(arguments: TestEngine.all)
    func `an idempotency key whose time is over can be claimed again before it is swept`(engine: TestEngine)
        async throws
    {
        try await withStore(engine) { store in
            try await store.commit(.claimKey(record(1, response: [1], expires: .after(10))))
            let again = record(1, expires: .after(86_411))
            #expect(try await store.conflict(.claimKey(again), at: .after(9)) == .keyTaken)
            #expect(try await store.conflict(.claimKey(again), at: .after(11)) == nil)
            try await store.expect(again) { try $0.idempotency([1]) }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a notice that is not there cannot be sent again`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            let conflict = try await store.conflict(.replay(notice(1).id))
            #expect(conflict == .stale("notice \(notice(1).id)"))
        }
    }

    @Test(arguments: TestEngine.all)
    func `a challenge is wiped by its key and by its payment, and by no other`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.commit(
                [(1, 1), (2, 1), (3, 2)].map { .insertChallenge(challenge($0.0, of: id($0.1))) })
            func codes() async throws -> [Bool] {
                try await store.read { reader in
                    try (UInt8(1)...3).map { number in
                        let challenge = try reader.challenge(tokenKey(number))
                        return challenge?.sealedCard != nil && challenge?.sealedCode != nil
                    }
                }
            }
            try await store.commit(.wipeChallenge(key: tokenKey(2)))
            #expect(try await codes() == [true, false, true])
            try await store.commit(.wipeChallenges(of: id(1)))
            #expect(try await codes() == [false, false, true])
            try await store.expect([3]) { try $0.challenge(tokenKey(1))?.sealedReturn }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a commit of nothing is no commit`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.commit(Changes(at: .start))
        }
    }

    @Test(arguments: TestEngine.all)
    func `whichever guard of a commit fails, nothing of it is stored`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.commit(.name(alias("taken"), .payment(id(9))))
            let conflict = try await store.conflict(
                .insert(payment(1)), .due(.payment(id(1)), .start), .transfer(transfer("t1", .single, 5, from: bank)),
                .insertToken(token()), .putSetting(name: "x", value: "1"), .name(alias("taken"), .payment(id(1))))
            #expect(conflict == .aliasTaken(kind: "reference", value: "taken"))
            let isEmpty = try await store.read { reader in
                try reader.payment(id(1)) == nil && reader.nextDue() == nil && reader.balance(of: purse).posted == 0
                    && reader.token(tokenKey()) == nil && reader.setting("x") == nil
            }
            #expect(isEmpty)
            #expect(try await store.transfers().isEmpty)
        }
    }
}
