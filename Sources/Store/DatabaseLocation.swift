import Logging

/// Where a gateway's data is kept.
public enum DatabaseLocation: Sendable, Equatable {
    /// A file of this machine's.
    case sqlite(path: String)
    /// Anything that libpq takes as a connection URL: several hosts, `target_session_attrs`, `sslmode` and the like.
    case postgresql(url: String)

    /// Why a text names no database.
    public struct Fault: Error, Sendable, CustomStringConvertible {
        public let description: String
    }

    /// Reads `sqlite:PATH`, `postgresql://…` or `postgres://…`. Throws `Fault`, whose text holds no password.
    public init(parsing text: String) throws(Fault) {
        if text.hasPrefix("sqlite:") {
            var path = text.dropFirst("sqlite:".count)
            if path.hasPrefix("//") { path = path.dropFirst(2) }
            guard !path.isEmpty else { throw Fault(description: "sqlite: names no file; write sqlite:/path/to/file") }
            self = .sqlite(path: String(path))
        } else if text.hasPrefix("postgresql://") || text.hasPrefix("postgres://") {
            // Such a password would be taken for a host or a port, and be told in what is wrong with that.
            let address = text.prefix { $0 != "?" }.drop { $0 != ":" }.dropFirst(3)
            guard !address.drop(while: { $0 != "/" }).contains("@"), address.filter({ $0 == "@" }).count <= 1 else {
                throw Fault(description: "a password with @ or / in it is written with %40 or %2F in a database URL")
            }
            self = .postgresql(url: text)
        } else {
            throw Fault(description: "a database begins with sqlite: or postgresql://")
        }
    }
}

extension DatabaseLocation: CustomStringConvertible {
    /// The location without what it may hold of a password.
    public var description: String {
        switch self {
        case .sqlite(let path): return "sqlite:" + path
        case .postgresql(let url):
            let afterScheme = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
            let authority = afterScheme.prefix { $0 != "/" && $0 != "?" }
            let hosts = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? authority
            let path = afterScheme.dropFirst(authority.count).prefix { $0 != "?" }
            return "postgresql://" + hosts + path
        }
    }
}

extension Store {
    /// Opens the database at `location`. Throws `StoreError`.
    /// - Parameter patience: how long a database that is a server's is waited for.
    public static func open(
        _ location: DatabaseLocation, patience: Patience = .standard, logger: Logger
    ) throws -> Store {
        switch location {
        case .sqlite(let path): Store(engine: try SQLiteEngine(path: path, logger: logger))
        case .postgresql(let url): Store(engine: try PostgreSQLEngine(url: url, patience: patience, logger: logger))
        }
    }
}
