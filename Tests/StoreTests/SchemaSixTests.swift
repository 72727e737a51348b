import Logging
import Money
import Payments
import Store
import Testing

/// A line that was read under schema 6 is there under schema 7, and nobody's word is with it.
@Suite struct SchemaSixTests {
    @Test(arguments: TestEngine.all)
    func `lines of schema 6 are there under schema 7`(engine kind: TestEngine) async throws {
        try await TestDatabase.with(kind, migrated: false) { database in
            let old: any Engine =
                switch database.location {
                case .sqlite(let path): try SQLiteEngine(path: path, logger: .silent)
                case .postgresql(let url): try PostgreSQLEngine(url: url, patience: .patient, logger: .silent)
                }
            try await old.migrate(Array(Migration.all.prefix(6)))
            try await old.close()
            try await database.shell(
                """
                INSERT INTO statement_lines (id, version, merchant, account, number, key, currency, amount, credited,
                    description, state, imported)
                VALUES ('\(ID<StatementLine>.first.hex)', 1, 'shop', 1, 1, 'k1', 'THB', 100000,
                    \(Instant.start.microseconds), '', 'unmatched', \(Instant.after(5).microseconds))
                """)
            let store = try database.open()
            try await store.migrate()
            try await store.expect(line(1)) { try $0.line(id(1)) }
            let somchai = Assignment(stored: "somchai", at: .after(9))
            let said = line(1, version: 2, use: .matched(id(9)), by: somchai)
            try await store.commit(.updateLine(said))
            try await store.expect(said) { try $0.line(id(1)) }
            try await store.close()
        }
    }
}

extension ID<StatementLine> {
    fileprivate static var first: Self { id(1) }
}
