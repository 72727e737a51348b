import Logging
import Money
import Payments
import Store
import Testing

/// A database that was filled under schema 2 is read under schema 3.
@Suite struct SchemaTwoTests {
    private func engine(_ location: DatabaseLocation) throws -> any Engine {
        switch location {
        case .sqlite(let path): try SQLiteEngine(path: path, logger: .silent)
        case .postgresql(let url): try PostgreSQLEngine(url: url, patience: .patient, logger: .silent)
        }
    }

    /// A payment and a refund as schema 2 had them; bytes are written as each engine's shell writes them.
    private func fill(_ database: TestDatabase) async throws {
        let empty = database.engine == .sqlite ? "x''" : "''::bytea"
        try await database.shell(
            """
            INSERT INTO payments (id, version, merchant, dialect, acceptor, currency, amount, state, card_id,
                card_brand, card_masked, created, echo)
            VALUES ('\(ID<Payment>.first.hex)', 1, 'shop', 'fake', '401', 'THB', 1100, 'authorizing',
                '\(plainFace.id.hex)', 'jcb', '356458*****0476', \(Instant.start.microseconds), \(empty))
            """)
        try await database.shell(
            """
            INSERT INTO refunds (id, version, payment, currency, amount, fee, vat, from_available, from_receivable,
                state, reason, created)
            VALUES ('\(ID<Payment>.first.hex)', 1, '\(ID<Payment>.first.hex)', 'THB', 1100, 28, 2, 1000, 70,
                'requested', 'changed their mind', \(Instant.start.microseconds))
            """)
    }

    @Test(arguments: TestEngine.all)
    func `rows of schema 2 are there under schema 3`(engine kind: TestEngine) async throws {
        try await TestDatabase.with(kind, migrated: false) { database in
            let old = try engine(database.location)
            try await old.migrate(Array(Migration.all.prefix(2)))
            try await old.close()
            try await fill(database)
            let store = try database.open()
            try await store.migrate()
            try await store.expect(payment(1)) { try $0.payment(id(1)) }
            try await store.expect(refund(1)) { try $0.refund(id(1)) }
            try await store.commit(.update(payment(1, version: 2, state: .authorized)))
            try await store.close()
        }
    }
}

extension ID<Payment> {
    fileprivate static var first: Self { id(1) }
}
