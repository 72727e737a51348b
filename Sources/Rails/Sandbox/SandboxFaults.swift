import GRDB
import Payments

/// Misbehaviour ordered for the next calls of a simulated rail (sandbox contract, `POST /sandbox/faults`).
///
/// The orders are kept in the bank's file, so they hold for every process that shares it.
public struct SandboxFaults: Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        /// The bank does what it was asked and its answer is lost; an authorisation of a card cannot be inquired either.
        /// A payer's transfer to a collection account does not go through.
        case timeout
        /// The bank refuses with the ordered code.
        case decline
        /// The bank cannot be reached; nothing was done.
        case unavailable
        /// The bank's word of money that has moved comes twice.
        case duplicateNotice = "duplicate_notice"
        /// Money has moved, and the bank's word of it comes later.
        case lateNotice = "late_notice"

        /// Those of a call to the bank.
        static let inCalls: Set<Kind> = [.timeout, .decline, .unavailable]
        /// Those of the bank's own word.
        static let ofNotices: Set<Kind> = [.duplicateNotice, .lateNotice]
    }

    /// Whose calls misbehave.
    public enum Rail: String, Sendable, CaseIterable {
        case card
        /// QR codes and apps.
        case qr
        /// Wallets on pages of their own.
        case redirect
        /// Transfers to collection accounts, payers' sessions at their bank, payouts.
        case bank

        init(_ form: Invitation.Form) { self = form == .redirect ? .redirect : .qr }
    }

    /// What a rail is asked.
    public enum Operation: String, Sendable, CaseIterable {
        /// The payer pays.
        case authorize
        case void, capture, refund, payout, reverse, present, cancel

        public init(_ kind: RailReference.Kind) {
            switch kind {
            case .authorize: self = .authorize
            case .reverse: self = .reverse
            case .void: self = .void
            case .capture: self = .capture
            case .refund: self = .refund
            case .present: self = .present
            case .cancel: self = .cancel
            }
        }
    }

    public struct Fault: Sendable, Equatable {
        public let rail: Rail
        public let kind: Kind
        /// Which operation misbehaves; nil for whichever comes next.
        public let operation: Operation?
        /// The response code of a decline.
        public let code: String
        public var count: Int

        public init(
            rail: Rail = .card, kind: Kind, operation: Operation? = nil, code: String? = nil, count: Int = 1
        ) {
            self.rail = rail
            self.kind = kind
            self.operation = operation
            self.code = code ?? (rail == .qr ? "EMIU" : "05")
            self.count = count
        }

        /// Whether a call for `operation` of `rail` may misbehave so. A reversal is the gateway's own doing: it
        /// misbehaves only where a fault names it.
        func meets(_ operation: Operation, of rail: Rail) -> Bool {
            guard self.rail == rail, rail.operations(with: kind).contains(operation) else { return false }
            return self.operation.map { $0 == operation } ?? (operation != .reverse)
        }
    }

    /// A fault that no call would ever meet.
    public struct NeverMet: Error, Equatable, CustomStringConvertible {
        /// Why, and what would be met.
        public let description: String
    }

    private let bank: SandboxBank

    /// The faults of one bank.
    public init(of bank: SandboxBank) { self.bank = bank }

    /// Holds from the next call on, behind what was ordered before. Throws `NeverMet`, and when the bank's file cannot
    /// be written.
    public func order(_ fault: Fault) async throws {
        try fault.rail.check(fault.kind, of: fault.operation?.rawValue)
        try await bank.write { try OrderedFaults.insert(fault, in: $0) }
    }

    /// What is ordered and not used up, oldest first. Throws when the bank's file cannot be read.
    public func orders() async throws -> [Fault] {
        try await bank.read { try OrderedFaults($0).faults }
    }

    /// Takes every order back. Throws when the bank's file cannot be written.
    public func clear() async throws {
        try await bank.write { try OrderedFaults.clear($0) }
    }
}

extension SandboxFaults.Rail {
    /// Which operations of this rail can misbehave so. A card acquirer answers what it is asked and sends no word of
    /// its own. What payers pay by themselves is captured without asking, and never reversed or refunded there.
    public func operations(with kind: SandboxFaults.Kind) -> [SandboxFaults.Operation] {
        let isOfNotices = SandboxFaults.Kind.ofNotices.contains(kind)
        switch self {
        case .card: return isOfNotices ? [] : [.authorize, .void, .capture, .refund, .reverse]
        case .qr, .redirect: return isOfNotices ? [.authorize] : [.authorize, .void, .present, .cancel]
        case .bank: return [.authorize, .payout]
        }
    }

    /// Throws `NeverMet` for a fault that no call of this rail would meet, with a reason that names those that one would.
    public func check(
        _ kind: SandboxFaults.Kind, of operation: String?
    ) throws(SandboxFaults.NeverMet) {
        let operations = operations(with: kind).map(\.rawValue)
        if operations.isEmpty {
            let kinds = SandboxFaults.Kind.allCases.filter { !self.operations(with: $0).isEmpty }.map(\.rawValue)
            throw SandboxFaults.NeverMet(
                description: "rail \(rawValue) sends no notices: fault must be one of "
                    + kinds.joined(separator: ", "))
        }
        if let operation, !operations.contains(operation) {
            throw SandboxFaults.NeverMet(
                description: "operation must be one of \(operations.joined(separator: ", ")) for \(kind.rawValue) of "
                    + "rail \(rawValue)")
        }
    }
}
