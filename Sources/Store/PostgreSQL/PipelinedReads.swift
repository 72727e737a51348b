import CPQ
import Foundation

/// Runs groups of reads over one connection, on one thread, each group in one snapshot.
///
/// A read asks for one thing after another, and a round trip for each would cost more than the asking. So every read
/// of a group is run until it asks for something that is not known yet; what all of them ask for is fetched at once;
/// then they are run again from their beginnings, with what is known by then. A read does nothing but read, so running
/// it again changes nothing.
final class PipelinedReads: @unchecked Sendable {
    typealias Body = @Sendable (Reader) -> Void
    typealias Answer = Result<Void, any Error>

    private let supply: ConnectionSupply
    private let patience: Patience
    private var connection: PostgreSQLConnection?

    private static let begin = SQL("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    private static let commit = SQL("COMMIT")

    init(supply: ConnectionSupply, patience: Patience) {
        self.supply = supply
        self.patience = patience
    }

    /// Drops the connection. For the end.
    func close() { connection = nil }

    /// Runs every body to its end. Never throws: where the database cannot be read, everyone gets that for an answer.
    func process(_ group: [Body]) -> [Answer] {
        do {
            do {
                try run(group)
            } catch PostgreSQLFault.lost {
                // It may only be a connection that died unnoticed long ago.
                connection = nil
                try run(group)
            }
            return group.map { _ in .success(()) }
        } catch {
            connection = nil
            let told = (error as? PostgreSQLFault)?.asStoreError ?? error
            return group.map { _ in .failure(told) }
        }
    }

    private func run(_ group: [Body]) throws {
        let connection = try connected()
        let reads = group.map { (body: $0, known: KnownAnswers()) }
        var asking = reads[...].filter { Self.asks($0) }
        var requests = [PostgreSQLRequest(Self.begin)]
        guard !asking.isEmpty else { return }
        while !asking.isEmpty {
            let first = requests.count
            requests += asking.map { $0.known.wanted! }
            try connection.run(requests, within: patience.answer) { index, result in
                if index >= first { try asking[index - first].known.learn(result) }
            }
            requests = []
            asking = asking.filter { Self.asks($0) }
        }
        try connection.runLater(PostgreSQLRequest(Self.commit))
    }

    /// Runs a read with what is known; whether it asks for more.
    private static func asks(_ read: (body: Body, known: KnownAnswers)) -> Bool {
        read.known.rewind()
        read.body(Reader(connection: read.known))
        return read.known.wanted != nil
    }

    private func connected() throws -> PostgreSQLConnection {
        if let connection, !connection.isBroken { return connection }
        let fresh = try supply.take(until: Deadline(after: patience.connection))
        connection = fresh
        return fresh
    }
}

/// What a read has been told so far, in the order in which it asked.
private final class KnownAnswers: SQLConnection {
    /// Stops a read that asks for what is not known yet.
    private struct Unknown: Error {}

    private var answers: [[SQLRow]] = []
    private var next = 0
    private(set) var wanted: PostgreSQLRequest?

    func rewind() { (next, wanted) = (0, nil) }

    func learn(_ result: OpaquePointer) throws {
        answers.append(try (0..<PQntuples(result)).map { try PostgreSQLArguments.row($0, of: result) })
    }

    func forEach(_ sql: SQL, _ arguments: [SQLValue], _ body: (SQLRow) throws -> Void) throws {
        guard wanted == nil else { throw Unknown() }
        guard next < answers.count else {
            wanted = PostgreSQLRequest(sql, arguments)
            throw Unknown()
        }
        next += 1
        for row in answers[next - 1] { try body(row) }
    }
}
