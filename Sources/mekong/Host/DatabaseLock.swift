import Foundation
import Store

/// Keeps a second process from serving on a SQLite file: SQLite would let both write, and each would take the other's
/// unfinished work for its own.
///
/// The lock is the kernel's, on a file beside the database, and goes with the process however it ends. The file stays.
final class DatabaseLock: Sendable {
    /// Why the lock was not had.
    struct Fault: Error, Equatable, CustomStringConvertible {
        let description: String
    }

    private let handle: Int32

    /// Takes the lock of a SQLite database. Throws `Fault` where another process has it.
    init(database path: String) throws {
        let file = path + ".lock"
        handle = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard handle >= 0 else {
            throw Fault(description: "\(file) cannot be opened: \(String(cString: strerror(errno)))")
        }
        guard flock(handle, LOCK_EX | LOCK_NB) == 0 else {
            // The handle is closed with this value.
            let reason = errno
            throw Fault(
                description: reason == EWOULDBLOCK
                    ? "another process serves on \(path); stop it first, or use another database"
                    : "\(file) cannot be locked: \(String(cString: strerror(reason)))")
        }
    }

    deinit { close(handle) }

    /// The lock of a database that one process alone may serve on; nil where several may.
    static func taking(_ location: DatabaseLocation) throws -> DatabaseLock? {
        guard case .sqlite(let path) = location else { return nil }
        return try DatabaseLock(database: path)
    }
}
