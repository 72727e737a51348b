import CPQ

/// Brings the schema up to date. Two processes may do so at once: the second waits for the first.
enum PostgreSQLMigration {
    /// What this engine says differently in a migration: text compares byte by byte, as SQLite's does, and a table
    /// needs no word to have a primary key.
    static func text(_ text: String) -> String {
        text.replacing("{{clustered}}", with: "").replacing(" TEXT", with: " TEXT COLLATE \"C\"")
    }

    private static let patience = Duration.seconds(600)
    private static let prepare = [
        SQL("CREATE TABLE IF NOT EXISTS schema_version (number BIGINT PRIMARY KEY)"),
        // Something to lock before there is a first step.
        SQL("INSERT INTO schema_version (number) VALUES (0) ON CONFLICT DO NOTHING"),
    ]
    private static let begin = [
        SQL("SET lock_timeout = 0"), SQL("BEGIN"), SQL("SELECT number FROM schema_version WHERE number = 0 FOR UPDATE"),
    ]
    private static let version = SQL("SELECT MAX(number) FROM schema_version")
    private static let record = SQL("INSERT INTO schema_version (number) VALUES ($1)")

    static func run(_ migrations: [Migration], on connection: PostgreSQLConnection) throws {
        do {
            try connection.run(prepare.map { PostgreSQLRequest($0) }, within: patience)
        } catch PostgreSQLFault.refused(let state, _) where state.isAlreadyThere {
            // Another process made the same table at the same moment.
            try connection.run(prepare.map { PostgreSQLRequest($0) }, within: patience)
        }
        try connection.run(begin.map { PostgreSQLRequest($0) }, within: patience)
        do {
            try step(migrations, on: connection)
            try connection.run([PostgreSQLRequest(SQL("COMMIT"))], within: patience)
        } catch {
            try? connection.run([PostgreSQLRequest(SQL("ROLLBACK"))], within: patience)
            throw error
        }
    }

    private static func step(_ migrations: [Migration], on connection: PostgreSQLConnection) throws {
        var current: Int64 = 0
        try connection.run([PostgreSQLRequest(version)], within: patience) { _, result in
            current = try PostgreSQLArguments.row(0, of: result).optionalInteger(0) ?? 0
        }
        try Migration.check(current, against: migrations)
        for migration in migrations where migration.number > current {
            let statements = migration.statements.map { PostgreSQLRequest(SQL(text($0))) }
            try connection.run(
                statements + [PostgreSQLRequest(record, [.integer(migration.number)])], within: patience)
        }
    }
}
