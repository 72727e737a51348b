import Gateway
import Payments

/// The JWT payment dialect: signed deposits and withdrawals.
public struct JWTPay: Dialect {
    public static let id = DialectID(rawValue: "jwtpay")
    public var id: DialectID { Self.id }

    /// The role of a merchant's one key: what names it and signs its requests.
    public enum Role {
        public static let key = "api_key"
    }

    let directory: MerchantDirectory

    public init(directory: MerchantDirectory) {
        self.directory = directory
    }

    public func notice(of event: PaymentEvent, _ report: PaymentReport, to merchant: Merchant) -> NoticeContent? { nil }

    public func signingKey(of merchant: MerchantID) -> Secret<String>? {
        directory.credential(merchant, dialect: Self.id, role: Role.key)
    }
}
