import Crypto
import Gateway
import Money
import Payments
import WireKit

/// WebHook Notify API (6.5.2 cards, 6.5.3 QR, 6.5.4 wallets): every result of an authorisation, and a failed authentication.
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
        let body =
            switch report.payment.method.invitation?.form {
            case nil: ChargeMessage(self, report).notified(secretKey: key)
            case .redirect: ChargeMessage(self, report).notifiedOfRedirect(secretKey: key)
            case .qr, .notification, .appLink, .transfer: QRMessage(self, report).notified(secretKey: key)
            }
        return NoticeContent(url: url, body: body)
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
