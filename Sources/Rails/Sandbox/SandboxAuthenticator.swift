import Payments

/// The simulated issuer's 3-D Secure: 123456 is right, anything else fails (K-Payment document, section 7.1).
public struct SandboxAuthenticator: CardAuthenticator {
    public init() {}

    public func verify(_ code: Secret<String>, for payment: Payment) async -> RailOutcome<Authentication> {
        guard code.expose() == "123456" else { return .declined(code: failedAuthenticationCode) }
        let digits = Array(payment.id.hex)
        let uuid = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
        return .approved(
            Authentication(
                // Visa and JCB say 05 for a full authentication, Mastercard says 02.
                eci: payment.method.card?.brand == .mastercard ? "02" : "05",
                xid: String(repeating: "30", count: 12) + String(digits.suffix(16)),
                cavv: "0000010" + String(digits.prefix(23)) + String(repeating: "0", count: 10),
                directoryServerID: uuid))
    }
}
