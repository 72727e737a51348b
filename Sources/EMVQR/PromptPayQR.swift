import Money

/// Who is paid by a PromptPay transfer: tag 29, one of its fields 01 to 04.
public struct PromptPayAccount: Hashable, Sendable {
    /// What kind of name the account goes by. The raw value is the field's tag within 29.
    public enum Kind: String, CaseIterable, Sendable {
        case mobile = "01"
        case nationalID = "02"
        case eWallet = "03"
        case bankAccount = "04"
    }

    public let kind: Kind
    /// The digits of the wire: `0066` and nine digits for a mobile, 13 for a national or tax id, 15 for an e-wallet,
    /// 4 to 43 for a bank's code and account.
    public let digits: String

    /// An account. A mobile may also be given as it is dialled, ten digits that begin with 0.
    /// - Throws: `.malformed` for the field.
    public init(_ kind: Kind, _ digits: String) throws(EMVQRError) {
        let isDialled = kind == .mobile && digits.utf8.count == 10 && digits.hasPrefix("0")
        let wire = isDialled ? "0066" + digits.dropFirst() : digits
        try checkDigits(wire, Self.length(of: kind), "29." + kind.rawValue)
        guard kind != .mobile || wire.hasPrefix("0066") else { throw .malformed(tag: "29.01") }
        self.kind = kind
        self.digits = wire
    }

    private static func length(of kind: Kind) -> ClosedRange<Int> {
        switch kind {
        case .mobile, .nationalID: 13...13
        case .eWallet: 15...15
        case .bankAccount: 4...43
        }
    }
}

/// A PromptPay credit transfer (Thai QR tag 29), in baht.
public struct PromptPayQR: Hashable, Sendable {
    /// The application's id, tag 29.00.
    public static let applicationID = "A000000677010111"

    public let account: PromptPayAccount
    /// In THB and more than nothing; nil where the payer chooses.
    public let amount: Money?
    public let use: PointOfInitiation
    /// Tag 62.05, 1 to 25 characters: what tells the code from others for the same money.
    public let reference: String?
    /// The text of the QR code.
    public let payload: String

    /// - Throws: `.malformed(tag: "54")` unless the amount is positive baht of at most 13 characters, `.malformed` or
    ///   `.badCharacter` for a wrong reference.
    public init(
        account: PromptPayAccount, amount: Money?, use: PointOfInitiation, reference: String? = nil
    ) throws(EMVQRError) {
        try checkText(reference, upTo: 25, "62.05")
        let target = try template("29", [("00", Self.applicationID), (account.kind.rawValue, account.digits)])
        let fields = [EMVField("00", "01"), EMVField("01", use.rawValue), target]
        let label = try template("62", [("05", reference)])
        payload = try EMVPayload((fields + ThaiFields.write(amount) + [label]).compactMap { $0 }).text
        self.account = account
        self.amount = amount
        self.use = use
        self.reference = reference
    }

    /// Reads a payload. Fields that this type does not have are passed over, and `payload` is without them.
    /// - Throws: `EMVQRError`; `.missing(tag: "29")` or `.malformed(tag: "29.00")` for another scheme's code.
    public init(decoding text: String) throws(EMVQRError) {
        let frame = try EMVPayload(decoding: text)
        let use = try PointOfInitiation(of: frame)
        guard let target = try frame.template("29") else { throw .missing(tag: "29") }
        guard try required(target.value("00"), "29.00") == Self.applicationID else { throw .malformed(tag: "29.00") }
        let accounts = target.fields.compactMap { field in
            PromptPayAccount.Kind(rawValue: field.tag).map { ($0, field.value) }
        }
        guard let (kind, digits) = accounts.first else { throw .missing(tag: "29.01") }
        guard accounts.count == 1 else { throw .malformed(tag: "29") }
        let account = try PromptPayAccount(wire: kind, digits)
        try self.init(
            account: account, amount: ThaiFields.read(frame), use: use,
            reference: frame.template("62")?.value("05"))
    }
}

extension PromptPayAccount {
    /// An account from the wire, where a mobile has all its digits.
    init(wire kind: Kind, _ digits: String) throws(EMVQRError) {
        if kind == .mobile { try checkDigits(digits, 13...13, "29.01") }
        try self.init(kind, digits)
    }
}

/// What both Thai codes have after their target: 58, 53, 54.
enum ThaiFields {
    static func write(_ amount: Money?) throws(EMVQRError) -> [EMVField] {
        let fields = [EMVField("58", "TH"), EMVField("53", "764")]
        guard let amount else { return fields }
        guard amount.currency == .THB else { throw .malformed(tag: "54") }
        return fields + [try AmountField.write(amount, decimals: 2)]
    }

    static func read(_ payload: EMVPayload) throws(EMVQRError) -> Money? {
        try requireExactly("TH", payload, "58")
        try requireExactly("764", payload, "53")
        guard let text = payload.value("54") else { return nil }
        return try AmountField.read(text, in: .THB)
    }
}
