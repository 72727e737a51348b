import Payments

/// The `source` of a charge that the payer pays by themselves (6.4, 6.5.3, 6.5.4).
struct PushSource {
    let prefix: StaticString
    let object: String
    let brand: String

    init(_ invitation: Invitation) {
        (prefix, object) = invitation.form == .redirect ? ("redr", "redirect") : ("qr", "qr")
        brand =
            switch invitation.scheme {
            case .promptPay: "ThaiQR"
            case .weChatPay: "WeChat"
            case .alipay: "Alipay"
            case .unionPay: "UnionPay"
            case .payPlus: "PayPLUS"
            // Not offered here.
            case .bankTransfer: "BankTransfer"
            }
    }
}
