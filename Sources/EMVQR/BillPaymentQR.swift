import Money

/// A PromptPay bill payment (Thai QR tag 30), in baht.
public struct BillPaymentQR: Hashable, Sendable {
    /// The application's id, tag 30.00.
    public static let applicationID = "A000000677010112"

    /// 15 digits: the biller's tax id and a suffix of two.
    public let billerID: String
    /// 1 to 20 characters of printable ASCII.
    public let reference1: String
    /// As `reference1`.
    public let reference2: String?
    /// Tag 62.07, 1 to 25 characters.
    public let terminal: String?
    /// In THB and more than nothing; nil where the payer chooses.
    public let amount: Money?
    public let use: PointOfInitiation
    /// The text of the QR code.
    public let payload: String

    /// - Throws: `.malformed` or `.badCharacter` for the field that is wrong.
    public init(
        billerID: String, reference1: String, reference2: String? = nil, terminal: String? = nil, amount: Money?,
        use: PointOfInitiation
    ) throws(EMVQRError) {
        try checkDigits(billerID, 15...15, "30.01")
        try checkText(reference1, upTo: 20, "30.02")
        try checkText(reference2, upTo: 20, "30.03")
        try checkText(terminal, upTo: 25, "62.07")
        let target = try template(
            "30", [("00", Self.applicationID), ("01", billerID), ("02", reference1), ("03", reference2)])
        let head = [EMVField("00", "01"), EMVField("01", use.rawValue), target].compactMap { $0 }
        let tail = try template("62", [("07", terminal)])
        payload = try EMVPayload(head + ThaiFields.write(amount) + [tail].compactMap { $0 }).text
        self.billerID = billerID
        self.reference1 = reference1
        self.reference2 = reference2
        self.terminal = terminal
        self.amount = amount
        self.use = use
    }

    /// Reads a payload. Fields that this type does not have are passed over, and `payload` is without them.
    /// - Throws: `EMVQRError`; `.missing(tag: "30")` or `.malformed(tag: "30.00")` for another scheme's code.
    public init(decoding text: String) throws(EMVQRError) {
        let frame = try EMVPayload(decoding: text)
        let use = try PointOfInitiation(of: frame)
        guard let target = try frame.template("30") else { throw .missing(tag: "30") }
        guard try required(target.value("00"), "30.00") == Self.applicationID else { throw .malformed(tag: "30.00") }
        let billerID = try required(target.value("01"), "30.01")
        let reference1 = try required(target.value("02"), "30.02")
        let amount = try ThaiFields.read(frame)
        try self.init(
            billerID: billerID, reference1: reference1, reference2: target.value("03"),
            terminal: frame.template("62")?.value("07"), amount: amount, use: use)
    }
}
