import Foundation
import GRDB
import Payments

/// What a simulated bank tells the gateway later than it has happened, or once more (`late_notice`, `duplicate_notice`).
/// It lies in the bank's file, so whichever process shares that may tell it.
public struct BankNews: Sendable, Equatable {
    /// What it is about.
    public enum Item: Sendable, Equatable {
        /// A line on the statement of a merchant's collection account.
        case line(BankCredit, of: MerchantID, account: Int64)
        /// The transfer of a payer's session, as the statement shows it.
        case transfer(BankCredit, of: ID<Payment>)
        /// The end of a payout.
        case payout(ID<Payout>)
    }

    public let item: Item
    fileprivate let sequence: Int64

    /// How much later, in seconds: when a gateway asks for itself what it was not told.
    public static let delaySeconds = unresolvedRetrySeconds

    static let schema = """
        CREATE TABLE IF NOT EXISTS news (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT, due INTEGER NOT NULL, subject TEXT NOT NULL,
            is_first INTEGER NOT NULL, item TEXT NOT NULL)
        """

    /// Keeps news for `delaySeconds`, where the fault is one of the bank's word. Late news is the first that the bank
    /// says of its subject.
    static func keep(_ item: Item, after fault: SandboxFaults.Fault?, at now: Instant, in db: Database) throws {
        guard let kind = fault?.kind, SandboxFaults.Kind.ofNotices.contains(kind) else { return }
        let body = String(decoding: try JSONEncoder().encode(Stored(item)), as: UTF8.self)
        try db.execute(
            sql: "INSERT INTO news (due, subject, is_first, item) VALUES (?, ?, ?, ?)",
            arguments: [
                now.adding(seconds: delaySeconds).microseconds, item.subject, kind == .lateNotice, body,
            ])
    }

    /// Until when the bank says nothing of a subject; nil where it says what it knows.
    static func silence(about subject: String, at now: Instant, in db: Database) throws -> Instant? {
        try Int64.fetchOne(
            db, sql: "SELECT due FROM news WHERE subject = ? AND is_first AND due > ?",
            arguments: [subject, now.microseconds]
        ).map(Instant.init(microseconds:))
    }

    fileprivate init?(_ row: Row) {
        let body: String = row["item"]
        guard let item = (try? JSONDecoder().decode(Stored.self, from: Data(body.utf8)))?.item else { return nil }
        self.item = item
        sequence = row["sequence"]
    }
}

extension SandboxBank {
    /// What is to be told by `now`, oldest first. Throws when the bank's file cannot be read.
    public func news(by now: Instant) async throws -> [BankNews] {
        try await read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM news WHERE due <= ? ORDER BY due, sequence", arguments: [now.microseconds]
            ).compactMap(BankNews.init)
        }
    }

    /// When the next of it is to be told. Throws when the bank's file cannot be read.
    public func nextNews(after instant: Instant) async throws -> Instant? {
        try await read { db in
            try Int64.fetchOne(
                db, sql: "SELECT min(due) FROM news WHERE due > ?", arguments: [instant.microseconds])
        }.map(Instant.init(microseconds:))
    }

    /// It has been told. Throws when the bank's file cannot be written.
    public func forget(_ news: BankNews) async throws {
        try await write { try $0.execute(sql: "DELETE FROM news WHERE sequence = ?", arguments: [news.sequence]) }
    }
}

extension BankNews.Item {
    var subject: String {
        switch self {
        case .line(let credit, let merchant, let account): "\(merchant) \(account) \(credit.key)"
        case .transfer(_, let payment): payment.hex
        case .payout(let payout): payout.hex
        }
    }
}

/// An item as it lies in the file.
private struct Stored: Codable {
    var credit: BankCredit?
    var merchant: MerchantID?
    var account: Int64?
    var payment: String?
    var payout: String?

    init(_ item: BankNews.Item) {
        switch item {
        case .line(let credit, let merchant, let account):
            (self.credit, self.merchant, self.account) = (credit, merchant, account)
        case .transfer(let credit, let payment): (self.credit, self.payment) = (credit, payment.hex)
        case .payout(let payout): self.payout = payout.hex
        }
    }

    var item: BankNews.Item? {
        if let credit, let merchant, let account { return .line(credit, of: merchant, account: account) }
        if let credit, let payment = payment.flatMap({ ID<Payment>(hex: $0) }) { return .transfer(credit, of: payment) }
        return payout.flatMap { ID<Payout>(hex: $0) }.map { .payout($0) }
    }
}
