import Hummingbird
import WireKit

/// What a payer is shown of the payment.
public struct PaymentSummary: Sendable {
    let merchant: String
    let amount: String
    let currency: String
    let card: String

    public init(merchant: String, amount: String, currency: String, card: String) {
        self.merchant = merchant
        self.amount = amount
        self.currency = currency
        self.card = card
    }

    var values: [String: Any] {
        ["merchantName": merchant, "amountText": amount, "currency": currency, "cardMasked": card]
    }
}

/// The page on which a payer asks for a one-time code, and then types it in.
public struct ChallengePage: Sendable {
    /// Where the payer is.
    public enum Step: Sendable { case request, code }

    /// What the page says.
    public struct Words: Sendable {
        let language: Language
        let title: String
        let texts: [String: String]

        public init(
            language: Language, title: String, requestIntro: String, requestButton: String, codeIntro: String,
            codeLabel: String, codeButton: String, cancelButton: String, merchant: String, amount: String,
            card: String
        ) {
            self.language = language
            self.title = title
            texts = [
                "requestIntro": requestIntro, "requestButton": requestButton, "codeIntro": codeIntro,
                "codeLabel": codeLabel, "codeButton": codeButton, "cancelButton": cancelButton,
                "merchantLabel": merchant, "amountLabel": amount, "cardLabel": card,
            ]
        }
    }

    let summary: PaymentSummary
    let path: String
    let step: Step
    let words: Words

    /// - Parameter path: the page's own path; its forms post to `otp-request`, `otp` and `cancel` below it.
    public init(summary: PaymentSummary, path: String, step: Step, words: Words) {
        self.summary = summary
        self.path = path
        self.step = step
        self.words = words
    }

    public func response() -> Response {
        var values: [String: Any] = summary.values
        values.merge(words.texts) { $1 }
        values["language"] = words.language.rawValue
        values["title"] = words.title
        values["path"] = path
        values["asksForCode"] = step == .code
        return .page(Templates.render("challenge", values))
    }
}

/// A page that says one thing.
public struct MessagePage: Sendable {
    /// What the page says, and how it looks.
    public struct Words: Sendable {
        public enum Kind: String, Sendable { case success, failure, neutral }

        let language: Language
        let kind: Kind
        let title: String
        let text: String

        public init(language: Language, kind: Kind, title: String, text: String) {
            self.language = language
            self.kind = kind
            self.title = title
            self.text = text
        }

        var values: [String: Any] {
            ["language": language.rawValue, "kind": kind.rawValue, "title": title, "text": text]
        }
    }

    let words: Words

    public init(_ words: Words) {
        self.words = words
    }

    public func response(status: HTTPResponse.Status = .ok) -> Response {
        .page(Templates.render("message", words.values), status: status)
    }
}

/// The result, and a form that takes the browser back to the merchant: by itself where scripts run, by a button where
/// they do not.
public struct ReturnPage: Sendable {
    let message: MessagePage.Words
    let summary: PaymentSummary
    let url: String
    let fields: [(String, String)]
    let button: String

    public init(
        message: MessagePage.Words, summary: PaymentSummary, url: String, fields: [(String, String)], button: String
    ) {
        self.message = message
        self.summary = summary
        self.url = url
        self.fields = fields
        self.button = button
    }

    public func response() -> Response {
        var values: [String: Any] = summary.values
        values.merge(message.values) { $1 }
        values["url"] = url
        values["button"] = button
        values["fields"] = fields.map { ["name": $0.0, "value": $0.1] }
        // The form goes to the merchant's own site, which may send the browser on to another.
        return .page(Templates.render("return", values), formTargets: "*")
    }
}
