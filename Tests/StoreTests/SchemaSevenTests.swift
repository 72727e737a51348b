import Logging
import Payments
import Store
import Testing

/// A token that was made under schema 7 is good under schema 8: nobody is said to have asked its payer.
@Suite struct SchemaSevenTests {
    @Test(arguments: TestEngine.all)
    func `tokens of schema 7 are there under schema 8`(engine kind: TestEngine) async throws {
        try await TestDatabase.with(kind, migrated: false) { database in
            let old: any Engine =
                switch database.location {
                case .sqlite(let path): try SQLiteEngine(path: path, logger: .silent)
                case .postgresql(let url): try PostgreSQLEngine(url: url, patience: .patient, logger: .silent)
                }
            try await old.migrate(Array(Migration.all.prefix(7)))
            try await old.close()
            let token = token(1)
            let hex = token.key.map { String($0, radix: 16) }.map { $0.count == 1 ? "0" + $0 : $0 }.joined()
            func bytes(_ hex: String) -> String {
                if case .sqlite = database.location { "x'\(hex)'" } else { "'\\x\(hex)'" }
            }
            try await database.shell(
                """
                INSERT INTO card_tokens (key, merchant, card_id, card_brand, card_masked, card_issuer, expiry_year,
                    expiry_month, sealed_card, sealed_code, expires)
                VALUES (\(bytes(hex)), 'shop', '\(token.card.id.hex)', '\(token.card.brand.rawValue)',
                    '\(token.card.masked)', \(token.card.issuer.map { "'\($0)'" } ?? "NULL"), \(token.expiry.year),
                    \(token.expiry.month), \(bytes("010203")), \(bytes("0909")), \(token.expires.microseconds))
                """)
            let store = try database.open()
            try await store.migrate()
            try await store.expect(token) { try $0.token(token.key) }
            try await store.close()
        }
    }
}
