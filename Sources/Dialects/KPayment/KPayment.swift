import Gateway
import Payments

/// The K-Payment dialect: KASIKORNBANK's K-Payment Gateway, version 4.3.
public struct KPayment: Dialect {
    public static let id = DialectID(rawValue: "kpayment")
    public var id: DialectID { Self.id }

    /// The kinds of name that this dialect gives and takes.
    enum Names {
        static let reference = Alias.Kind(rawValue: "reference_order")
    }

    /// The roles of a merchant's keys.
    public enum Role {
        /// Calls the card API and salts checksums (`skey_…`).
        public static let secret = "secret"
        /// Makes tokens from a payer's browser (`pkey_…`).
        public static let `public` = "public"
    }

    /// Whether ids say `_prod_` and `livemode` is true.
    let isLive: Bool
    /// Where payers reach the hosted pages, without a slash at the end.
    let publicURL: String
    let directory: MerchantDirectory

    public init(isLive: Bool, publicURL: String, directory: MerchantDirectory) {
        self.isLive = isLive
        self.publicURL = publicURL
        self.directory = directory
    }

    /// The response codes that the document lists for cards and refunds (Appendix, 6.1.5).
    public static let failureCodes = Set(FailureCodes.cards.keys)

    /// The bank's code for a failure of QR payments (Appendix), by the code itself or by the document's name for it.
    public static func qrFailure(_ name: String) -> String? { PushFailure.bankCode(name) }

    public func signingKey(of merchant: MerchantID) -> Secret<String>? {
        directory.credential(merchant, dialect: Self.id, role: Role.secret)
    }

    /// `chrg_test_…`, `card_prod_…`: the prefix that the document gives an object's id.
    func prefix(_ object: StaticString) -> String { isLive ? "\(object)_prod_" : "\(object)_test_" }

    func chargeID(_ id: ID<Payment>) -> String { prefix("chrg") + id.hex }

    func orderID(_ id: ID<Order>) -> String { prefix("order") + id.hex }

    /// The payment that a charge id names; nil where it cannot be one of ours.
    func paymentID(_ chargeID: some StringProtocol) -> ID<Payment>? { id(chargeID, "chrg") }

    /// The same for an order's id.
    func id(ofOrder text: some StringProtocol) -> ID<Order>? { id(text, "order") }

    /// What stands behind a prefix.
    func id<Entity>(_ text: some StringProtocol, _ object: StaticString) -> ID<Entity>? {
        let prefix = prefix(object)
        guard text.hasPrefix(prefix) else { return nil }
        return ID(hex: text.dropFirst(prefix.count))
    }

    /// The page on which a payer proves who they are.
    func challengeURL(_ secret: String) -> String { "\(publicURL)/ui/v2/3ds/\(prefix("auth"))\(secret)" }
}
