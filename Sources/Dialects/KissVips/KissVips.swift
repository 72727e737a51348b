import Gateway
import Payments

/// The KissVips dialect: the Payment Gateway API document, version 1.15.
public struct KissVips: Dialect {
    public static let id = DialectID(rawValue: "kissvips")
    public var id: DialectID { Self.id }

    /// The roles of what a merchant is known by.
    public enum Role {
        /// `merchant_code`: names the merchant, and is no secret.
        public static let code = "merchant_code"
        /// Signs the merchant's requests.
        public static let key = "api_key"
    }

    /// The kinds of name and number that this dialect gives.
    enum Names {
        static let deposit = Alias.Kind(rawValue: "deposit_id")
        static let token = Alias.Kind(rawValue: "token")
        static let transfer = Alias.Kind(rawValue: "transfer_id")
    }

    /// Where payers reach the hosted pages, without a slash at the end.
    let publicURL: String
    let directory: MerchantDirectory

    public init(publicURL: String, directory: MerchantDirectory) {
        self.publicURL = publicURL
        self.directory = directory
    }

    public var depositNames: [Alias.Kind] { [Names.deposit, Names.token] }

    public func signingKey(of merchant: MerchantID) -> Secret<String>? {
        directory.credential(merchant, dialect: Self.id, role: Role.key)
    }
}

/// Addresses that the API hands out. What they show is among the pages.
extension KissVips {
    /// The page that shows a QR code to the payer and hears that they have paid.
    func promptPayPage(_ uuid: String) -> String { "\(publicURL)/pp_redirect?uuid=\(uuid)" }

    /// The picture of a PromptPay QR code.
    func promptPayPicture(_ uuid: String) -> String { publicURL + Self.picturePath(uuid) }

    static func picturePath(_ uuid: String) -> String { "/pp_qrcode/\(uuid).png" }

    /// The picture of the QR code by which a collection account is paid any amount.
    func accountPicture(_ number: Int64, of merchant: MerchantID) -> String {
        "\(publicURL)/pp_account/\(merchant.rawValue)/\(number).png"
    }

    /// A bank's logo.
    func bankLogo(_ bank: BankConfig) -> String { publicURL + Self.logoPath(bank.code) }

    static func logoPath(_ code: String) -> String { "/bank_logo/\(code).png" }

    /// What stands where an account has no QR code.
    var noPicture: String { publicURL + Self.noPicturePath }

    static let noPicturePath = "/img/no-image.png"
}

extension ID<Payment> {
    /// The id as APIs show it where they speak of a UUID.
    var uuid: String {
        var text = hex
        for offset in [20, 16, 12, 8] { text.insert("-", at: text.index(text.startIndex, offsetBy: offset)) }
        return text
    }

    /// What `uuid` prints; nil for anything else.
    init?(uuid: String) {
        let parts = uuid.lowercased().split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [8, 4, 4, 4, 12] else { return nil }
        self.init(hex: parts.joined())
    }
}
