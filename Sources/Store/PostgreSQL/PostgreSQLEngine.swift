import CPQ
import GroupCommit
import Logging
import Metrics

/// PostgreSQL, and what speaks its protocol, through libpq: any number of processes on one database.
///
/// Commits are at READ COMMITTED. Each is a set of guarded changes to single rows, and PostgreSQL judges a guard again
/// after it has waited for a row, so no update is lost and no balance skewed; deadlocks and serialization failures are
/// tried again. Reads are at REPEATABLE READ: each group sees one snapshot.
///
/// While the database is away commits and reads are refused within five seconds, and go through again when it is back.
public final class PostgreSQLEngine: Engine {
    private let supply: ConnectionSupply
    private let lane: CommitLane
    private let reads: PipelinedReads
    private let writer: GroupCommitter<[Statement], Void>
    private let readers: GroupCommitter<PipelinedReads.Body, Void>

    /// How long a command waits to be let in.
    private static let connectPatience = Duration.seconds(10)

    /// Names the database; connections are made when they are needed. Throws `StoreError.unavailable` where `url` is
    /// no connection URL of libpq's.
    public init(url: String, patience: Patience = .standard, logger: Logger) throws {
        guard let options = PQconninfoParse(url, nil) else {
            throw StoreError.unavailable("the database URL is not one that libpq takes")
        }
        PQconninfoFree(options)
        let supply = ConnectionSupply(url: url, patience: patience, logger: logger)
        let lane = CommitLane(supply: supply, patience: patience, logger: logger)
        let reads = PipelinedReads(supply: supply, patience: patience)
        let metrics = CommitMetrics()
        self.supply = supply
        self.lane = lane
        self.reads = reads
        writer = GroupCommitter(name: "mekong-writer", maximumWait: patience.queue) { group in
            metrics.measure(group.count) { lane.process(group) }
        }
        readers = GroupCommitter(name: "mekong-reader", maximumWait: patience.queue) { reads.process($0) }
    }

    public let isShared = true
    public var depth: Int { writer.depth }

    public func commit(_ statements: [Statement]) async throws {
        do {
            try await writer.submit(statements)
        } catch let refusal as GroupCommitter<[Statement], Void>.Refusal {
            throw StoreError.unavailable("\(refusal)")
        }
    }

    public func read<Value: Sendable>(_ body: @escaping @Sendable (Reader) throws -> Value) async throws -> Value {
        let box = AnswerBox<Value>()
        do {
            try await readers.submit { reader in box.result = Result { try body(reader) } }
        } catch let refusal as GroupCommitter<PipelinedReads.Body, Void>.Refusal {
            throw StoreError.unavailable("\(refusal)")
        }
        return try box.result!.get()
    }

    public func scan<Value: Sendable>(_ body: @escaping @Sendable (Reader) throws -> Value) async throws -> Value {
        try await onOwnConnection("mekong-scan") { try body(Reader(connection: PostgreSQLScan(on: $0))) }
    }

    public func migrate(_ migrations: [Migration]) async throws {
        try await onOwnConnection("mekong-migrate") { try PostgreSQLMigration.run(migrations, on: $0) }
    }

    public func close() async throws {
        writer.stop()
        readers.stop()
        try await onThread("mekong-close") { [self] in
            writer.join()
            readers.join()
            supply.stop()
            lane.close()
            reads.close()
        }
    }

    private func onOwnConnection<Value: Sendable>(
        _ name: String, _ body: @escaping @Sendable (PostgreSQLConnection) throws -> Value
    ) async throws -> Value {
        let supply = supply
        return try await onThread(name) {
            try translatingFaults {
                try body(supply.take(until: Deadline(after: Self.connectPatience), isPatient: true))
            }
        }
    }
}
