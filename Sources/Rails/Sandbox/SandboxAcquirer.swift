import Money
import Payments

/// The simulated card acquirer: the published test cards, ordered faults, and books of its own.
public struct SandboxAcquirer: CardAcquirer {
    private let bank: SandboxBank
    private let faults: SandboxFaults
    private let now: @Sendable () -> Instant

    public init(bank: SandboxBank, faults: SandboxFaults, now: @escaping @Sendable () -> Instant) {
        self.bank = bank
        self.faults = faults
        self.now = now
    }

    public let capabilities = CardAcquirerCapabilities(
        brands: [.visa, .mastercard, .jcb], currencies: Set(Currency.allCases.filter { $0 != .KHR }),
        capturesPartly: true)

    public func authorize(_ request: AuthorizationRequest) async -> RailOutcome<CardApproval> {
        let fault = faults.next(for: .authorize)
        if fault?.kind == .unavailable { return .declined(code: Self.unreachable) }
        let answer = TestCards.answer(to: request.card.number)
        let isSilent = fault?.kind == .timeout || answer == .silence
        let code: String =
            if let fault, fault.kind == .decline { fault.code } else if case .decline(let code) = answer { code } else {
                Self.approved
            }
        return await ask(request.reference, amount: request.amount, answers: !isSilent) { known in
            // A reversal that overtook its authorisation wins.
            known.contains { $0.kind == .reverse } ? Self.tooLate : code
        }
    }

    public func perform(_ request: FollowUpRequest) async -> RailOutcome<CardApproval> {
        let kind = request.reference.kind
        let fault = faults.next(for: kind)
        if fault?.kind == .unavailable { return .declined(code: Self.unreachable) }
        let outcome = await ask(request.reference, amount: request.amount, answers: true) { known in
            if let fault, fault.kind == .decline { return fault.code }
            return Self.allows(kind, request.amount, after: known) ? Self.approved : Self.noSuchRecord
        }
        return fault?.kind == .timeout ? .unknown(reason: "timeout") : outcome
    }

    public func inquire(_ reference: RailReference) async -> RailInquiry {
        guard let entries = try? await bank.entries(of: reference.payment) else { return .unknown }
        guard let entry = entries.first(where: { $0.reference == reference.description }) else { return .notFound }
        guard entry.answersInquiries else { return .unknown }
        return entry.isApproved
            ? .approved(CardApproval(code: entry.approval ?? "")) : .declined(code: entry.code)
    }

    static let approved = "00"
    /// Issuer or switch is inoperative.
    static let unreachable = "91"
    /// Unable to locate record on file.
    static let noSuchRecord = "25"
    /// Response received too late.
    static let tooLate = "68"

    private func ask(
        _ reference: RailReference, amount: Money, answers: Bool,
        code: @escaping @Sendable ([SandboxBank.Entry]) -> String
    ) async -> RailOutcome<CardApproval> {
        let now = now()
        let entry = try? await bank.record(reference) { known in
            let code = code(known)
            return SandboxBank.Entry(
                payment: reference.payment, kind: reference.kind, reference: reference.description, amount: amount,
                code: code, approval: code == Self.approved ? Self.approvalCode(reference.payment) : nil,
                answersInquiries: answers, at: now)
        }
        guard let entry, answers else { return .unknown(reason: "timeout") }
        return entry.isApproved
            ? .approved(CardApproval(code: entry.approval ?? "")) : .declined(code: entry.code)
    }

    /// Whether the bank's own books allow the operation.
    private static func allows(_ kind: RailReference.Kind, _ amount: Money, after known: [SandboxBank.Entry]) -> Bool {
        func approved(_ kind: RailReference.Kind) -> [SandboxBank.Entry] {
            known.filter { $0.kind == kind && $0.isApproved }
        }
        let isUndone = !approved(.void).isEmpty || !approved(.reverse).isEmpty
        switch kind {
        case .authorize, .reverse: return true
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
    private static func approvalCode(_ payment: ID<Payment>) -> String {
        let digits = String((payment.low ^ payment.high) % 1_000_000)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }
}
