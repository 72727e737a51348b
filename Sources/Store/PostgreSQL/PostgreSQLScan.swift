import CPQ

/// A connection of its own for one read of everything.
struct PostgreSQLScan: SQLConnection {
    private let connection: PostgreSQLConnection

    private static let patience = Duration.seconds(600)
    private static let begin = SQL("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    /// How many rows are fetched at once.
    private static let batch = 2_000

    /// Begins a snapshot.
    init(on connection: PostgreSQLConnection) throws {
        self.connection = connection
        try connection.run(
            [PostgreSQLRequest(SQL("SET idle_in_transaction_session_timeout = 0")), PostgreSQLRequest(Self.begin)],
            within: Self.patience)
    }

    func forEach(_ sql: SQL, _ arguments: [SQLValue], _ body: (SQLRow) throws -> Void) throws {
        try connection.run([PostgreSQLRequest(sql, arguments)], within: Self.patience) { _, result in
            for index in 0..<PQntuples(result) { try body(PostgreSQLArguments.row(index, of: result)) }
        }
    }

    func stream(_ sql: SQL, _ body: (SQLRow) throws -> Void) throws {
        let cursor = "c\(sql.number)"
        let open = SQL("DECLARE \(cursor) NO SCROLL CURSOR FOR \(sql.text)")
        try connection.run([PostgreSQLRequest(open)], within: Self.patience)
        let fetch = SQL("FETCH \(Self.batch) FROM \(cursor)")
        var found = 0
        repeat {
            var rows: [SQLRow] = []
            try connection.run([PostgreSQLRequest(fetch)], within: Self.patience) { _, result in
                rows = try (0..<PQntuples(result)).map { try PostgreSQLArguments.row($0, of: result) }
            }
            found = rows.count
            for row in rows { try body(row) }
        } while found == Self.batch
        try connection.run([PostgreSQLRequest(SQL("CLOSE \(cursor)"))], within: Self.patience)
    }
}
