import Logging

/// PostgreSQL, and what speaks its protocol, through libpq.
public final class PostgreSQLEngine: Engine {
    public init(url: String, logger: Logger) throws {
        throw StoreError.unavailable("not yet")
    }

    public var depth: Int { 0 }
    public func commit(_ statements: [Statement]) async throws {}
    public func read<Value: Sendable>(_ body: @escaping @Sendable (Reader) throws -> Value) async throws -> Value {
        throw StoreError.unavailable("not yet")
    }
    public func migrate(_ migrations: [Migration]) async throws {}
    public func close() async throws {}
}
