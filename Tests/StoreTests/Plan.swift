import GRDB
import Store

extension TestDatabase {
    /// How the engine would answer a question, in its own words. A small table is no reason to read all of it.
    func plan(of text: String) async throws -> String {
        guard case .sqlite(let path) = location else {
            return try await shell("SET enable_seqscan = off; SET enable_bitmapscan = off; EXPLAIN " + text)
                .joined(separator: "\n")
        }
        return try await DatabaseQueue(path: path).read { db in
            try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + text).map { $0["detail"] as String }
        }.joined(separator: "\n")
    }
}
