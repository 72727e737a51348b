import Money
import Payments

/// The payer of the simulated push rails: scans, looks at what is asked for, pays or gives up.
public struct SandboxPayer: Sendable {
    private let rail: SandboxPush

    public init(_ rail: SandboxPush) { self.rail = rail }

    /// What came of an attempt to pay.
    public enum Outcome: Sendable, Equatable {
        /// The bank has booked it. It sends word of it so many times.
        case paid(notices: Int)
        /// The payer's bank refused, with a code. It sends word of that too.
        case declined(code: String)
        case expired, cancelled, alreadyPaid, wrongAmount, unavailable
        case notFound
    }

    /// KASIKORNBANK's app, as the bank names the channel.
    public static let kplus = "kplus"

    /// What is asked for under an invitation's id, or a payload.
    public func invitation(_ payment: ID<Payment>) async throws -> SandboxInvitation? {
        try await rail.bank.read { try SandboxInvitation.find(payment, in: $0) }
    }

    public func invitation(payload: String) async throws -> SandboxInvitation? {
        try await rail.bank.read { try SandboxInvitation.find(payload: payload, in: $0) }
    }

    /// Whether the payer can no longer pay: it is paid, refused, taken back or expired.
    public func isOver(_ payment: ID<Payment>) async throws -> Bool {
        let now = rail.now()
        return try await rail.bank.read { db in
            let books = try PushBooks(db, payment, at: now)
            return books.invitation.map { Self.obstacle($0, books) != nil } ?? true
        }
    }

    /// Pays, as far as the bank allows.
    /// - Parameters:
    ///   - amount: what the payer thinks to pay; nil for what is asked for.
    ///   - refusal: the code with which the payer's own bank refuses, where it does.
    public func pay(
        _ payment: ID<Payment>, amount: Money? = nil, channel: String = kplus, refusal: String? = nil
    ) async throws -> Outcome {
        let now = rail.now()
        return try await rail.bank.write { db in
            var books = try PushBooks(db, payment, at: now)
            guard let invitation = books.invitation else { return .notFound }
            if let amount, amount != invitation.amount { return .wrongAmount }
            if let obstacle = Self.obstacle(invitation, books) { return obstacle }
            let fault = try books.fault(for: .authorize, of: invitation.rail)
            if fault?.kind == .unavailable { return .unavailable }
            let code = fault.flatMap { $0.kind == .decline ? $0.code : nil } ?? refusal ?? SandboxAcquirer.approved
            let reference = RailReference(.authorize, of: payment).description
            try books.add(.authorize, reference, invitation.amount, code: code, on: invitation.rail)
            guard code == SandboxAcquirer.approved else { return .declined(code: code) }
            try SandboxInvitation.set(channel: channel, of: payment, in: db)
            switch fault?.kind {
            case .duplicateNotice: return .paid(notices: 2)
            case .lateNotice, .timeout: return .paid(notices: 0)
            default: return .paid(notices: 1)
            }
        }
    }

    /// Why the payer can no longer pay.
    private static func obstacle(_ invitation: SandboxInvitation, _ books: PushBooks) -> Outcome? {
        if books.approved(.authorize) != nil { return .alreadyPaid }
        if let code = books.refusedPayment { return .declined(code: code) }
        // The gateway takes back what has expired: the payer is told why.
        if invitation.expires <= books.now { return .expired }
        return books.approved(.cancel) != nil ? .cancelled : nil
    }
}
