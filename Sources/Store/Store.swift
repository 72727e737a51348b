import Ledger
import Payments

/// What is kept, and the only way to change it: values in, rows guarded, one commit.
///
/// A read sees one snapshot. A commit is one transaction: its guards (expected versions, unique names, floors of
/// balances) are checked and its rows written together. SQLite runs commits one after another; PostgreSQL several at
/// once, READ COMMITTED, and judges each guard again after it has waited for the guard's row. So no update is lost and
/// no balance skewed on either. A returned commit is durable.
public struct Store: Sendable {
    let engine: any Engine

    public init(engine: any Engine) {
        self.engine = engine
    }

    /// Makes `changes` durable at once or not at all. Throws `StoreError`.
    public func commit(_ changes: Changes) async throws {
        for case .transfer(let transfer) in changes.items where transfer.shapeFault() != nil {
            throw StoreError.conflict(.transferRefused(id: transfer.id))
        }
        let statements = LedgerRows.folding(changes.items.flatMap { $0.statements(at: changes.at) })
        guard !statements.isEmpty else { return }
        guard !statements.contains(where: { $0.arguments.contains(where: \.holdsNUL) }) else {
            throw StoreError.unstorable("text with a NUL")
        }
        try await engine.commit(statements)
    }

    /// Reads in one snapshot. Throws `StoreError`, and what `body` throws.
    ///
    /// `body` may be run more than once before its value is taken: it must do nothing but read.
    public func read<Value: Sendable>(
        _ body: @escaping @Sendable (Reader) throws -> Value
    ) async throws -> Value {
        try await engine.read(body)
    }

    /// Reads as much as everything in one snapshot, for minutes if need be, and holds up nobody else. Throws like
    /// `read`.
    public func scan<Value: Sendable>(
        _ body: @escaping @Sendable (Reader) throws -> Value
    ) async throws -> Value {
        try await engine.scan(body)
    }

    /// Brings the schema up to date. Throws `StoreError`.
    public func migrate() async throws {
        try await engine.migrate(Migration.all)
    }

    /// Whether several processes may have the database at once.
    public var isShared: Bool { engine.isShared }

    /// How many commits wait for their group now.
    public var depth: Int { engine.depth }

    /// Finishes what waits and closes the database.
    public func close() async throws {
        try await engine.close()
    }
}
