import Logging
import Payments
import Store
import Testing

/// What was named and read under schema 8 is found under the schema of today.
@Suite struct SchemaEightTests {
    @Test(arguments: TestEngine.all)
    func `deposits and lines of schema 8 are found by name and by amount`(engine kind: TestEngine) async throws {
        try await TestDatabase.with(kind, migrated: false) { database in
            let old: any Engine =
                switch database.location {
                case .sqlite(let path): try SQLiteEngine(path: path, logger: .silent)
                case .postgresql(let url): try PostgreSQLEngine(url: url, patience: .patient, logger: .silent)
                }
            try await old.migrate(Array(Migration.all.prefix(8)))
            let before = Store(engine: old)
            try await before.commit(
                .insert(deposit(1)), .insertPayout(payout(2)), .insertLine(line(3)), .insertLine(line(4)),
                .name(alias("17"), .payment(id(1))), .name(alias("17", kind: "transfer"), .payout(id(2))))
            try await before.close()
            let store = try database.open()
            try await store.migrate()
            try await store.expect([deposit(1)]) { try $0.deposits([alias("17")]) }
            try await store.expect(id(2)) { try $0.payout(named: "17", of: .shop) }
            try await store.expect([line(4), line(3)]) {
                try $0.lines(of: .shop, account: 1, amount: baht(100_000), since: .start, limit: 9)
            }
            try await store.close()
        }
    }
}
