import CPQ
import Foundation

/// Reading what the server answers.
extension PostgreSQLConnection {
    /// Reads the oldest unread pipeline's answers, to its sync, and throws the first refusal then. Where the server falls
    /// silent in between, the next call goes on there.
    func readNext(
        until deadline: Deadline, _ body: (_ index: Int, _ result: OpaquePointer) throws -> Void
    ) throws {
        var refusal: (any Error)?
        var index = 0
        while unread[0].answered < unread[0].count {
            guard let result = try next(until: deadline) else { throw lost() }
            defer { PQclear(result) }
            let position = unread[0].answered
            unread[0].answered += 1
            let preparation = unread[0].preparations.first { $0.position == position }
            do {
                if refusal != nil { throw PostgreSQLFault.lost("an earlier statement was refused") }
                try Self.check(result)
                if preparation == nil { try body(index, result) }
            } catch {
                // The server skips what follows a refusal, preparations too.
                if let preparation, refusal == nil || refusal is PostgreSQLFault { prepared[preparation.sql] = nil }
                refusal = refusal ?? error
            }
            if preparation == nil { index += 1 }
            // Each statement's answers end with a nil.
            while let more = try next(until: deadline) { PQclear(more) }
        }
        guard let sync = try next(until: deadline) else { throw lost() }
        defer { PQclear(sync) }
        guard PQresultStatus(sync) == PGRES_PIPELINE_SYNC else { throw lost() }
        unread.removeFirst()
        if let refusal { throw refusal }
    }

    private func next(until deadline: Deadline) throws -> OpaquePointer? {
        while PQisBusy(raw) == 1 {
            try poll(Int16(POLLIN), until: deadline)
            if PQconsumeInput(raw) == 0 { throw lost() }
        }
        return PQgetResult(raw)
    }

    private static func check(_ result: OpaquePointer) throws {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK: return
        default:
            let state = words(PQresultErrorField(result, Int32(UInt8(ascii: "C"))))
            let message = words(PQresultErrorField(result, Int32(UInt8(ascii: "M"))))
            // A refusal without a state is libpq's own: the connection broke.
            if state.isEmpty { throw PostgreSQLFault.lost(words(PQresultErrorMessage(result))) }
            throw PostgreSQLFault.refused(SQLState(code: state), message: message)
        }
    }

    func poll(_ events: Int16, until deadline: Deadline) throws {
        var entry = pollfd(fd: PQsocket(raw), events: events, revents: 0)
        guard entry.fd >= 0 else { throw lost() }
        while true {
            let left = deadline.millisecondsLeft
            guard left > 0 else { throw PostgreSQLFault.silent }
            let ready = Foundation.poll(&entry, 1, left)
            if ready > 0 { return }
            if ready < 0, errno != EINTR { throw PostgreSQLFault.lost(String(cString: strerror(errno))) }
        }
    }
}
