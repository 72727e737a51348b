import Ledger
import Payments
import Store
import TestSupport
import Testing

@Suite struct ConcurrencyTests {
    @Test(arguments: TestEngine.all)
    func `of two hundred who spend at once exactly as many succeed as the balance covers`(engine: TestEngine)
        async throws
    {
        try await withStore(engine) { store in
            try await store.fund(wallet, 737)
            let outcomes = await together(200) { index in
                await Outcome.of { try await store.commit(.transfer(transfer("t\(index)", .single, 10))) }
            }
            #expect(outcomes.count(of: .stored) == 73)
            let floor = Outcome.conflict(.insufficientFunds(account: wallet.key))
            #expect(outcomes.count(of: floor) == 127)
            #expect(try await store.balance(of: wallet) == Balance(posted: 7))
            #expect(try await store.balance(of: purse) == Balance(posted: 730))
            #expect(try await store.transfers().count == 74)
        }
    }

    @Test(arguments: TestEngine.all)
    func `holds at once cannot set aside more than there is`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.fund(wallet, 1_000)
            let outcomes = await together(200) { index in
                await Outcome.of { try await store.commit(.transfer(transfer("t\(index)", .hold, 9))) }
            }
            #expect(outcomes.count(of: .stored) == 111)
            #expect(try await store.balance(of: wallet) == Balance(posted: 1_000, held: 999))
        }
    }

    @Test(arguments: TestEngine.all)
    func `of many who end one hold one succeeds`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.fund(wallet, 100)
            try await store.commit(.transfer(transfer("h", .hold, 100)))
            let outcomes = await together(50) { index in
                let kind: Transfer.Kind = index % 2 == 0 ? .post(of: hold("h", 100)) : .release(of: hold("h", 100))
                return await Outcome.of { try await store.commit(.transfer(transfer("e\(index)", kind, 100))) }
            }
            #expect(outcomes.count(of: .stored) == 1)
            #expect(try await store.balance(of: wallet).held == 0)
        }
    }

    /// Half of these lose on their last guard, after everything else of them was written.
    @Test(arguments: TestEngine.all)
    func `a losing commit leaves nothing behind and does not harm its neighbours`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.commit(.name(alias("taken"), .payment(id(9_999))))
            let outcomes = await together(200) { index in
                let subject = Subject.payment(id(UInt64(index)))
                return await Outcome.of {
                    try await store.commit(
                        .insert(payment(UInt64(index))), .due(subject, .after(Int64(index))),
                        .transfer(transfer("t\(index)", .single, 1, from: bank)),
                        .insertNotice(notice(UInt64(index), about: subject.key)),
                        .name(alias(index % 2 == 0 ? "R\(index)" : "taken"), subject))
                }
            }
            let lost = Outcome.conflict(.aliasTaken(kind: "reference", value: "taken"))
            for (index, outcome) in outcomes.enumerated() {
                #expect(outcome == (index % 2 == 0 ? .stored : lost), "\(index)")
            }
            let even = (0..<200).filter { $0 % 2 == 0 }
            let (payments, due, notices) = try await store.read { reader in
                var payments: [Payment] = []
                try reader.forEachPayment { payments.append($0) }
                return (
                    payments, try reader.due(by: .after(1_000), for: .me, limit: 1_000),
                    try reader.notices(limit: 1_000)
                )
            }
            let (expectedIDs, expectedDues) = (
                even.map { id(UInt64($0)) as ID<Payment> }, even.map { Instant.after(Int64($0)) }
            )
            #expect(payments.map(\.id) == expectedIDs)
            #expect(due.map(\.at) == expectedDues)
            #expect(notices.count == 100)
            #expect(try await store.transfers().count == 100)
            #expect(try await store.balance(of: purse) == Balance(posted: 100))
        }
    }

    /// The database itself refuses these: a value that a constraint forbids, or a key that is there.
    static let forbidden: [(String, @Sendable (Int) -> Change)] = [
        ("a transfer of nothing", { .transfer(transfer("bad\($0)", .single, 0, from: bank)) }),
        ("a token that is there", { _ in .insertToken(token(200)) }),
        ("a challenge that is there", { _ in .insertChallenge(challenge(200)) }),
        ("a notice that is there", { _ in .insertNotice(notice(200)) }),
        ("a vault key that is there", { _ in .insertKey(KeyRecord(id: 200, purpose: "data", sealed: [1])) }),
    ]

    @Test(arguments: TestEngine.all, forbidden)
    func `a commit that breaks a constraint fails alone`(
        engine: TestEngine, forbidden: (what: String, change: @Sendable (Int) -> Change)
    ) async throws {
        try await withStore(engine) { store in
            try await store.commit(
                .insertToken(token(200)), .insertChallenge(challenge(200)), .insertNotice(notice(200)),
                .insertKey(KeyRecord(id: 200, purpose: "data", sealed: [1])))
            let outcomes = await together(100) { index in
                await Outcome.of {
                    try await store.commit(
                        [.insert(payment(UInt64(index)))] + (index % 10 == 0 ? [forbidden.change(index)] : []))
                }
            }
            let harmed = outcomes.indices.filter { $0 % 10 != 0 && outcomes[$0] != .stored }
            let spared = outcomes.indices.filter { $0 % 10 == 0 && outcomes[$0] == .stored }
            #expect(harmed.isEmpty)
            #expect(spared.isEmpty)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a reader sees every commit that returned before it began`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            _ = try await together(50) { index in
                try await store.commit(.insert(payment(UInt64(index))))
                let seen = try await store.read { try $0.payment(id(UInt64(index))) }
                #expect(seen == payment(UInt64(index)))
            }
        }
    }

    @Test(arguments: TestEngine.all)
    func `a read is one snapshot, however long it takes`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.commit(.insert(payment(1)))
            let door = ThreadDoor()
            async let versions = store.read { reader in
                let before = try reader.payment(id(1))?.version
                door.pass()
                return [before, try reader.payment(id(1))?.version]
            }
            await door.somebodyWaits()
            try await store.commit(.update(payment(1, version: 2)))
            door.open()
            #expect(try await versions == [1, 1])
            try await store.expect(2) { try $0.payment(id(1))?.version }
        }
    }
}
