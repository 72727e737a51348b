import Ledger
import Money
import Payments
import Store
import TestSupport
import Testing

/// What several processes on one database may rely on.
@Suite struct IsolationTests {
    @Test(arguments: TestEngine.all)
    func `of two who update one version at once one wins, and nothing is lost`(engine: TestEngine) async throws {
        try await withStores(engine, 2) { stores in
            try await stores[0].commit(.insert(payment(1)))
            for version in Int64(2)...30 {
                let outcomes = await together(2) { index in
                    await Outcome.of { try await stores[index].commit(.update(payment(1, version: version))) }
                }
                #expect(outcomes.count(of: .stored) == 1)
                #expect(outcomes.count(of: .conflict(.stale("payment \(payment(1).id)"))) == 1)
            }
            try await stores[1].expect(30) { try $0.payment(id(1))?.version }
        }
    }

    /// Each looks at what it could spend, both could, together they cannot.
    @Test(arguments: TestEngine.all)
    func `spending from several processes never goes below the floor`(engine: TestEngine) async throws {
        try await withStores(engine, 3) { stores in
            try await stores[0].fund(wallet, 500)
            let outcomes = await together(150) { index in
                await Outcome.of {
                    try await stores[index % 3].commit(.transfer(transfer("t\(index)", .single, 7)))
                }
            }
            #expect(outcomes.count(of: .stored) == 71)
            #expect(outcomes.count(of: .conflict(.insufficientFunds(account: wallet.key))) == 79)
            #expect(try await stores[1].balance(of: wallet) == Balance(posted: 3))
            #expect(try await stores[2].balance(of: purse) == Balance(posted: 497))
        }
    }

    @Test(arguments: TestEngine.all)
    func `a reference is taken once, whoever asks`(engine: TestEngine) async throws {
        try await withStores(engine, 3) { stores in
            for round in 0..<20 {
                let outcomes = await together(30) { index in
                    await Outcome.of {
                        let subject = Subject.payment(id(UInt64(index)))
                        try await stores[index % 3].commit(.name(alias("R\(round)"), subject))
                    }
                }
                #expect(outcomes.count(of: .stored) == 1)
                #expect(
                    outcomes.count(of: .conflict(.aliasTaken(kind: "reference", value: "R\(round)"))) == 29)
            }
        }
    }

    /// Locked in the order in which they are asked for, these would wait for one another.
    @Test(arguments: TestEngine.all)
    func `money that is moved to and fro at once all arrives`(engine: TestEngine) async throws {
        try await withStores(engine, 2) { stores in
            let accounts = (0..<4).map { account(.wallet, "w\($0)") }
            for account in accounts { try await stores[0].fund(account, 10_000, id: "fund \(account.key)") }
            let outcomes = await together(400) { index in
                await Outcome.of {
                    let (from, to) = (accounts[index % 4], accounts[(index + 1 + index / 4 % 3) % 4])
                    let moves = [
                        transfer("a\(index)", .single, 3, from: from, to: to),
                        transfer("b\(index)", .single, 2, from: to, to: from),
                    ]
                    try await stores[index % 2].commit(moves.map { .transfer($0) })
                }
            }
            #expect(outcomes.count(of: .stored) == 400)
            var sum: Int64 = 0
            for account in accounts { sum += try await stores[0].balance(of: account).posted }
            #expect(sum == 40_000)
            #expect(try await stores[0].transfers().count == 804)
        }
    }

    /// Each has what the other waits for: the database ends one of them, which is then tried again.
    @Test(arguments: TestEngine.all)
    func `two who change the same payments in opposite order are both answered`(engine: TestEngine) async throws {
        try await withStores(engine, 2) { stores in
            let numbers = Array(UInt64(1)...40)
            try await stores[0].commit(numbers.map { .insert(payment($0)) })
            let outcomes = await together(2) { index in
                let ordered = index == 0 ? numbers : numbers.reversed()
                return await Outcome.of {
                    try await stores[index].commit(ordered.map { .update(payment($0, version: 2)) })
                }
            }
            #expect(outcomes.count(of: .stored) == 1)
            for number in numbers { try await stores[0].expect(2) { try $0.payment(id(number))?.version } }
        }
    }

    /// The second takes the reference that the first took and had to give back.
    @Test(arguments: TestEngine.all)
    func `what a loser took is free for the next in the same group`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.commit(.name(alias("gone"), .payment(id(1))))
            for round in 0..<30 {
                let outcomes = await together(60) { index in
                    await Outcome.of {
                        let subject = Subject.payment(id(UInt64(index + 2)))
                        // Every second one takes the reference and loses on something else.
                        try await store.commit(
                            [.name(alias("R\(round)"), subject)]
                                + (index % 2 == 0 ? [.name(alias("gone"), subject)] : []))
                    }
                }
                #expect(outcomes.count(of: .stored) == 1)
                for (index, outcome) in outcomes.enumerated() where index % 2 == 0 { #expect(outcome != .stored) }
                let taken = try await store.read { try $0.subject(of: alias("R\(round)")) }
                #expect(taken != nil)
            }
        }
    }

    /// Whatever they met on their way, the answers are those of some order of all of them, one after another.
    @Test(arguments: TestEngine.all, [1, 2, 3, 4] as [UInt64])
    func `the answers to many commits at once fit what is stored`(engine: TestEngine, seed: UInt64) async throws {
        try await withStores(engine, 2) { stores in
            var random = SplitMix64(seed: seed)
            let accounts = (0..<3).map { account(.wallet, "w\($0)") }
            for account in accounts { try await stores[0].fund(account, 100, id: "fund \(account.key)") }
            let wishes = (0..<300).map { index in
                let (from, to) = (Int.random(in: 0..<3, using: &random), Int.random(in: 1..<3, using: &random))
                return (
                    move: transfer(
                        "t\(index)", .single, Int64.random(in: 1...60, using: &random), from: accounts[from],
                        to: accounts[(from + to) % 3]),
                    reference: alias("R\(Int.random(in: 0..<200, using: &random))")
                )
            }
            let outcomes = await together(wishes.count) { index in
                await Outcome.of {
                    let wish = wishes[index]
                    try await stores[index % 2].commit(
                        .name(wish.reference, .payment(id(UInt64(index)))), .transfer(wish.move))
                }
            }
            var expected = accounts.map { _ in Int64(100) }
            for (wish, outcome) in zip(wishes, outcomes) where outcome == .stored {
                expected[accounts.firstIndex(of: wish.move.debit)!] -= wish.move.amount.minorUnits
                expected[accounts.firstIndex(of: wish.move.credit)!] += wish.move.amount.minorUnits
            }
            for (account, posted) in zip(accounts, expected) {
                #expect(try await stores[0].balance(of: account).posted == posted)
                #expect(posted >= 0)
            }
            let stored = Set(zip(wishes, outcomes).filter { $0.1 == .stored }.map(\.0.move.id))
            let kept = Set(try await stores[1].transfers().map(\.id).filter { $0.hasPrefix("t") })
            #expect(kept == stored)
            for (index, outcome) in outcomes.enumerated() {
                let holder = try await stores[0].read { try $0.subject(of: wishes[index].reference) }
                #expect((holder == .payment(id(UInt64(index)))) == (outcome == .stored))
                // Nobody was refused a reference that is free.
                if case .conflict(.aliasTaken) = outcome { #expect(holder != nil) }
            }
        }
    }
}
