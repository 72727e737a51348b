import Hummingbird

/// The page on which a payer pays from their own bank: first `username` and `password`, then `otp1`, then perhaps `otp2`.
public struct BankPage: Sendable {
    /// What the page asks for.
    public enum Step: String, Sendable { case signIn, first, second }

    /// What is wrong with what was typed in.
    public enum Problem: String, Sendable {
        case usernameMissing, usernameTooLong, passwordMissing, passwordTooLong, codeMissing, codeTooLong
        /// What the bank says.
        case wrongCredentials, wrongCode
        /// It could not be asked.
        case unreachable

        fileprivate var word: String {
            switch self {
            case .usernameTooLong, .passwordTooLong, .codeTooLong: "tooLong"
            default: rawValue
            }
        }

        /// Whether it is of no field alone.
        fileprivate var isOfPage: Bool { self == .wrongCredentials || self == .unreachable }

        fileprivate func isOf(_ field: String) -> Bool {
            switch self {
            case .usernameMissing, .usernameTooLong: field == "username"
            case .passwordMissing, .passwordTooLong: field == "password"
            case .codeMissing, .codeTooLong, .wrongCode: field == "otp1" || field == "otp2"
            case .wrongCredentials, .unreachable: false
            }
        }
    }

    /// The payer's bank.
    public struct Bank: Sendable {
        let name: String
        let logo: String
        let isBusiness: Bool

        /// - Parameter logo: the path of its picture.
        public init(name: String, logo: String, isBusiness: Bool) {
            self.name = name
            self.logo = logo
            self.isBusiness = isBusiness
        }
    }

    /// The most that fields take, in characters.
    public static let longest = (userName: 64, password: 128, code: 8)

    let frame: Frame
    let purchase: Purchase
    let bank: Bank
    let step: Step
    let action: String
    public var problems: [Problem] = []
    /// The user name that was typed in. Passwords and codes are never shown again.
    public var userName = ""
    /// A time of day until which the payer may pay.
    public var until: String?
    /// Where a form that pays by QR code instead posts to; nil draws none.
    public var qrPath: String?
    /// Where a form that gives up posts to; nil draws none.
    public var cancelPath: String?

    /// - Parameter action: where the form posts to.
    public init(frame: Frame, purchase: Purchase, bank: Bank, step: Step, action: String) {
        self.frame = frame
        self.purchase = purchase
        self.bank = bank
        self.step = step
        self.action = action
    }

    public func response(status: HTTPResponse.Status = .ok) -> Response {
        let words = PageWords(BankWords.table, frame.language)
        var values = words.values.merging(frame.values) { $1 }.merging(purchase.values) { $1 }
        values["title"] = words[step.rawValue + "Title"]
        values["intro"] = words[step.rawValue + "Intro"]
        values["bankName"] = bank.name
        values["logo"] = bank.logo
        values["kindText"] = words[bank.isBusiness ? "business" : "personal"]
        values["action"] = action
        values["fields"] = fields(words)
        values["problem"] = problems.first(where: \.isOfPage).map { words[$0.word] }
        values["button"] = words[step == .signIn ? "signInButton" : "confirmButton"]
        values["untilLine"] = until.map { words.filled("untilText", $0) }
        values["qrPath"] = qrPath
        values["cancelPath"] = cancelPath
        return .page(Templates.render("bank", values), status: status, ancestors: frame.ancestors)
    }

    private func fields(_ words: PageWords) -> [[String: Any]] {
        func field(_ id: String, _ label: String, _ longest: Int, _ more: [String: Any]) -> [String: Any] {
            var field: [String: Any] = ["id": id, "label": words[label], "width": "wide", "longest": longest]
            field["error"] = problems.first { $0.isOf(id) }.map { words[$0.word] }
            return field.merging(more) { $1 }
        }
        switch step {
        case .signIn:
            return [
                field(
                    "username", "usernameLabel", Self.longest.userName,
                    ["value": userName, "keyboard": "text", "autocomplete": "off"]),
                field(
                    "password", "passwordLabel", Self.longest.password,
                    ["kind": "password", "keyboard": "text", "autocomplete": "off"]),
            ]
        case .first, .second:
            return [
                field(
                    step == .first ? "otp1" : "otp2", step.rawValue + "Label", Self.longest.code,
                    ["keyboard": "numeric", "autocomplete": "one-time-code"])
            ]
        }
    }
}
