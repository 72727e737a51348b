import Ledger
import Money
import Payments
import Store
import Testing

@Suite struct TransferTests {
    @Test(arguments: TestEngine.all)
    func `money moves between accounts with a floor`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.fund(wallet, 100)
            try await store.commit(.transfer(transfer("t1", .single, 30)))
            #expect(try await store.balance(of: wallet) == Balance(posted: 70))
            #expect(try await store.balance(of: purse) == Balance(posted: 30))
            #expect(try await store.balance(of: bank) == Balance(), "an account without a floor has no balance kept")
        }
    }

    @Test(arguments: TestEngine.all)
    func `a hold is set aside, posted in part and gone`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.fund(wallet, 100)
            try await store.commit(.transfer(transfer("h", .hold, 80)))
            #expect(try await store.balance(of: wallet) == Balance(posted: 100, held: 80))
            #expect(try await store.conflict(.transfer(transfer("t", .single, 21))) != nil)
            try await store.commit(.transfer(transfer("p", .post(of: hold("h", 80)), 50)))
            #expect(try await store.balance(of: wallet) == Balance(posted: 50, held: 0))
            #expect(try await store.balance(of: purse) == Balance(posted: 50))
        }
    }

    @Test(arguments: TestEngine.all)
    func `a release frees the whole hold`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.fund(wallet, 100)
            try await store.commit(.transfer(transfer("h", .hold, 80)))
            try await store.commit(.transfer(transfer("r", .release(of: hold("h", 80)), 80)))
            #expect(try await store.balance(of: wallet) == Balance(posted: 100))
            #expect(try await store.balance(of: purse) == Balance())
        }
    }

    @Test(arguments: TestEngine.all)
    func `the last satang can be spent and no more`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.fund(wallet, 100)
            let floor = Conflict.insufficientFunds(account: wallet.key)
            #expect(try await store.conflict(.transfer(transfer("t1", .single, 101))) == floor)
            #expect(try await store.conflict(.transfer(transfer("t2", .hold, 101))) == floor)
            #expect(try await store.conflict(.transfer(transfer("t3", .single, 100))) == nil)
            #expect(try await store.conflict(.transfer(transfer("t4", .single, 1))) == floor)
            #expect(try await store.conflict(.transfer(transfer("t5", .single, 1, from: account(.float)))) != nil)
        }
    }

    @Test(arguments: TestEngine.all)
    func `two transfers of one commit see each other`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.commit(
                .transfer(transfer("in", .single, 50, from: bank, to: wallet)),
                .transfer(transfer("out", .single, 50)))
            #expect(try await store.balance(of: purse) == Balance(posted: 50))
        }
    }

    static let refused: [(String, Transfer)] = [
        ("the id is there", transfer("funds", .single, 100, from: bank, to: wallet)),
        ("the id is there, of another amount", transfer("funds", .single, 1, from: bank, to: wallet)),
        ("the hold is there", transfer("h1", .hold, 10)),
        ("the hold was posted", transfer("n", .post(of: hold("posted", 10)), 10)),
        ("the hold was posted, and is not released", transfer("n", .release(of: hold("posted", 10)), 10)),
        ("the hold was released", transfer("n", .post(of: hold("released", 10)), 10)),
        ("the hold was released before", transfer("n", .release(of: hold("released", 10)), 10)),
        ("there is no such hold", transfer("n", .post(of: hold("none", 10)), 10)),
        ("it is no hold", transfer("n", .post(of: hold("funds", 100)), 10, from: bank, to: wallet)),
        ("the hold is of another amount", transfer("n", .post(of: hold("h1", 11)), 10)),
        ("the hold is between others", transfer("n", .post(of: hold("h1", 10)), 10, to: account(.wallet, "x"))),
        ("the hold is the other way round", transfer("n", .post(of: hold("h1", 10)), 10, from: purse, to: wallet)),
    ]

    @Test(arguments: TestEngine.all, refused)
    func `a transfer is refused where`(engine: TestEngine, case: (why: String, refused: Transfer)) async throws {
        let refused = `case`.refused
        try await withStore(engine) { store in
            try await store.fund(wallet, 100)
            try await store.fund(purse, 100, id: "more funds")
            try await store.commit(
                ["h1", "posted", "released"].map { .transfer(transfer($0, .hold, 10)) })
            try await store.commit(
                .transfer(transfer("p", .post(of: hold("posted", 10)), 10)),
                .transfer(transfer("r", .release(of: hold("released", 10)), 10)))
            let before = try await store.read { try $0.balances().map { "\($0)" } }
            #expect(try await store.conflict(.transfer(refused)) == .transferRefused(id: refused.id))
            try await store.expect(before) { try $0.balances().map { "\($0)" } }
        }
    }

    static let malformed: [(String, Transfer)] = [
        ("of nothing", transfer("n", .single, 0)), ("of less than nothing", transfer("n", .single, -5)),
        ("of less than nothing, held", transfer("n", .hold, -5)), ("to itself", transfer("n", .single, 5, to: wallet)),
        ("of more than its hold", transfer("n", .post(of: hold("h", 10)), 15)),
        ("that releases a part", transfer("n", .release(of: hold("h", 10)), 5)),
        (
            "between currencies",
            Transfer(id: "n", debit: wallet, credit: account(.wallet, "malee", .USD), amount: baht(5))
        ),
        (
            "of a third currency",
            Transfer(id: "n", debit: wallet, credit: purse, amount: Money(minorUnits: 5, .USD))
        ),
    ]

    /// The ledger refuses these by their shape; a store that took one would hold books that cannot be right.
    @Test(arguments: TestEngine.all, malformed)
    func `no transfer gets into the books`(engine: TestEngine, case: (why: String, malformed: Transfer)) async throws {
        let malformed = `case`.malformed
        #expect(malformed.shapeFault() != nil)
        try await withStore(engine) { store in
            try await store.fund(wallet, 100)
            try await store.commit(.transfer(transfer("h", .hold, 10)))
            let before = try await store.read { try $0.balances().map { "\($0)" } }
            let outcome = await Outcome.of { try await store.commit(.transfer(malformed)) }
            #expect(outcome != .stored)
            try await store.expect(before) { try $0.balances().map { "\($0)" } }
            #expect(try await store.transfers().count == 2)
        }
    }

    @Test(arguments: TestEngine.all)
    func `a balance that would not fit is refused, not rounded`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.fund(wallet, .max)
            let outcome = await Outcome.of { try await store.fund(wallet, 1, id: "too much") }
            #expect(outcome != .stored)
            #expect(try await store.balance(of: wallet) == Balance(posted: .max))
        }
    }
}
