import Money
import Payments

/// The simulated card acquirer: the published test cards, ordered faults, and books of its own.
public struct SandboxAcquirer: CardAcquirer {
    private let bank: SandboxBank
    private let now: @Sendable () -> Instant

    public init(bank: SandboxBank, now: @escaping @Sendable () -> Instant) {
        self.bank = bank
        self.now = now
    }

    public let capabilities = CardAcquirerCapabilities(
        brands: [.visa, .mastercard, .jcb], currencies: Set(Currency.allCases.filter { $0 != .KHR }),
        capturesPartly: true)

    public func authorize(_ request: AuthorizationRequest) async -> RailOutcome<RailApproval> {
        let answer = TestCards.answer(to: request.card.number)
        let now = now()
        let isExpired = CivilDay(bangkok: request.card.expiry.lastDay) < CivilDay(bangkok: now)
        return await ask(request.reference, isSilent: answer == .silence) { known, fault in
            let code: String =
                if let fault, fault.kind == .decline {
                    fault.code
                } else if isExpired {
                    Self.expiredCard
                } else if case .decline(let code) = answer {
                    code
                } else {
                    Self.approved
                }
            return Self.entry(
                request.reference, request.amount,
                // A reversal that overtook its authorisation wins.
                code: known.contains { $0.kind == .reverse } ? Self.tooLate : code,
                answersInquiries: fault?.kind != .timeout && answer != .silence, at: now)
        }
    }

    public func perform(_ request: FollowUpRequest) async -> RailOutcome<RailApproval> {
        let (kind, now) = (request.reference.kind, now())
        return await ask(request.reference, isSilent: false) { known, fault in
            let code: String =
                if let fault, fault.kind == .decline {
                    fault.code
                } else {
                    Self.allows(kind, request.amount, after: known) ? Self.approved : Self.noSuchRecord
                }
            return Self.entry(request.reference, request.amount, code: code, answersInquiries: true, at: now)
        }
    }

    public func inquire(_ reference: RailReference) async -> RailInquiry {
        guard let entries = try? await bank.entries(of: reference.payment) else { return .unknown }
        guard let entry = entries.first(where: { $0.reference == reference.description }) else { return .notFound }
        guard entry.answersInquiries else { return .unknown }
        return entry.isApproved
            ? .approved(RailApproval(code: entry.approval ?? "")) : .declined(code: entry.code)
    }

    static let approved = "00"
    /// Expired card: a kept card may outlive its month.
    static let expiredCard = "54"
    /// Issuer or switch is inoperative.
    static let unreachable = "91"
    /// Unable to locate record on file.
    static let noSuchRecord = "25"
    /// Response received too late.
    static let tooLate = "68"

    private func ask(
        _ reference: RailReference, isSilent: Bool, decide: @escaping SandboxBank.Decision
    ) async -> RailOutcome<RailApproval> {
        let reply = try? await bank.record(reference, decide: decide)
        if reply?.fault?.kind == .unavailable { return .declined(code: Self.unreachable) }
        guard let entry = reply?.entry, !isSilent, reply?.fault?.kind != .timeout else {
            return .unknown(reason: "timeout")
        }
        return entry.isApproved
            ? .approved(RailApproval(code: entry.approval ?? "")) : .declined(code: entry.code)
    }

    private static func entry(
        _ reference: RailReference, _ amount: Money, code: String, answersInquiries: Bool, at: Instant
    ) -> SandboxBank.Entry {
        SandboxBank.Entry(
            payment: reference.payment, kind: reference.kind, reference: reference.description, amount: amount,
            code: code, approval: code == approved ? approvalCode(reference.payment) : nil,
            answersInquiries: answersInquiries, at: at)
    }

    /// Whether the bank's own books allow the operation.
    private static func allows(_ kind: RailReference.Kind, _ amount: Money, after known: [SandboxBank.Entry]) -> Bool {
        func approved(_ kind: RailReference.Kind) -> [SandboxBank.Entry] {
            known.filter { $0.kind == kind && $0.isApproved }
        }
        let isUndone = !approved(.void).isEmpty || !approved(.reverse).isEmpty
        switch kind {
        case .authorize, .reverse: return true
        case .present, .cancel: return false
        case .void: return !approved(.authorize).isEmpty && approved(.capture).isEmpty && !isUndone
        case .capture:
            let authorized = approved(.authorize).first?.amount.minorUnits ?? 0
            return approved(.capture).isEmpty && !isUndone && amount.minorUnits <= authorized
        case .refund:
            let captured = approved(.capture).reduce(0) { $0 + $1.amount.minorUnits }
            let refunded = approved(.refund).reduce(0) { $0 + $1.amount.minorUnits }
            return amount.minorUnits <= captured - refunded
        }
    }

    /// Six digits that follow from the payment, so that a repeated request shows the same code.
    static func approvalCode(_ payment: ID<Payment>) -> String {
        let digits = String((payment.low ^ payment.high) % 1_000_000)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }
}
