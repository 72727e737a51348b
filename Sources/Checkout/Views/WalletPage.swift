import Hummingbird

/// The simulated pages of redirect wallets (4.2): a form with a “Pay” and a “Cancel” button. UnionPay asks for
/// the card first (`number`, `expiry`, `cvn2`, `pin`), and for an SMS code (`otp`) where the card is an international one;
/// all is filled in already, so that pressing Pay pays.
public struct WalletPage: Sendable {
    /// Whose page it is, and what it asks for.
    public enum Kind: Sendable {
        case alipay, weChat
        case unionPayCard(CardEntry)
        case unionPayCode(String)
    }

    /// What a UnionPay payer types in.
    public struct CardEntry: Sendable {
        public var number, expiry, code, pin: String

        public init(number: String, expiry: String, code: String, pin: String) {
            self.number = number
            self.expiry = expiry
            self.code = code
            self.pin = pin
        }
    }

    /// Which field is not taken.
    public enum Problem: String, Sendable {
        case numberWrong, expiryWrong, codeWrong, pinWrong, smsWrong

        var field: String {
            switch self {
            case .numberWrong: "number"
            case .expiryWrong: "expiry"
            case .codeWrong: "cvn2"
            case .pinWrong: "pin"
            case .smsWrong: "otp"
            }
        }
    }

    let frame: Frame
    let purchase: Purchase
    let kind: Kind
    let payPath: String
    let cancelPath: String
    public var problems: [Problem] = []
    /// Whether the payer has tried and their bank could not be reached.
    public var isUnreachable = false
    /// Where redirects lead when the payer is done.
    public var sendsOnTo: [String] = []

    /// The name that both buttons have, and the value of the one that gives up. Whoever posts the form by hand sends
    /// them with its fields.
    public static let button = "button"
    public static let cancel = "cancel"

    /// - Parameters:
    ///   - payPath: where the form posts to.
    ///   - cancelPath: where a browser posts it to by “Cancel”.
    public init(frame: Frame, purchase: Purchase, kind: Kind, payPath: String, cancelPath: String) {
        self.frame = frame
        self.purchase = purchase
        self.kind = kind
        self.payPath = payPath
        self.cancelPath = cancelPath
    }

    public func response(status: HTTPResponse.Status = .ok) -> Response {
        let words = PageWords(WalletWords.table, frame.language)
        var values = words.values.merging(frame.values) { $1 }.merging(purchase.values) { $1 }
        values["intro"] = words["walletIntro"]
        values["payPath"] = payPath
        values["cancelPath"] = cancelPath
        values["fields"] = fields(words)
        values["button"] = Self.button
        values["cancel"] = Self.cancel
        values["hasErrors"] = !problems.isEmpty || isUnreachable
        if isUnreachable { values["problemsTitle"] = words["unreachable"] }
        switch kind {
        case .alipay: values.merge(["title": "Alipay", "wallet": "alipay"]) { $1 }
        case .weChat: values.merge(["title": "WeChat Pay", "wallet": "wechat"]) { $1 }
        case .unionPayCard: values.merge(["title": words["unionPayTitle"], "wallet": "unionpay"]) { $1 }
        case .unionPayCode:
            values.merge(["title": words["smsTitle"], "wallet": "unionpay", "intro": words["smsIntro"]]) { $1 }
        }
        return .page(
            Templates.render("wallet", values), status: status, formTargets: formTargets(sendingOnTo: sendsOnTo),
            ancestors: frame.ancestors)
    }

    private func fields(_ words: PageWords) -> [[String: Any]] {
        func field(_ id: String, _ label: String, _ value: String, _ width: String, _ longest: Int) -> [String: Any] {
            var field: [String: Any] = [
                "id": id, "label": words[label], "value": value, "width": width, "longest": longest,
                "keyboard": "numeric", "autocomplete": "off",
            ]
            field["error"] = problems.first { $0.field == id }.map { words[$0.rawValue] }
            return field
        }
        return switch kind {
        case .alipay, .weChat: []
        case .unionPayCard(let card):
            [
                field("number", "numberLabel", card.number, "wide", 23),
                field("expiry", "expiryLabel", card.expiry, "half", 7),
                field("cvn2", "codeLabel", card.code, "half", 4),
                field("pin", "pinLabel", card.pin, "wide", 6),
            ]
        case .unionPayCode(let code): [field("otp", "smsLabel", code, "wide", 8)]
        }
    }
}
