import Money

/// A KHQR code of the Cambodian scheme: tag 29 for a person, 30 for a merchant.
public struct KHQRCode: Hashable, Sendable {
    /// Whose account is paid.
    public enum Holder: Hashable, Sendable {
        /// Tag 29: 01 account information, 02 acquiring bank.
        case individual(information: String?, bank: String?)
        /// Tag 30: 01 merchant id, 02 acquiring bank.
        case merchant(id: String?, bank: String?)
    }

    /// Tag 62, each 1 to 25 characters; together with their tags and lengths 99 at most.
    public struct Additional: Hashable, Sendable {
        public var bill: String?
        public var mobile: String?
        public var store: String?
        public var terminal: String?
        public var purpose: String?

        public init(
            bill: String? = nil, mobile: String? = nil, store: String? = nil, terminal: String? = nil,
            purpose: String? = nil
        ) {
            self.bill = bill
            self.mobile = mobile
            self.store = store
            self.terminal = terminal
            self.purpose = purpose
        }
    }

    /// Tag 64: name (25 characters) and city (15) in another language, of two lower-case letters.
    public struct Translation: Hashable, Sendable {
        public let language: String
        public let name: String
        public let city: String?

        public init(language: String, name: String, city: String? = nil) {
            self.language = language
            self.name = name
            self.city = city
        }
    }

    /// All that a code says.
    public struct Content: Hashable, Sendable {
        /// 1 to 32 characters, as a rule `name@bank`.
        public var account: String
        public var holder: Holder
        /// Four digits.
        public var categoryCode = "5999"
        /// KHR or USD.
        public var currency: Currency
        /// In `currency`, more than nothing, whole riel; nil where the payer chooses.
        public var amount: Money?
        /// 1 to 25 characters.
        public var name: String
        /// 1 to 15 characters.
        public var city: String
        public var additional = Additional()
        public var translation: Translation?
        /// Milliseconds since 1970, of 13 digits.
        public var created: Int64?
        /// As `created`.
        public var expires: Int64?
        public var use: PointOfInitiation

        /// What every code has; the rest is set after.
        public init(
            account: String, holder: Holder, currency: Currency, amount: Money?, name: String, city: String,
            use: PointOfInitiation
        ) {
            self.account = account
            self.holder = holder
            self.currency = currency
            self.amount = amount
            self.name = name
            self.city = city
            self.use = use
        }
    }

    public let content: Content
    /// The text of the QR code.
    public let payload: String

    /// - Throws: `.malformed`, `.badCharacter` or `.tooLong` for what is wrong.
    public init(_ content: Content) throws(EMVQRError) {
        payload = try EMVPayload(KHQRFields.write(content)).text
        self.content = content
    }

    /// Reads a payload. Fields that this type does not have are passed over, and `payload` is without them.
    /// - Throws: `EMVQRError`.
    public init(decoding text: String) throws(EMVQRError) {
        try self.init(KHQRFields.read(EMVPayload(decoding: text)))
    }
}
