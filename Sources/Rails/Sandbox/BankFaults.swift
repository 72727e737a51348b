import GRDB

/// Misbehaviour ordered for the next calls of the simulated banks.
public struct BankFault: Sendable, Equatable {
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

    /// Which calls misbehave.
    public enum Operation: String, Sendable, CaseIterable {
        case payout
        /// A payer's session: signing in, the transfer's order, a code.
        case authorize
    }

    public let kind: Kind
    /// What the bank says with a refusal of a payout.
    public let code: String
    /// Nil: any.
    public let operation: Operation?
    public let count: Int

    public init(kind: Kind, code: String? = nil, operation: Operation? = nil, count: Int = 1) {
        self.kind = kind
        self.code = code ?? "05"
        self.operation = operation
        self.count = count
    }
}

/// The faults in the bank's file.
extension BankFault {
    static let inCalls: Set<Kind> = [.timeout, .decline, .unavailable]

    static let schema = """
        CREATE TABLE IF NOT EXISTS payout_faults (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, code TEXT NOT NULL, count INTEGER NOT NULL,
            operation TEXT)
        """

    static func order(_ fault: BankFault, in db: Database) throws {
        try db.execute(
            sql: "INSERT INTO payout_faults (kind, code, count, operation) VALUES (?, ?, ?, ?)",
            arguments: [fault.kind.rawValue, fault.code, fault.count, fault.operation?.rawValue])
    }

    /// The next ordered fault of these kinds, used up by one.
    static func next(of kinds: Set<Kind>, for operation: Operation, in db: Database) throws -> BankFault? {
        for row in try Row.fetchAll(db, sql: "SELECT * FROM payout_faults ORDER BY sequence") {
            let named = (row["operation"] as String?).flatMap(Operation.init(rawValue:))
            guard let kind = Kind(rawValue: row["kind"]), kinds.contains(kind), named == nil || named == operation
            else { continue }
            let sequence: Int64 = row["sequence"]
            let fault = BankFault(kind: kind, code: row["code"], operation: named, count: row["count"])
            try db.execute(
                sql: fault.count > 1
                    ? "UPDATE payout_faults SET count = count - 1 WHERE sequence = ?"
                    : "DELETE FROM payout_faults WHERE sequence = ?", arguments: [sequence])
            return fault
        }
        return nil
    }
}

/// Orders of misbehaviour, as the developer gives them.
extension SandboxBank {
    /// Holds from the next call on, behind what was ordered before. Throws when the bank's file cannot be written.
    public func order(_ fault: BankFault) async throws {
        try await write { try BankFault.order(fault, in: $0) }
    }

    /// Takes every order for the banks back. Throws when the bank's file cannot be written.
    public func clearBankFaults() async throws {
        try await write { try $0.execute(sql: "DELETE FROM payout_faults") }
    }

    /// The next ordered fault of payouts of these kinds, used up by one. Throws when the bank's file cannot be written.
    public func usePayoutFault(_ kinds: Set<BankFault.Kind>) async throws -> BankFault.Kind? {
        try await write { try BankFault.next(of: kinds, for: .payout, in: $0)?.kind }
    }
}
