import GRDB
import Money
import Payments

/// The simulated banks' own book of payers' sessions, in the bank's file. No user name, password or code is in it.
public struct BankSessionBook: Sendable {
    /// How far a session has come.
    enum Step: String, Sendable {
        case signedOut, signedIn, first, second, transferred, ended
    }

    /// One session as the bank knows it.
    public struct Entry: Sendable, Equatable {
        public let payment: ID<Payment>
        let bank: String
        let kind: BankAccountKind
        /// The account that pays.
        var account = ""
        var behaviour: String?
        var step = Step.signedOut
        /// Wrong passwords, or wrong codes of the kind that is asked for.
        var failures = 0
        var problem: BankSessionProblem?
        public internal(set) var amount: Money?
        public internal(set) var at: Instant

        /// Whether the money has left.
        public var hasLeft: Bool { step == .transferred }
        /// Whether nothing more will happen to it.
        public var isOver: Bool { step == .transferred || step == .ended }
        /// The bank's own reference of the transfer.
        public var reference: String { Self.mark + payment.hex.uppercased() }

        private static let mark = "IB"

        /// The other way round; nil where it is no such reference.
        static func payment(of reference: String) -> ID<Payment>? {
            guard reference.hasPrefix(mark) else { return nil }
            return ID(hex: reference.dropFirst(mark.count).lowercased())
        }
    }

    static let schema = """
        CREATE TABLE IF NOT EXISTS bank_sessions (
            payment TEXT PRIMARY KEY, bank TEXT NOT NULL, kind TEXT NOT NULL, account TEXT NOT NULL, behaviour TEXT,
            step TEXT NOT NULL, failures INTEGER NOT NULL, problem TEXT, currency TEXT, amount INTEGER,
            at INTEGER NOT NULL) WITHOUT ROWID
        """

    private let bank: SandboxBank

    public init(of bank: SandboxBank) { self.bank = bank }

    /// What the bank knows of a session. Throws when the bank's file cannot be read.
    public func entry(_ payment: ID<Payment>) async throws -> Entry? {
        try await bank.read { try Self.entry(payment, in: $0) }
    }

    /// The same for a gateway that asks at `now`, and whether the bank keeps it to itself then.
    func standing(of payment: ID<Payment>, at now: Instant) async throws -> (entry: Entry?, isSilent: Bool) {
        try await bank.read { db in
            (
                try Self.entry(payment, in: db),
                try BankNews.silence(about: payment.hex, at: now, in: db) != nil
            )
        }
    }

    /// Every session. Throws when the bank's file cannot be read.
    public func entries() async throws -> [Entry] {
        try await bank.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM bank_sessions ORDER BY payment").compactMap(Self.entry)
        }
    }

    /// Changes a session in one transaction, and returns it as it is then. `fresh` begins one where there is none.
    func change(
        _ payment: ID<Payment>, fresh: (@Sendable () -> Entry)? = nil, _ body: @escaping @Sendable (inout Entry) -> Void
    ) async throws -> Entry? {
        try await bank.write { db in
            guard var entry = try Self.entry(payment, in: db) ?? fresh?() else { return nil }
            body(&entry)
            try Self.put(entry, in: db)
            return entry
        }
    }

    /// The same for what a payer does, unless a fault was ordered for it. No entry where the bank could not be reached.
    /// Once the money leaves, the fault may be one of the bank's word of it.
    func act(
        _ payment: ID<Payment>, at now: Instant, fresh: (@Sendable () -> Entry)? = nil,
        _ body: @escaping @Sendable (inout Entry) -> Void
    ) async throws -> (entry: Entry?, fault: SandboxFaults.Kind?) {
        try await bank.write { db in
            let before = try Self.entry(payment, in: db) ?? fresh?()
            let after = before.map { before in
                var entry = before
                body(&entry)
                return entry
            }
            let leaves = after?.hasLeft == true && before?.hasLeft == false
            let fault = try OrderedFaults.take(
                for: .authorize, of: .bank,
                among: leaves ? Set(SandboxFaults.Kind.allCases) : SandboxFaults.Kind.inCalls, in: db)
            guard fault?.kind != .unavailable, let before, var entry = after else { return (nil, fault?.kind) }
            if fault?.kind == .decline, !before.isOver {
                entry = before
                entry.end(.refused)
            } else if leaves, let credit = entry.credit {
                try BankNews.keep(.transfer(credit, of: payment), after: fault, at: now, in: db)
            }
            try Self.put(entry, in: db)
            return (entry, fault?.kind)
        }
    }

    private static func put(_ entry: Entry, in db: Database) throws {
        try db.execute(
            sql: "INSERT OR REPLACE INTO bank_sessions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                entry.payment.hex, entry.bank, entry.kind.rawValue, entry.account, entry.behaviour,
                entry.step.rawValue, entry.failures, entry.problem?.rawValue, entry.amount?.currency.rawValue,
                entry.amount?.minorUnits, entry.at.microseconds,
            ])
    }

    private static func entry(_ payment: ID<Payment>, in db: Database) throws -> Entry? {
        try Row.fetchOne(db, sql: "SELECT * FROM bank_sessions WHERE payment = ?", arguments: [payment.hex])
            .flatMap(entry)
    }

    private static func entry(_ row: Row) -> Entry? {
        guard let payment = ID<Payment>(hex: row["payment"] as String),
            let kind = BankAccountKind(rawValue: row["kind"]), let step = Step(rawValue: row["step"])
        else { return nil }
        let currency = (row["currency"] as String?).flatMap(Currency.init(rawValue:))
        let units: Int64? = row["amount"]
        return Entry(
            payment: payment, bank: row["bank"], kind: kind, account: row["account"], behaviour: row["behaviour"],
            step: step, failures: row["failures"],
            problem: (row["problem"] as String?).flatMap(BankSessionProblem.init(rawValue:)),
            amount: currency.flatMap { currency in units.map { Money(minorUnits: $0, currency) } },
            at: Instant(microseconds: row["at"]))
    }
}
