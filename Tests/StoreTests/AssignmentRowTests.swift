import Money
import Payments
import Store
import Testing

/// Lines that a person looks at, on each engine.
@Suite struct AssignmentRowTests {
    private let somchai = Assignment(stored: "สมชาย, ticket 4711", at: .after(40))

    @Test(arguments: TestEngine.all)
    func `who said what a line pays is kept with it`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.commit(.insertLine(line(1)), .insertLine(line(2, by: somchai)))
            try await store.expect(nil) { try $0.line(id(1))?.assignment }
            try await store.expect(line(2, by: somchai)) { try $0.line(id(2)) }
            let said = line(1, version: 2, use: .matched(id(9)), by: somchai)
            try await store.commit(.updateLine(said))
            try await store.expect(said) { try $0.line(id(1)) }
            #expect(try await store.conflict(.updateLine(said)) == .stale("line \(said.id)"))
        }
    }

    @Test(arguments: TestEngine.all)
    func `what nothing has used is shown oldest first, from a moment on, and no more than asked for`(
        engine: TestEngine
    ) async throws {
        try await withStore(engine) { store in
            let lines = [
                line(1, satang: 9, at: 3), line(2, satang: 5, at: 1), line(3, at: 2, use: .matched(id(9))),
                line(4, account: 2, at: 1), line(5, at: 1), line(6, at: 1, of: .stall),
            ]
            try await store.commit(lines.map { .insertLine($0) })
            func numbers(_ since: Int64, _ limit: Int) async throws -> [Int64] {
                try await store.read { reader in
                    try reader.unmatchedLines(of: .shop, account: 1, since: .after(since), limit: limit).map(\.number)
                }
            }
            #expect(try await numbers(0, 9) == [2, 5, 1])
            #expect(try await numbers(0, 2) == [2, 5])
            #expect(try await numbers(2, 9) == [1])
            #expect(try await numbers(4, 9).isEmpty)
        }
    }

    @Test(arguments: TestEngine.all)
    func `deposits of an amount are found while they wait, and after they have lapsed`(
        engine: TestEngine
    ) async throws {
        try await withStore(engine) { store in
            let open = [deposit(1), deposit(2, until: nil), deposit(3, satang: 7), deposit(4, account: 2)]
            let over = [
                lapsed(5), lapsed(6, code: "cancelled"), lapsed(7, at: 90), lapsed(8, at: -1),
                deposit(9, state: .settled),
            ]
            try await store.commit((open + over).map { .insert($0) })
            try await store.expect([id(2), id(1)]) { reader in
                try reader.openDeposits(of: .shop, account: 1, amount: baht(100_000), limit: 9).map(\.id)
            }
            try await store.expect([id(2)]) { reader in
                try reader.openDeposits(of: .shop, account: 1, amount: baht(100_000), limit: 1).map(\.id)
            }
            func found(_ limit: Int) async throws -> [ID<Payment>] {
                try await store.read { reader in
                    try reader.cancelledDeposits(
                        code: "expired", of: .shop, account: 1, amount: baht(100_000), since: .start, limit: limit
                    ).map(\.id)
                }
            }
            #expect(try await found(9) == [id(7), id(5)])
            #expect(try await found(1) == [id(7)])
        }
    }

    @Test(arguments: TestEngine.all)
    func `a name that two APIs gave finds both deposits, each once`(engine: TestEngine) async throws {
        try await withStore(engine) { store in
            try await store.commit(
                .insert(deposit(1)), .insert(deposit(2)), .insert(payment(3)), .name(alias("17"), .payment(id(1))),
                .name(alias("17", kind: "number"), .payment(id(1))),
                .name(alias("17", kind: "other"), .payment(id(2))), .name(alias("18"), .payment(id(3))),
                .name(alias("19", kind: "x", .stall), .payment(id(2))))
            try await store.expect([id(1), id(2)]) { reader in
                try reader.deposits([alias("17"), alias("17", kind: "number"), alias("17", kind: "other")]).map(\.id)
            }
            try await store.expect([]) { try $0.deposits([alias("18")]).map(\.id) }
            try await store.expect([]) { try $0.deposits([alias("19", kind: "x")]).map(\.id) }
            try await store.expect([]) { try $0.deposits([alias("a\u{0}")]).map(\.id) }
        }
    }

    private func lapsed(_ number: UInt64, code: String = "expired", at second: Int64 = 0) -> Payment {
        Payment(
            id: id(number), version: 1, merchant: .shop, dialect: .fake, acceptor: "1", amount: baht(100_000),
            state: .cancelled,
            method: .push(Invitation(id: id(number), scheme: .promptPay, form: .qr, expires: .after(900))),
            created: .after(second), failureCode: code, expectation: Expectation(from: .start, until: .after(600)),
            echo: [])
    }
}
