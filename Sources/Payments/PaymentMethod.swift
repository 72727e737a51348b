/// What a payment is made with, as it may be shown.
public enum PaymentMethod: Sendable, Hashable {
    /// A card, which the gateway charges.
    case card(CardFace)
    /// Something with which the payer pays by themselves: the gateway shows an invitation and hears of the money.
    case push(Invitation)

    /// The card, where there is one.
    public var card: CardFace? { if case .card(let face) = self { face } else { nil } }

    /// The invitation, where there is one.
    public var invitation: Invitation? { if case .push(let invitation) = self { invitation } else { nil } }

    /// The rail over which the money moves, as the owner of its clearing account.
    public var rail: String {
        switch self {
        case .card: "card"
        case .push(let invitation): invitation.scheme.rawValue
        }
    }
}

/// A network or wallet through which payers pay by themselves.
public enum PushScheme: String, Sendable, CaseIterable, Codable {
    /// Thailand's QR code, paid from any bank's app.
    case promptPay = "promptpay"
    case weChatPay = "wechatpay"
    case alipay
    /// UnionPay cards through the Thai Payment Network and UnionPay International, typed in on their page.
    case unionPay = "unionpay"
    /// KASIKORNBANK's app, told by phone number or opened by a link.
    case payPlus = "payplus"
    /// A transfer to an account of the merchant's, from any bank.
    case bankTransfer = "banktransfer"
}

/// How a payer is asked to pay by themselves. What they were shown belongs to the payment; this is its outline.
public struct Invitation: Sendable, Hashable {
    /// How the payer gets from us to where they pay.
    public enum Form: String, Sendable, CaseIterable, Codable {
        /// A QR code that they scan.
        case qr
        /// A page of the wallet, to which their browser is sent.
        case redirect
        /// A message to their phone.
        case notification
        /// A link that opens an app.
        case appLink
        /// The number of an account to send money to.
        case transfer
    }

    public let id: ID<Invitation>
    public let scheme: PushScheme
    public let form: Form
    /// Until when the payer may pay.
    public let expires: Instant

    public init(id: ID<Invitation>, scheme: PushScheme, form: Form, expires: Instant) {
        self.id = id
        self.scheme = scheme
        self.form = form
        self.expires = expires
    }

    /// The invitation of a payment. It bears the payment's id as another kind of id, so that either is found by the
    /// other.
    public init(of payment: ID<Payment>, scheme: PushScheme, form: Form, expires: Instant) {
        self.init(
            id: ID(high: payment.high, low: payment.low), scheme: scheme, form: form, expires: expires)
    }
}
