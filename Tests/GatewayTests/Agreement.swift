import Gateway
import Money
import Payments
import Rails
import Store
import Testing

/// Whether the gateway's payment and the bank's entries tell the same story.
struct Agreement {
    let payment: Payment
    let refunds: [Refund]
    let entries: [SandboxBank.Entry]

    /// What does not fit, in words; nil where all does.
    var difference: String? {
        switch payment.state {
        case .challenged, .authenticating, .unauthenticated:
            return entries.isEmpty ? nil : "the bank was asked before the payer"
        case .authorizing, .reversing, .voiding, .capturing, .presenting, .cancelling: return "no outcome was found"
        case .presented, .cancelled:
            return entries.contains { $0.kind != .present && $0.kind != .cancel } ? "money has moved" : nil
        case .declined: return count(.authorize) == 0 ? nil : "the bank has approved it"
        case .reversed: return only([.reverse]) ?? undone
        case .authorized: return only([.authorize])
        case .voided: return only([.authorize, .void])
        case .captured, .settled: return only([.authorize, .capture, .refund]) ?? amounts
        }
    }

    private func approved(_ kind: RailReference.Kind) -> [SandboxBank.Entry] {
        entries.filter { $0.kind == kind && $0.isApproved }
    }

    private func count(_ kind: RailReference.Kind) -> Int { approved(kind).count }

    /// Each of these was approved once (refunds: any number), and no other kind ever.
    private func only(_ kinds: Set<RailReference.Kind>) -> String? {
        for kind in RailReference.Kind.allCases where kind != .refund && !(kind == .authorize && kinds == [.reverse]) {
            let expected = kinds.contains(kind) ? 1 : 0
            if count(kind) != expected { return "the bank has approved \(kind) \(count(kind)) times" }
        }
        return kinds.contains(.refund) || count(.refund) == 0 ? nil : "the bank has refunded it"
    }

    private var undone: String? { count(.authorize) <= 1 ? nil : "the bank has approved it twice" }

    private var amounts: String? {
        // In the currency, and with the fee, that the payer was charged.
        let captured = payment.captured.flatMap { try? payment.charged(for: $0) }
        if approved(.authorize).first?.amount != payment.charged { return "the bank has authorised another amount" }
        if approved(.capture).first?.amount != captured { return "the bank has captured another amount" }
        let here = refunds.filter(\.stands).map { ($0.converted ?? $0.amount).minorUnits }.sorted()
        let there = approved(.refund).map(\.amount.minorUnits).sorted()
        return here == there ? nil : "refunds are \(here), the bank says \(there)"
    }
}

extension Bench {
    /// Expects every payment to be as the bank believes, and the books to be right.
    func expectAgreement(_ name: String) async throws {
        for payment in try await payments() {
            let agreement = Agreement(
                payment: payment, refunds: try await refunds(of: payment),
                entries: try await bank.entries(of: payment.id))
            let difference = agreement.difference
            #expect(difference == nil, "\(name): payment \(payment.id), \(payment.state)")
        }
        _ = try await Auditor().verify(store)
    }
}
