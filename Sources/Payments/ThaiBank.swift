/// A bank of Thailand as the clearing system knows it. Pure data, shown by dialects.
public struct ThaiBank: Hashable, Sendable {
    /// Three digits, as the clearing system numbers banks.
    public let code: String
    /// The letters by which everybody knows it, such as `KBANK`.
    public let shortCode: String
    public let name: String
    public let thaiName: String
    /// Eight characters; nil where it is not known for certain.
    public let bic: String?

    private init(_ code: String, _ shortCode: String, _ name: String, _ thaiName: String, _ bic: String?) {
        self.code = code
        self.shortCode = shortCode
        self.name = name
        self.thaiName = thaiName
        self.bic = bic
    }

    /// Every bank known here, by its code.
    public static let all: [ThaiBank] = [
        ThaiBank("002", "BBL", "Bangkok Bank", "ธนาคารกรุงเทพ", "BKKBTHBK"),
        ThaiBank("004", "KBANK", "KASIKORNBANK", "ธนาคารกสิกรไทย", "KASITHBK"),
        ThaiBank("006", "KTB", "Krungthai Bank", "ธนาคารกรุงไทย", "KRTHTHBK"),
        ThaiBank("011", "TTB", "TMBThanachart Bank", "ธนาคารทหารไทยธนชาต", "TMBKTHBK"),
        ThaiBank("014", "SCB", "Siam Commercial Bank", "ธนาคารไทยพาณิชย์", "SICOTHBK"),
        ThaiBank("022", "CIMBT", "CIMB Thai Bank", "ธนาคารซีไอเอ็มบี ไทย", "UBOBTHBK"),
        ThaiBank("024", "UOBT", "United Overseas Bank (Thai)", "ธนาคารยูโอบี", "UOVBTHBK"),
        ThaiBank("025", "BAY", "Bank of Ayudhya (Krungsri)", "ธนาคารกรุงศรีอยุธยา", "AYUDTHBK"),
        ThaiBank("030", "GSB", "Government Savings Bank", "ธนาคารออมสิน", "GSBATHBK"),
        ThaiBank("033", "GHB", "Government Housing Bank", "ธนาคารอาคารสงเคราะห์", nil),
        ThaiBank(
            "034", "BAAC", "Bank for Agriculture and Agricultural Cooperatives", "ธนาคารเพื่อการเกษตรและสหกรณ์การเกษตร",
            "BAABTHBK"),
        ThaiBank("065", "TBANK", "Thanachart Bank", "ธนาคารธนชาต", nil),
        ThaiBank("067", "TISCO", "TISCO Bank", "ธนาคารทิสโก้", nil),
        ThaiBank("069", "KKP", "Kiatnakin Phatra Bank", "ธนาคารเกียรตินาคินภัทร", nil),
        ThaiBank("070", "ICBCT", "ICBC (Thai)", "ธนาคารไอซีบีซี (ไทย)", nil),
        ThaiBank("071", "TCRB", "Thai Credit Bank", "ธนาคารไทยเครดิต", nil),
        ThaiBank("073", "LHB", "Land and Houses Bank", "ธนาคารแลนด์ แอนด์ เฮ้าส์", nil),
    ]

    /// The bank with this three-digit code, short code or BIC (8 or 11 characters), without regard to case.
    public static func named(_ text: String) -> ThaiBank? {
        let wanted = text.uppercased()
        return byName[wanted] ?? (wanted.utf8.count == 11 ? byName[String(wanted.prefix(8))] : nil)
    }

    /// Every bank by each of its names.
    private static let byName = Dictionary(
        all.flatMap { bank in [bank.code, bank.shortCode, bank.bic].compactMap { $0 }.map { ($0, bank) } }
    ) { first, _ in first }
}
