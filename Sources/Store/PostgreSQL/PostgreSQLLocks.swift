/// The rows that many commits move at once, and how each is locked: what only this engine says, for SQLite has one
/// writer. Locked in one order by everybody, they cannot make two processes wait for one another.
enum PostgreSQLLocks {
    private static let byTable: [String: SQL] = [
        "balances": SQL("SELECT 1 FROM balances WHERE account = $1 FOR UPDATE"),
        "daily_usage": SQL(
            "SELECT 1 FROM daily_usage WHERE merchant = $1 AND dialect = $2 AND day = $3 FOR UPDATE"),
    ]

    /// Every transaction moves a row of this table. Whoever erases everything holds it, so that no transaction of another
    /// process is erased in part.
    private static let everything = SQL("LOCK TABLE writers IN EXCLUSIVE MODE", key: 0)

    /// What locks the busy rows of a group; nothing where there is one at most.
    static func requests(for group: some Sequence<[Statement]>) -> [PostgreSQLRequest] {
        let erases = group.contains { $0.contains { $0.sql.isLong } }
        return (erases ? [PostgreSQLRequest(everything, [])] : []) + rows(of: group)
    }

    private static func rows(of group: some Sequence<[Statement]>) -> [PostgreSQLRequest] {
        var rows: Set<RowName> = []
        for statements in group {
            for statement in statements where byTable[statement.sql.table] != nil {
                rows.formUnion(statement.rows ?? [])
            }
        }
        guard rows.count > 1 else { return [] }
        return rows.sorted().map { PostgreSQLRequest(byTable[$0.table]!, $0.key) }
    }
}
