import Crypto
import Gateway
import Money
import Payments
import WireKit

/// WebHook Notify API for Card Payment (6.5.2): every result of an authorisation, and a failed authentication.
extension KPayment {
    public func notice(of event: PaymentEvent, _ report: PaymentReport, to merchant: Merchant) -> NoticeContent? {
        switch event {
        // A verification is told once: when it is over.
        case .authorized where report.payment.terms.isVerification: return nil
        case .voided where report.payment.terms.isVerification: break
        case .authorized, .declined, .reversed, .authenticationFailed: break
        default: return nil
        }
        guard let url = merchant.settings(Self.id).notifyURL, let key = signingKey(of: merchant.id) else { return nil }
        return NoticeContent(url: url, body: ChargeMessage(self, report).notified(secretKey: key))
    }
}

/// How to calculate checksum (6.5.1).
enum Checksum {
    /// SHA-256 of id, amount with four decimals, currency, status, state and the merchant's secret key.
    static func hex(
        id: String, amount: Money, status: String, state: String, secretKey: Secret<String>
    ) -> String {
        let text = id + amount.text(decimals: 4) + amount.currency.rawValue + status + state + secretKey.expose()
        return Hex.encode(SHA256.hash(data: Array(text.utf8)))
    }
}
