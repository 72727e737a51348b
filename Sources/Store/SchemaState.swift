/// How a database's schema stands to this program's.
public enum SchemaState: Sendable, Equatable {
    /// There is none yet.
    case missing
    /// An earlier one, with its number.
    case older(Int64)
    case current
    /// A later program's, with its number.
    case newer(Int64)
}

extension Store {
    /// How the schema stands to this program's. Throws `StoreError`.
    public func schemaState() async throws -> SchemaState {
        let number = try await engine.schemaVersion()
        let latest = Migration.all.last?.number ?? 0
        return number == 0 ? .missing : number < latest ? .older(number) : number > latest ? .newer(number) : .current
    }
}

extension Engine {
    public func schemaVersion() async throws -> Int64 {
        try await schemaVersion(
            where: SQL(
                """
                SELECT COUNT(*) FROM information_schema.tables \
                WHERE table_schema = current_schema() AND table_name = 'schema_version'
                """))
    }

    /// The schema's number, read where the engine's catalogue has the table that holds it.
    func schemaVersion(where isThere: SQL) async throws -> Int64 {
        try await read { reader in
            guard try reader.first(isThere, [], { try $0.integer(0) }) == 1 else { return 0 }
            return try reader.first(Self.schemaNumber, []) { try $0.integer(0) } ?? 0
        }
    }

    private static var schemaNumber: SQL { SQL("SELECT COALESCE(MAX(number), 0) FROM schema_version") }
}

extension SQLiteEngine {
    public func schemaVersion() async throws -> Int64 {
        try await schemaVersion(
            where: SQL("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'"))
    }
}
