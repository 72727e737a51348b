import Foundation
import GroupCommit
import Logging

/// Makes connections on a thread of its own, and tries again for as long as somebody needs one, so that nobody who
/// waits for the database waits longer than they are willing to.
final class ConnectionSupply: @unchecked Sendable {
    private let url: String
    private let patience: Patience
    private let logger: Logger
    private let condition = NSCondition()
    // All of these are guarded by the condition.
    private var ready: [PostgreSQLConnection] = []
    private var waiting = 0
    private var fault: (any Error)?
    /// Until when whoever needs a connection waits for one; nil while none was asked for in vain.
    private var limit: Deadline?
    private var isStopped = false
    private var isRunning = false

    /// How long to wait between two attempts that failed.
    private static let pause = 0.2

    init(url: String, patience: Patience, logger: Logger) {
        self.url = url
        self.patience = patience
        self.logger = logger
    }

    /// A connection that nobody else uses. Throws `PostgreSQLFault.lost`, or what else keeps the database from being
    /// used, when none could be made in time.
    /// - Parameter isPatient: whether to wait until the deadline, though the database may have been away for long.
    func take(until deadline: Deadline, isPatient: Bool = false) throws -> PostgreSQLConnection {
        condition.lock()
        defer { condition.unlock() }
        waiting += 1
        defer { waiting -= 1 }
        if ready.isEmpty {
            start()
            limit = limit ?? Deadline(after: fault == nil ? patience.firstAbsence : patience.absence)
        }
        while ready.isEmpty {
            if isStopped { throw PostgreSQLFault.lost("the store is closed") }
            if let fault = fault as? StoreError { throw fault }
            let end = isPatient ? deadline : min(limit ?? deadline, deadline)
            guard !end.hasPassed, condition.wait(until: end.date) || !ready.isEmpty else {
                throw fault ?? PostgreSQLFault.lost("the database does not let this program in")
            }
        }
        return ready.removeLast()
    }

    /// Ends the thread. Connections that were handed out are their takers'.
    func stop() {
        condition.lock()
        isStopped = true
        ready.removeAll()
        condition.broadcast()
        condition.unlock()
    }

    /// Starts the thread, where it does not run. The condition is locked.
    private func start() {
        guard !isRunning, !isStopped else { return }
        isRunning = true
        // Whoever looks after the database may have mended it.
        if fault is StoreError { fault = nil }
        Thread.detachNewThread { [self] in
            nameThisThread("mekong-connect")
            run()
        }
    }

    /// Connects once, and as long as more wait than connections are ready, and ends then.
    private func run() {
        condition.lock()
        defer { condition.unlock() }
        repeat {
            condition.unlock()
            let result = Result { try PostgreSQLConnection(url: url) }
            condition.lock()
            switch result {
            case .success(let connection):
                if fault != nil { logger.notice("the database is back") }
                (fault, limit) = (nil, nil)
                if !isStopped { ready.append(connection) }
                condition.broadcast()
            case .failure(let error):
                if fault == nil { logger.error("cannot connect", metadata: ["error": "\(error)"]) }
                fault = error
                condition.broadcast()
                _ = condition.wait(until: Date(timeIntervalSinceNow: Self.pause))
            }
        } while !isStopped && waiting > ready.count
        isRunning = false
    }
}
