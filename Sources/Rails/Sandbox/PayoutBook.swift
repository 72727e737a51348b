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

    static let schema = """
        CREATE TABLE IF NOT EXISTS payouts (
            id TEXT PRIMARY KEY, currency TEXT NOT NULL, amount INTEGER NOT NULL, bank TEXT NOT NULL,
            account TEXT NOT NULL, name TEXT NOT NULL, ends INTEGER NOT NULL, outcome TEXT, reason TEXT,
            at INTEGER NOT NULL) WITHOUT ROWID
        """

    private let bank: SandboxBank

    public init(of bank: SandboxBank) { self.bank = bank }

    /// What the bank knows of a payout. Throws when the bank's file cannot be read.
    public func entry(_ payout: ID<Payout>) async throws -> Entry? {
        try await bank.write { try Self.entry(payout, in: $0) }
    }

    /// The same at `now`, with the outcome of one that has ended by itself written down: it never changes after. And
    /// until when the bank keeps the outcome to itself, where it does.
    func look(at payout: ID<Payout>, at now: Instant) async throws -> (entry: Entry?, silentUntil: Instant?) {
        try await bank.write { db in
            if let entry = try Self.entry(payout, in: db), entry.outcome == nil, entry.ends <= now {
                try Self.end(payout, as: .succeeded, at: now, in: db)
            }
            return (
                try Self.entry(payout, in: db), try BankNews.silence(about: payout.hex, at: now, in: db)
            )
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
            try Self.end(payout, as: outcome, at: now, in: db)
            return true
        }
    }

    /// Takes a request once: later the first entry stands.
    func take(
        _ request: PayoutRequest, at now: Instant
    ) async throws -> (entry: Entry?, fault: SandboxFaults.Kind?) {
        try await bank.write { db in
            let fault = try OrderedFaults.take(for: .payout, of: .bank, among: SandboxFaults.Kind.inCalls, in: db)
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

    /// The payout ends, and the bank tells of it, unless a fault was ordered of its word.
    private static func end(_ payout: ID<Payout>, as outcome: Outcome, at now: Instant, in db: Database) throws {
        try decide(payout, outcome, in: db)
        let fault = try OrderedFaults.take(for: .payout, of: .bank, among: SandboxFaults.Kind.ofNotices, in: db)
        try BankNews.keep(.payout(payout), after: fault, at: now, in: db)
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
