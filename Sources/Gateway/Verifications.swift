import Logging
import Payments
import Rails
import Store

/// Charges that only show that a card is its holder's: approved, and voided at once.
extension Gateway {
    /// Whether a charge that is to verify a card may. Throws `GatewayFault`.
    func checkVerification(_ command: ChargeCommand, _ card: PresentedCard) throws {
        guard command.terms.isVerification else { return }
        guard command.merchant.settings(command.dialect).allowsCardVerification,
            command.acceptor.requiresAuthentication
        else { throw GatewayFault.verificationNotAllowed }
        if rails.cards.isForeign(card.number) { throw GatewayFault.cardForeign }
    }

    /// Voids an approved verification. What cannot be done now falls due: the approval itself is never taken back.
    func endVerification(_ payment: Payment) async -> Payment {
        guard payment.terms.isVerification, payment.state == .authorized else { return payment }
        do {
            try await voidVerification(payment)
        } catch {
            logger.info("a verification is voided later", metadata: ["payment": "\(payment.id)", "why": "\(error)"])
        }
        let current = try? await read { try $0.payment(payment.id) }
        return current ?? payment
    }

    /// Voids an approved verification: intent, the acquirer, outcome. One that the acquirer refuses to void stays
    /// authorised until the next cut-off tries again.
    func voidVerification(_ payment: Payment) async throws {
        let step = try payment.voidRequested(at: clock.now())
        try await commit(changes(for: step))
        try await finishVoid(step.payment)
    }
}
