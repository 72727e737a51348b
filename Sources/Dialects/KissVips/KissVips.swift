import Gateway
import Payments

/// The KissVips dialect: the Payment Gateway API document, version 1.15.
public struct KissVips: Dialect {
    public static let id = DialectID(rawValue: "kissvips")
    public var id: DialectID { Self.id }

    /// The role of a merchant's one key: what signs its requests.
    public enum Role {
        public static let key = "api_key"
    }

    /// Where payers reach the hosted pages, without a slash at the end.
    let publicURL: String
    let directory: MerchantDirectory

    public init(publicURL: String, directory: MerchantDirectory) {
        self.publicURL = publicURL
        self.directory = directory
    }

    public func notice(of event: PaymentEvent, _ report: PaymentReport, to merchant: Merchant) -> NoticeContent? { nil }

    public func signingKey(of merchant: MerchantID) -> Secret<String>? {
        directory.credential(merchant, dialect: Self.id, role: Role.key)
    }
}
