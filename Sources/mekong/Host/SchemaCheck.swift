import Store

/// Whether a database's schema is the one that this program knows.
enum SchemaCheck {
    /// Why it is not, and what to do.
    struct Fault: Error, Equatable, CustomStringConvertible {
        let description: String
    }

    /// Throws `Fault` unless the schema is at this program's version.
    /// - Parameter migrate: the command that would bring it there.
    static func require(_ store: Store, migrate: String) async throws {
        switch try await store.schemaState() {
        case .current: return
        case .missing: throw Fault(description: "the database has no schema yet; run \(migrate)")
        case .older(let number):
            throw Fault(
                description: "the database has schema \(number), which is older than this program; run \(migrate)")
        case .newer(let number):
            throw Fault(
                description: "the database has schema \(number), which is newer than this program; "
                    + "run the program that made it, or a later one")
        }
    }
}
