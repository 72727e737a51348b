import GRDB
import Payments
import Store
import Testing

@Suite struct MigrationTests {
    @Test func `a fresh database gets every step, and again changes nothing`() async throws {
        try await withStoreFile { store, scratch in
            try await store.commit(.insert(payment(1)))
            let schema = try await schema(scratch)
            try await store.migrate()
            #expect(try await self.schema(scratch) == schema)
            try await store.expect(payment(1)) { try $0.payment(id(1)) }
            let steps = try await scratch.shell().read { db in
                try Int64.fetchAll(db, sql: "SELECT number FROM schema_version ORDER BY number")
            }
            #expect(steps == Migration.all.map(\.number))
        }
    }

    @Test func `the steps are numbered from one without a gap`() {
        #expect(Migration.all.map(\.number) == Array(1...Int64(Migration.all.count)))
    }

    @Test func `a database of a later program is refused and left alone`() async throws {
        try await withStoreFile { store, scratch in
            try await scratch.shell().write { db in
                try db.execute(sql: "INSERT INTO schema_version VALUES (?)", arguments: [Migration.all.count + 1])
            }
            let schema = try await schema(scratch)
            await expect(.damaged) { try await store.migrate() }
            #expect(try await self.schema(scratch) == schema)
        }
    }

    @Test func `a step that fails leaves nothing of itself and is tried again`() async throws {
        try await withScratch { scratch in
            let store = Store(engine: try scratch.engine())
            try await scratch.shell().write { try $0.execute(sql: "CREATE TABLE settings (other TEXT)") }
            let outcome = await Outcome.of { try await store.migrate() }
            let tables = try await schema(scratch).filter { $0.contains("CREATE TABLE") }
            #expect(outcome != .stored)
            #expect(tables.count == 2)
            try await scratch.shell().write { try $0.execute(sql: "DROP TABLE settings") }
            try await store.migrate()
            try await store.commit(.insert(payment(1)))
            try await store.close()
        }
    }

    @Test func `what was committed is there when the database is opened again`() async throws {
        try await withScratch { scratch in
            for version in Int64(1)...3 {
                let store = Store(engine: try scratch.engine())
                try await store.migrate()
                try await store.commit(version == 1 ? .insert(payment(1)) : .update(payment(1, version: version)))
                try await store.close()
            }
            let store = Store(engine: try scratch.engine())
            try await store.expect(3) { try $0.payment(id(1))?.version }
            try await store.close()
        }
    }

    @Test func `two programs that bring one database up to date at once both succeed`() async throws {
        try await withScratch { scratch in
            let stores = try (0..<4).map { _ in Store(engine: try scratch.engine()) }
            let outcomes = await together(4) { index in await Outcome.of { try await stores[index].migrate() } }
            #expect(outcomes == [.stored, .stored, .stored, .stored])
            for store in stores { try await store.close() }
        }
    }

    private func schema(_ scratch: Scratch) async throws -> [String] {
        try await scratch.shell().read { db in
            try String.fetchAll(db, sql: "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
        }
    }
}
