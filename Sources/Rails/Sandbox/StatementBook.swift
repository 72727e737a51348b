import GRDB
import Payments

/// The simulated bank's own book of the credits on its statements: under which keys they stand there.
public struct StatementBook: Sendable {
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
        ) WITHOUT ROWID
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
            switch fault?.kind {
            case .decline: return .refused(code: fault?.code ?? "")
            case .unavailable: return .unavailable
            case .timeout: return .timeout
            case .duplicateNotice, .lateNotice, nil: break
            }
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
