/// What went wrong on a connection.
enum PostgreSQLFault: Error {
    /// The server refused a statement. The transaction is over; the connection is well.
    case refused(SQLState, message: String)
    /// The connection is gone.
    case lost(String)
    /// The server did not answer in time. It may still be at work.
    case silent
}

/// The five characters by which SQL names an error.
struct SQLState: Sendable, Equatable {
    let code: String

    /// Someone else was in the way: the same may go through when it is tried again.
    var isTransient: Bool { ["40001", "40P01", "55P03"].contains(code) }
    /// A constraint, or a value out of its range: what this statement asked for cannot be.
    var isOwnFault: Bool { code.hasPrefix("22") || code.hasPrefix("23") }
    /// The server goes away, or takes no writes any more: another connection may find another.
    var endsConnection: Bool { code.hasPrefix("57P") || code.hasPrefix("08") || ["25006", "25P02"].contains(code) }
    /// The server itself does not know what became of a COMMIT.
    var isAmbiguous: Bool { code == "40003" || code.hasPrefix("57P") || code.hasPrefix("08") }
    /// The same thing was made by someone else at the same moment.
    var isAlreadyThere: Bool { ["23505", "42710", "42P07"].contains(code) }
    /// The schema is not this program's.
    var isSchema: Bool { code.hasPrefix("42") || code.hasPrefix("3D") || code.hasPrefix("3F") }
}

extension PostgreSQLFault {
    /// The fault in the store's words.
    var asStoreError: StoreError {
        switch self {
        case .refused(let state, let message) where state.isSchema: .damaged(message)
        case .refused(let state, let message): .unavailable("\(message) (\(state.code))")
        case .lost(let reason): .unavailable(reason)
        case .silent: .unavailable("the database does not answer")
        }
    }
}

/// PostgreSQL's faults in the store's words.
func translatingFaults<Value>(_ body: () throws -> Value) throws -> Value {
    do {
        return try body()
    } catch let fault as PostgreSQLFault {
        throw fault.asStoreError
    }
}
