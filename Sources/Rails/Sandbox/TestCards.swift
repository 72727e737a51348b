import Money
import Payments

/// The published test cards (K-Payment document, section 7) and what the simulated issuer says to each.
///
/// A well-formed number that is not listed is approved.
public struct TestCards: CardDirectory {
    public init() {}

    /// Whether 3-D Secure is asked for is the merchant id's setting, never the card's.
    static let declines: [String: String] = [
        "2221000604647064": "01", "4877300371267473": "01", "3540000981507917": "01",
        "5596886582263266": "05", "4532741632025415": "05", "3539074482135968": "05",
        "5149504001969007": "51", "5265434283867885": "51", "4147602662715373": "51", "3528730936342392": "51",
    ]

    /// The issuer of these never answers.
    static let silent: Set<String> = ["5363314260912204", "4024007121398514", "3532598050794027"]

    static let approved: Set<String> = [
        "5239620007270264", "5404888000072727", "5404888005380836", "5411768003140872", "5411768003141953",
        "4417706600005830", "3564580000056476", "5431289719925031", "5565694828631115", "4024007134786226",
        "4485169016314923", "3536353014086177", "5372074248113841", "4205203648166408",
        "6210947764000027", "9100009764000010", "9100008764000025", "9100009764000015", "6250947000000014",
        "6250946000000016", "5473500160001018",
    ]

    private static let kasikornbank = "Kasikornbank Public Company Limited"

    /// Issuers by the first six digits, as the document's samples and tables show them.
    private static let issuers: [String: String] = [
        "441770": kasikornbank, "492141": kasikornbank, "540488": kasikornbank, "541176": kasikornbank,
        "514950": kasikornbank, "356458": kasikornbank, "523962": kasikornbank,
    ]

    public func issuer(of number: CardNumber) -> String? { Self.issuers[number.bin] }

    public func accepts(_ number: CardNumber) -> Bool {
        let digits = number.digits.expose()
        return Self.approved.contains(digits) || Self.silent.contains(digits) || Self.declines[digits] != nil
    }

    /// Cards billed in another currency than baht (7.1 and 7.2, “DCC”).
    private static let currencies: [String: Currency] = [
        "5239620007270264": .USD, "4417706600005830": .JPY, "5372074248113841": .USD, "4205203648166408": .JPY,
    ]

    public func currency(of number: CardNumber) -> Currency? { Self.currencies[number.digits.expose()] }

    /// Of the cards billed in another currency, two stand for KASIKORNBANK's own elsewhere; the others are foreign.
    public func isForeign(_ number: CardNumber) -> Bool {
        currency(of: number) != nil && issuer(of: number) == nil
    }

    /// What the issuer will say.
    static func answer(to number: CardNumber) -> Answer {
        let digits = number.digits.expose()
        if silent.contains(digits) { return .silence }
        if let code = declines[digits] { return .decline(code) }
        return .approve
    }

    enum Answer: Equatable {
        case approve
        case decline(String)
        case silence
    }
}
