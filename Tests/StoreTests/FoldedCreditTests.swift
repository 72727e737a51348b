import Ledger
import Payments
import Testing

@testable import Store

/// What one commit credits an account several times is written once.
@Suite struct FoldedCreditTests {
    private func credit(_ id: String, _ satang: Int64) -> Change {
        .transfer(transfer(id, .single, satang, from: bank, to: wallet))
    }

    private func statements(_ changes: Change...) -> [Statement] {
        LedgerRows.folding(changes.flatMap { $0.statements(at: .after(1)) })
    }

    @Test func `credits of one account are one statement, those of two are two`() {
        #expect(statements(credit("a", 1), credit("b", 2), credit("c", 3)).count == 4)
        let other = Change.transfer(transfer("d", .single, 4, from: bank, to: purse))
        #expect(statements(credit("a", 1), other, credit("b", 2)).count == 5)
    }

    @Test func `what asks for the account's balance stays between`() {
        let spending = Change.transfer(transfer("s", .single, 1, from: wallet, to: bank))
        #expect(statements(credit("a", 1), spending, credit("b", 2)).count == 6)
        #expect(statements(credit("a", 1), .expectPosted(wallet, 1), credit("b", 2)).count == 5)
        #expect(statements(credit("a", 1), .expectPosted(purse, 0), credit("b", 2)).count == 4)
    }

    @Test func `erasing everything stays between`() {
        let erasing = Change.eraseEverything.statements(at: .after(1)).count
        #expect(statements(credit("a", 1), .eraseEverything, credit("b", 2)).count == 4 + erasing)
    }

    @Test(arguments: TestEngine.all)
    func `they add up, and every transfer is there`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            var changes = Changes(at: .after(1))
            for number in 1...1_000 as ClosedRange<Int64> { changes.add(credit("t\(number)", number)) }
            try await store.commit(changes)
            #expect(try await store.balance(of: wallet) == Balance(posted: 500_500))
            #expect(try await store.transfers().count == 1_000)
        }
    }

    @Test(arguments: TestEngine.all)
    func `what is spent is covered by what came before it, not after`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            let spending = Change.transfer(transfer("s", .single, 80))
            let conflict = try await store.conflict(credit("a", 50), spending, credit("b", 50))
            #expect(conflict == .insufficientFunds(account: wallet.key))
            let transfers = try await store.transfers()
            #expect(transfers.isEmpty)
            #expect(try await store.conflict(credit("a", 50), credit("b", 50), spending) == nil)
            #expect(try await store.balance(of: wallet) == Balance(posted: 20))
        }
    }

    @Test(arguments: TestEngine.all)
    func `more than a balance can hold is refused`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            #expect(
                try await store.conflict(credit("a", .max), credit("b", 1)) == .transferRefused(id: "b"))
            let transfers = try await store.transfers()
            #expect(transfers.isEmpty)
            #expect(try await store.conflict(credit("a", .max - 1), credit("b", 1)) == nil)
            #expect(try await store.balance(of: wallet) == Balance(posted: .max))
        }
    }
}
