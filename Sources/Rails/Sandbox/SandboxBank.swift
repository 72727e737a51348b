import Foundation
import GRDB
import GroupCommit
import Money
import Payments

/// The simulated bank's own books: what it was asked and what it did, in a file of its own. It never looks into the
/// gateway's.
///
/// An entry is written before it is answered, so it survives the process; it is not synced to disk for each answer as
/// the gateway's commits are.
public final class SandboxBank: Sendable {
    /// One line of the bank's books.
    public struct Entry: Sendable, Equatable {
        public let payment: ID<Payment>
        public let kind: RailReference.Kind
        public let reference: String
        public let amount: Money
        /// Response code: `00` is approved.
        public let code: String
        public let approval: String?
        /// Whether the bank can be asked about it.
        public let answersInquiries: Bool
        public let at: Instant
        public var rail = SandboxFaults.Rail.card

        public var isApproved: Bool { code == "00" }
    }

    /// Decides on a request from what the bank knows of the payment and the fault that was ordered for the call.
    typealias Decision = @Sendable (_ known: [Entry], _ fault: SandboxFaults.Fault?) -> Entry

    /// What the bank has written down, nothing where it could not be reached, and the fault that the call used up.
    struct Reply: Sendable {
        let entry: Entry?
        let fault: SandboxFaults.Fault?
    }

    private struct Request: Sendable {
        let reference: RailReference
        let decide: Decision
    }

    private let pool: DatabasePool
    private let clerk: GroupCommitter<Request, Reply>

    /// Opens, or makes, the books at `path`. Other processes may have them open, or open them at this moment.
    public init(path: String) throws {
        let pool = try Self.pool(path)
        try pool.write { db in
            try db.execute(
                sql: """
                    CREATE TABLE IF NOT EXISTS entries (
                        payment TEXT NOT NULL, sequence INTEGER NOT NULL, reference TEXT NOT NULL,
                        kind TEXT NOT NULL, currency TEXT NOT NULL, amount INTEGER NOT NULL, code TEXT NOT NULL,
                        approval TEXT, inquirable INTEGER NOT NULL, at INTEGER NOT NULL,
                        rail TEXT NOT NULL DEFAULT 'card', PRIMARY KEY (payment, sequence)) WITHOUT ROWID
                    """)
            try db.execute(sql: OrderedFaults.schema)
            try db.execute(sql: SandboxInvitation.schema)
            for table in ["entries", "faults"] where try !db.columns(in: table).contains(where: { $0.name == "rail" }) {
                // The books of an earlier program.
                try db.execute(sql: "ALTER TABLE \(table) ADD COLUMN rail TEXT NOT NULL DEFAULT 'card'")
            }
            // An earlier program's orders for banks.
            try db.execute(sql: "DROP TABLE IF EXISTS payout_faults")
            for schema in [PayoutBook.schema, BankSessionBook.schema, StatementBook.schema, BankNews.schema] {
                try db.execute(sql: schema)
            }
        }
        self.pool = pool
        clerk = GroupCommitter(name: "sandbox-bank") { Self.process($0, pool) }
    }

    /// Seconds for which whoever finds the file locked tries again.
    private static let patience = 5

    private static func pool(_ path: String) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.busyMode = .timeout(TimeInterval(patience))
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = NORMAL") }
        let end = ContinuousClock.now + .seconds(patience)
        while true {
            do {
                return try DatabasePool(path: path, configuration: configuration)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && ContinuousClock.now < end {
                // Switching to WAL does not wait for a process that is doing the same.
                Thread.sleep(forTimeInterval: 0.01)
            }
        }
    }

    /// Records what `decide` says of a request the first time its reference is seen; later the first answer stands.
    func record(_ reference: RailReference, decide: @escaping Decision) async throws -> Reply {
        try await clerk.submit(Request(reference: reference, decide: decide))
    }

    /// Changes the bank's file in a transaction of its own.
    func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await pool.write(body)
    }

    /// Reads the bank's file in one snapshot.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await pool.read(body)
    }

    /// Everything the bank knows of a payment, oldest first.
    public func entries(of payment: ID<Payment>) async throws -> [Entry] {
        try await pool.read { try Self.entries(of: payment, in: $0) }
    }

    /// Forgets everything, ordered faults too.
    public func reset() async throws {
        try await write { db in
            for table in [
                "entries", "invitations", "payouts", "bank_sessions", "statement_lines", "statement_transfers", "news",
                "faults",
            ] {
                try db.execute(sql: "DELETE FROM \(table)")
            }
        }
    }

    public func close() throws {
        clerk.stop()
        try pool.close()
    }

    private static func process(_ group: [Request], _ pool: DatabasePool) -> [Result<Reply, any Error>] {
        do {
            return try pool.write { db in
                var faults = try OrderedFaults(db)
                return try group.map { request in
                    let fault = try faults.next(for: .init(request.reference.kind), of: .card, in: db)
                    return .success(Reply(entry: try answer(request, fault, in: db), fault: fault))
                }
            }
        } catch {
            return group.map { _ in .failure(error) }
        }
    }

    private static func answer(_ request: Request, _ fault: SandboxFaults.Fault?, in db: Database) throws -> Entry? {
        if fault?.kind == .unavailable { return nil }
        let known = try entries(of: request.reference.payment, in: db)
        let reference = request.reference.description
        // A reversal is sent until it is taken: one that was refused is looked at anew.
        if let last = known.last(where: { $0.reference == reference }), last.isApproved || last.kind != .reverse {
            return last
        }
        let entry = request.decide(known, fault)
        try insert(entry, sequence: known.count, in: db)
        return entry
    }

    static func insert(_ entry: Entry, sequence: Int, in db: Database) throws {
        try db.cachedStatement(sql: "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)").execute(
            arguments: [
                entry.payment.hex, sequence, entry.reference, entry.kind.rawValue, entry.amount.currency.rawValue,
                entry.amount.minorUnits, entry.code, entry.approval, entry.answersInquiries, entry.at.microseconds,
                entry.rail.rawValue,
            ])
    }

    static func entries(of payment: ID<Payment>, in db: Database) throws -> [Entry] {
        let statement = try db.cachedStatement(sql: "SELECT * FROM entries WHERE payment = ? ORDER BY sequence")
        return try Row.fetchAll(statement, arguments: [payment.hex]).compactMap { row in
            guard let kind = RailReference.Kind(rawValue: row["kind"]),
                let currency = Currency(rawValue: row["currency"])
            else { return nil }
            return Entry(
                payment: payment, kind: kind, reference: row["reference"],
                amount: Money(minorUnits: row["amount"], currency), code: row["code"], approval: row["approval"],
                answersInquiries: row["inquirable"], at: Instant(microseconds: row["at"]),
                rail: SandboxFaults.Rail(rawValue: row["rail"]) ?? .card)
        }
    }
}
