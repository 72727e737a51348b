import Payments
import Store
import TestSupport
import Testing

@Suite struct MigrationTests {
    @Test(arguments: TestEngine.all)
    func `a fresh database gets every step, and again changes nothing`(engine: TestEngine) async throws {
        try await TestDatabase.with(engine, migrated: false) { database in
            let store = try database.open()
            try await store.migrate()
            try await store.commit(.insert(payment(1)))
            let schema = try await database.schema()
            try await store.migrate()
            #expect(try await database.schema() == schema)
            try await store.expect(payment(1)) { try $0.payment(id(1)) }
            let steps = try await database.shell("SELECT number FROM schema_version WHERE number > 0 ORDER BY number")
            #expect(steps == Migration.all.map { "\($0.number)" })
            try await store.close()
        }
    }

    @Test func `the steps are numbered from one without a gap`() {
        #expect(Migration.all.map(\.number) == Array(1...Int64(Migration.all.count)))
    }

    @Test(arguments: TestEngine.all)
    func `a database of a later program is refused and left alone`(engine: TestEngine) async throws {
        try await TestDatabase.with(engine) { database in
            let store = try database.open()
            try await database.shell("INSERT INTO schema_version VALUES (\(Migration.all.count + 1))")
            let schema = try await database.schema()
            await expect(.damaged) { try await store.migrate() }
            #expect(try await database.schema() == schema)
            try await store.close()
        }
    }

    @Test(arguments: TestEngine.all)
    func `a step that fails leaves nothing of itself and is tried again`(engine: TestEngine) async throws {
        try await TestDatabase.with(engine, migrated: false) { database in
            let store = try database.open()
            try await database.shell("CREATE TABLE settings (other TEXT)")
            let outcome = await Outcome.of { try await store.migrate() }
            #expect(outcome != .stored)
            let left = try await database.schema()
            #expect(left.count == 2)
            try await database.shell("DROP TABLE settings")
            try await store.migrate()
            try await store.commit(.insert(payment(1)))
            try await store.close()
        }
    }

    @Test(arguments: TestEngine.all)
    func `what was committed is there when the database is opened again`(engine: TestEngine) async throws {
        try await TestDatabase.with(engine) { database in
            for version in Int64(1)...3 {
                let store = try database.open()
                try await store.migrate()
                try await store.commit(version == 1 ? .insert(payment(1)) : .update(payment(1, version: version)))
                try await store.close()
            }
            let store = try database.open()
            try await store.expect(3) { try $0.payment(id(1))?.version }
            try await store.close()
        }
    }

    @Test(arguments: TestEngine.all)
    func `programs that bring one database up to date at once all succeed`(engine: TestEngine) async throws {
        try await TestDatabase.with(engine, migrated: false) { database in
            let stores = try (0..<4).map { _ in try database.open() }
            let outcomes = await together(4) { index in await Outcome.of { try await stores[index].migrate() } }
            #expect(outcomes == [.stored, .stored, .stored, .stored])
            for store in stores { try await store.close() }
        }
    }
}
