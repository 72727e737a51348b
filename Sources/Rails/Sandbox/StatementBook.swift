import GRDB
import Money
import Payments

/// The simulated bank's own book of the credits on its statements: under which keys they stand there, and what became of
/// each transfer.
public struct StatementBook: Sendable {
    /// A payer's transfer to a collection account that has reached the bank.
    public struct Entry: Sendable, Equatable {
        /// What tells it apart from others to the account.
        public let name: String
        public let rail: SandboxFaults.Rail
        public let amount: Money
        /// Response code: `00` is approved.
        public let code: String
        public let at: Instant

        public var isApproved: Bool { code == "00" }
    }

    /// What came of a payer's transfer to a collection account.
    public enum Posting: Sendable, Equatable {
        /// It is credited, and the statement tells of it so many times.
        case told(BankCredit, times: Int)
        /// It is credited, and the statement tells of it later. Whether it was so before.
        case late(again: Bool)
        /// Nothing was credited.
        case refused(code: String)
        case unavailable
        case timeout
    }

    static let schema = """
        CREATE TABLE IF NOT EXISTS statement_lines (
            account INTEGER NOT NULL, reference TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (account, reference)
        ) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS statement_transfers (
            sequence INTEGER PRIMARY KEY, account INTEGER NOT NULL, name TEXT NOT NULL, rail TEXT NOT NULL,
            currency TEXT NOT NULL, amount INTEGER NOT NULL, code TEXT NOT NULL, at INTEGER NOT NULL
        );
        CREATE INDEX IF NOT EXISTS statement_transfers_name ON statement_transfers (account, name)
        """

    private let bank: SandboxBank

    public init(of bank: SandboxBank) { self.bank = bank }

    /// Credits a payer's transfer, unless a fault was ordered for it. What was credited under this name before is the
    /// same line, has the key that it had then, and meets no fault. Throws when the bank's file cannot be written.
    /// - Parameters:
    ///   - name: what tells the transfer apart from others to the account; nil for one that is like no other.
    ///   - rail: through which the payer pays.
    public func post(
        _ credit: BankCredit, named name: String?, to account: Int64, of merchant: MerchantID,
        through rail: SandboxFaults.Rail, at now: Instant
    ) async throws -> Posting {
        try await bank.write { db in
            if let known = try name.flatMap({ try Self.key($0, account, in: db) }) {
                let credit = credit.with(key: known)
                let item = BankNews.Item.line(credit, of: merchant, account: account)
                let isSilent = try BankNews.silence(about: item.subject, at: now, in: db) != nil
                return isSilent ? .late(again: true) : .told(credit, times: 1)
            }
            let fault = try OrderedFaults.take(for: .authorize, of: rail, in: db)
            func keep(_ code: String) throws {
                guard let name else { return }
                try Self.keep(
                    Entry(name: name, rail: rail, amount: credit.amount, code: code, at: now), of: account, in: db)
            }
            switch fault?.kind {
            case .decline:
                try keep(fault?.code ?? "")
                return .refused(code: fault?.code ?? "")
            case .unavailable: return .unavailable
            case .timeout: return .timeout
            case .duplicateNotice, .lateNotice, nil: break
            }
            try keep("00")
            if let name {
                try db.execute(
                    sql: "INSERT INTO statement_lines VALUES (?, ?, ?)", arguments: [account, name, credit.key])
            }
            guard fault?.kind == .lateNotice else {
                return .told(credit, times: fault == nil ? 1 : 2)
            }
            try BankNews.keep(.line(credit, of: merchant, account: account), after: fault, at: now, in: db)
            return .late(again: false)
        }
    }

    /// What became of the transfers of this name, oldest first. Throws when the bank's file cannot be read.
    public func entries(named name: String, to account: Int64) async throws -> [Entry] {
        try await bank.read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM statement_transfers WHERE account = ? AND name = ? ORDER BY sequence",
                arguments: [account, name]
            ).compactMap(Self.entry)
        }
    }

    private static func entry(_ row: Row) -> Entry? {
        guard let rail = SandboxFaults.Rail(rawValue: row["rail"]), let currency = Currency(rawValue: row["currency"])
        else { return nil }
        return Entry(
            name: row["name"], rail: rail, amount: Money(minorUnits: row["amount"], currency), code: row["code"],
            at: Instant(microseconds: row["at"]))
    }

    private static func keep(_ entry: Entry, of account: Int64, in db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO statement_transfers (account, name, rail, currency, amount, code, at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                account, entry.name, entry.rail.rawValue, entry.amount.currency.rawValue, entry.amount.minorUnits,
                entry.code, entry.at.microseconds,
            ])
    }

    private static func key(_ name: String, _ account: Int64, in db: Database) throws -> String? {
        try String.fetchOne(
            db, sql: "SELECT key FROM statement_lines WHERE account = ? AND reference = ?", arguments: [account, name])
    }
}

extension BankCredit {
    fileprivate func with(key: String) -> BankCredit {
        BankCredit(
            key: key, amount: amount, creditedAt: creditedAt, creditedUntil: creditedUntil, payerBank: payerBank,
            payerAccount: payerAccount, payerName: payerName, description: description, reference: reference)
    }
}
