import Foundation
import Gateway
import NIOCore
import Store

/// What went wrong at the start, in one sentence that says what to do.
enum StartFault {
    /// - Parameter setting: what sets the port.
    static func explain(_ error: any Error, host: String, port: Int, setting: String = "--port") -> String {
        switch error {
        case let error as IOError where error.errnoCode == EADDRINUSE:
            return "port \(port) on \(host) is in use; choose another with \(setting)"
        case let error as IOError where error.errnoCode == EACCES:
            return "port \(port) on \(host) may not be opened by this user"
        case let error as IOError where error.errnoCode == EADDRNOTAVAIL:
            return "\(host) is no address of this machine"
        case StoreError.damaged(let reason): return "the database is damaged or no gateway's: \(reason)"
        case StoreError.unavailable(let reason): return "the database cannot be opened: \(reason)"
        case Vault.Fault.wrongMasterKey: return "the master key does not open this database's keys"
        default: return "\(error)"
        }
    }
}
