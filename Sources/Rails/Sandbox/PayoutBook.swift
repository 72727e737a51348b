import GRDB
import Money
import Payments

/// The simulated bank's own book of payouts, in the bank's file.
public struct PayoutBook: Sendable {
    /// One payout as the bank knows it.
    public struct Entry: Sendable, Equatable {
        public let payout: ID<Payout>
        public let amount: Money
        public let beneficiary: Beneficiary
        /// When it ends by itself.
        public let ends: Instant
        /// What was decided about it; nil while it is under way.
        public let outcome: Outcome?
        public let at: Instant
    }

    /// How a payout has ended.
    public enum Outcome: Sendable, Hashable {
        case succeeded
        case failed(reason: String)
    }

    /// Misbehaviour ordered for the next payouts.
    public struct Fault: Sendable, Equatable {
        public enum Kind: String, Sendable, CaseIterable {
            /// The bank does what it was asked and its answer is lost.
            case timeout
            /// The bank refuses.
            case decline
            /// The bank cannot be reached; nothing was done.
            case unavailable
            /// The bank says twice how a payout has ended.
            case duplicateNotice = "duplicate_notice"
            /// The bank does not say that a payout has ended: it has to be asked.
            case lateNotice = "late_notice"
        }

        public let kind: Kind
        public let code: String
        public let count: Int

        public init(kind: Kind, code: String? = nil, count: Int = 1) {
            self.kind = kind
            self.code = code ?? "05"
            self.count = count
        }
    }

    static let schema = """
        CREATE TABLE IF NOT EXISTS payouts (
            id TEXT PRIMARY KEY, currency TEXT NOT NULL, amount INTEGER NOT NULL, bank TEXT NOT NULL,
            account TEXT NOT NULL, name TEXT NOT NULL, ends INTEGER NOT NULL, outcome TEXT, reason TEXT,
            at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS payout_faults (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, code TEXT NOT NULL, count INTEGER NOT NULL)
        """

    private let bank: SandboxBank

    public init(of bank: SandboxBank) { self.bank = bank }

    /// What the bank knows of a payout. Throws when the bank's file cannot be read.
    public func entry(_ payout: ID<Payout>) async throws -> Entry? {
        try await bank.write { try Self.entry(payout, in: $0) }
    }

    /// The same at `now`, with the outcome of one that has ended by itself written down: it never changes after.
    func look(at payout: ID<Payout>, at now: Instant) async throws -> Entry? {
        try await bank.write { db in
            guard let entry = try Self.entry(payout, in: db), entry.outcome == nil, entry.ends <= now else {
                return try Self.entry(payout, in: db)
            }
            try Self.decide(payout, .succeeded, in: db)
            return try Self.entry(payout, in: db)
        }
    }

    /// Every payout that has left, or is about to. Throws when the bank's file cannot be read.
    public func entries() async throws -> [Entry] {
        try await bank.write { db in
            try Row.fetchAll(db, sql: "SELECT * FROM payouts ORDER BY id").compactMap(Self.entry)
        }
    }

    /// Ends a payout that is under way at `now`. Returns false where there is none, or it has ended.
    public func end(_ payout: ID<Payout>, as outcome: Outcome, at now: Instant) async throws -> Bool {
        try await bank.write { db in
            guard let entry = try Self.entry(payout, in: db), entry.outcome == nil, entry.ends > now else {
                return false
            }
            try Self.decide(payout, outcome, in: db)
            return true
        }
    }

    /// Holds from the next call on, behind what was ordered before. Throws when the bank's file cannot be written.
    public func order(_ fault: Fault) async throws {
        try await bank.write { db in
            try db.execute(
                sql: "INSERT INTO payout_faults (kind, code, count) VALUES (?, ?, ?)",
                arguments: [fault.kind.rawValue, fault.code, fault.count])
        }
    }

    /// Takes every order back. Throws when the bank's file cannot be written.
    public func clearFaults() async throws {
        try await bank.write { try $0.execute(sql: "DELETE FROM payout_faults") }
    }

    /// The next ordered fault of these kinds, used up by one. Throws when the bank's file cannot be written.
    public func useFault(_ kinds: Set<Fault.Kind>) async throws -> Fault.Kind? {
        try await bank.write { try Self.nextFault(kinds, in: $0)?.kind }
    }

    /// Takes a request once: later the first entry stands.
    func take(_ request: PayoutRequest, at now: Instant) async throws -> (entry: Entry?, fault: Fault.Kind?) {
        try await bank.write { db in
            let fault = try Self.nextFault([.timeout, .decline, .unavailable], in: db)
            if fault?.kind == .unavailable { return (nil, .unavailable) }
            if let entry = try Self.entry(request.reference, in: db) { return (entry, fault?.kind) }
            try db.execute(
                sql: "INSERT INTO payouts VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL, ?)",
                arguments: [
                    request.reference.hex, request.amount.currency.rawValue, request.amount.minorUnits,
                    request.beneficiary.bank, request.beneficiary.account, request.beneficiary.name,
                    request.requested.adding(seconds: SandboxPayouts.durationSeconds).microseconds, now.microseconds,
                ])
            if let fault, fault.kind == .decline {
                try Self.decide(request.reference, .failed(reason: fault.code), in: db)
            }
            return (try Self.entry(request.reference, in: db), fault?.kind)
        }
    }

    private static func decide(_ payout: ID<Payout>, _ outcome: Outcome, in db: Database) throws {
        let (word, reason): (String, String?) =
            switch outcome {
            case .succeeded: ("succeeded", nil)
            case .failed(let reason): ("failed", reason)
            }
        try db.execute(
            sql: "UPDATE payouts SET outcome = ?, reason = ? WHERE id = ?", arguments: [word, reason, payout.hex])
    }

    private static func nextFault(_ kinds: Set<Fault.Kind>, in db: Database) throws -> Fault? {
        for row in try Row.fetchAll(db, sql: "SELECT * FROM payout_faults ORDER BY sequence") {
            guard let kind = Fault.Kind(rawValue: row["kind"]), kinds.contains(kind) else { continue }
            let sequence: Int64 = row["sequence"]
            let fault = Fault(kind: kind, code: row["code"], count: row["count"])
            try db.execute(
                sql: fault.count > 1
                    ? "UPDATE payout_faults SET count = count - 1 WHERE sequence = ?"
                    : "DELETE FROM payout_faults WHERE sequence = ?", arguments: [sequence])
            return fault
        }
        return nil
    }

    private static func entry(_ payout: ID<Payout>, in db: Database) throws -> Entry? {
        try Row.fetchOne(db, sql: "SELECT * FROM payouts WHERE id = ?", arguments: [payout.hex]).flatMap(entry)
    }

    private static func entry(_ row: Row) -> Entry? {
        guard let id = ID<Payout>(hex: row["id"] as String), let currency = Currency(rawValue: row["currency"])
        else { return nil }
        let outcome: Outcome? =
            switch row["outcome"] as String? {
            case "succeeded": .succeeded
            case "failed": .failed(reason: row["reason"] ?? "")
            default: nil
            }
        return Entry(
            payout: id, amount: Money(minorUnits: row["amount"], currency),
            beneficiary: Beneficiary(bank: row["bank"], account: row["account"], name: row["name"]),
            ends: Instant(microseconds: row["ends"]), outcome: outcome, at: Instant(microseconds: row["at"]))
    }
}
