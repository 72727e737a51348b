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

    /// The kinds of name that this dialect gives and takes.
    enum Names {
        /// `transactionId` and `agent_order_no`: one space of names, as an order is asked for by either.
        static let reference = Alias.Kind(rawValue: "agent_order_no")
        /// `referenceId` and `order_no`.
        static let number = Alias.Kind(rawValue: "order_no")

        static func reference(_ text: String, of merchant: MerchantID) -> Alias {
            Alias(reference, text, dialect: JWTPay.id, merchant: merchant)
        }

        static func number(_ text: String, of merchant: MerchantID) -> Alias {
            Alias(number, text, dialect: JWTPay.id, merchant: merchant)
        }
    }

    let directory: MerchantDirectory

    public init(directory: MerchantDirectory) {
        self.directory = directory
    }

    public var depositNames: [Alias.Kind] { [Names.reference, Names.number] }

    public func signingKey(of merchant: MerchantID) -> Secret<String>? {
        directory.credential(merchant, dialect: Self.id, role: Role.key)
    }
}
