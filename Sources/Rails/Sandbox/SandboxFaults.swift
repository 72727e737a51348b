import GRDB
import Payments

/// Misbehaviour ordered for the next calls of a simulated rail (sandbox contract, `POST /sandbox/faults`).
///
/// The orders are kept in the bank's file, so they hold for every process that shares it.
public struct SandboxFaults: Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        /// The bank does what it was asked and its answer is lost; an authorisation cannot be inquired either.
        case timeout
        /// The bank refuses with the ordered code.
        case decline
        /// The bank cannot be reached; nothing was done.
        case unavailable
        /// The bank's word of a payer's payment comes twice.
        case duplicateNotice = "duplicate_notice"
        /// The bank has booked a payer's payment, and its word does not come until somebody asks.
        case lateNotice = "late_notice"

        /// Whether the fault is one of the bank's word, which only payers' payments have.
        var isOfNotices: Bool { self == .duplicateNotice || self == .lateNotice }
    }

    /// Whose calls misbehave.
    public enum Rail: String, Sendable, CaseIterable {
        case card
        /// QR codes and apps.
        case qr
        /// Wallets on pages of their own.
        case redirect

        /// Whether calls of this rail can misbehave so.
        public func has(_ kind: Kind) -> Bool { self != .card || !kind.isOfNotices }

        init(_ form: Invitation.Form) { self = form == .redirect ? .redirect : .qr }
    }

    public struct Fault: Sendable, Equatable {
        public let rail: Rail
        public let kind: Kind
        /// Which operation misbehaves; nil for whichever comes next.
        public let operation: RailReference.Kind?
        /// The response code of a decline.
        public let code: String
        public var count: Int

        public init(rail: Rail = .card, kind: Kind, operation: RailReference.Kind?, code: String?, count: Int) {
            self.rail = rail
            self.kind = kind
            self.operation = kind.isOfNotices ? .authorize : operation
            self.code = code ?? (rail == .qr ? "EMIU" : "05")
            self.count = count
        }
    }

    private let bank: SandboxBank

    /// The faults of one bank.
    public init(of bank: SandboxBank) { self.bank = bank }

    /// Holds from the next call on, behind what was ordered before. Throws when the bank's file cannot be written.
    public func order(_ fault: Fault) async throws {
        try await bank.write { try OrderedFaults.insert(fault, in: $0) }
    }

    /// Takes every order back. Throws when the bank's file cannot be written.
    public func clear() async throws {
        try await bank.write { try OrderedFaults.clear($0) }
    }
}
