/// One statement of a commit, with the guard that it must affect exactly one row.
public struct Statement: Sendable {
    let sql: SQL
    let arguments: [SQLValue]
    /// What it means when no row, or more than one, is affected; nil where any number is fine.
    let otherwise: Conflict?

    init(_ sql: SQL, _ arguments: [SQLValue], otherwise: Conflict? = nil) {
        self.sql = sql
        self.arguments = arguments
        self.otherwise = otherwise
    }
}

/// A connection as a reader sees it: rows of a query, one after another, in one snapshot.
public protocol SQLConnection {
    /// Calls `body` with each row. The connection is only valid within the read that handed it out.
    func forEach(_ sql: SQL, _ arguments: [SQLValue], _ body: (SQLRow) throws -> Void) throws

    /// The same for an answer that may be too large to hold: rows come as they are needed. Takes no arguments.
    func stream(_ sql: SQL, _ body: (SQLRow) throws -> Void) throws
}

extension SQLConnection {
    public func stream(_ sql: SQL, _ body: (SQLRow) throws -> Void) throws { try forEach(sql, [], body) }
}

/// A consistent snapshot of everything that was committed before the read began.
public struct Reader {
    let connection: any SQLConnection

    func rows<Value>(_ sql: SQL, _ arguments: [SQLValue], _ make: (SQLRow) throws -> Value) throws -> [Value] {
        // No stored text holds a NUL, so nothing is found by one.
        guard !arguments.contains(where: \.holdsNUL) else { return [] }
        var values: [Value] = []
        try connection.forEach(sql, arguments) { values.append(try make($0)) }
        return values
    }

    func first<Value>(_ sql: SQL, _ arguments: [SQLValue], _ make: (SQLRow) throws -> Value) throws -> Value? {
        try rows(sql, arguments, make).first
    }
}

/// What a database must do for the store.
public protocol Engine: Sendable {
    /// Makes all of `statements` durable or none. Returns after they are durable.
    ///
    /// Groups of waiting commits share one transaction; a failed guard fails its own commit only.
    /// Throws `StoreError`.
    func commit(_ statements: [Statement]) async throws

    /// Runs `body` in one snapshot, on a thread of the engine's. Throws `StoreError`, and what `body` throws.
    ///
    /// `body` may be run more than once before its value is taken: it must do nothing but read.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Reader) throws -> Value) async throws -> Value

    /// The same for a read of everything, which may take minutes and holds up nobody.
    func scan<Value: Sendable>(_ body: @escaping @Sendable (Reader) throws -> Value) async throws -> Value

    /// Brings the schema up to date. Throws where the database is newer than this program.
    func migrate(_ migrations: [Migration]) async throws

    /// Whether several processes may have the database at once.
    var isShared: Bool { get }

    /// The number of the schema's last migration; 0 where there is no schema yet. Throws `StoreError`.
    func schemaVersion() async throws -> Int64

    /// How many commits wait for their group now.
    var depth: Int { get }

    /// Finishes what waits and closes the database.
    func close() async throws
}
