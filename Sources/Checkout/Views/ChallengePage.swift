import Hummingbird

/// What a payer is shown of the payment.
public struct PaymentSummary: Sendable {
    let merchant: String
    let amount: String
    let currency: String
    let card: String
    let shopAmount: (label: String, value: String)?

    /// - Parameters:
    ///   - amount: what the card is charged, in `currency`.
    ///   - shopAmount: what the shop asks for, where the card is charged another amount or in another currency.
    public init(
        merchant: String, amount: String, currency: String, card: String,
        shopAmount: (label: String, value: String)? = nil
    ) {
        self.merchant = merchant
        self.amount = amount
        self.currency = currency
        self.card = card
        self.shopAmount = shopAmount
    }

    var values: [String: Any] {
        var values = ["merchantName": merchant, "amountText": amount, "currency": currency, "cardMasked": card]
        values["shopAmountLabel"] = shopAmount?.label
        values["shopAmount"] = shopAmount?.value
        return values
    }
}

/// The page on which a payer asks for a one-time code, and then types it in.
public struct ChallengePage: Sendable {
    /// Where the payer is.
    public enum Step: Sendable { case request, code }

    /// What the page says.
    public struct Words: Sendable {
        public let language: Language
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
    /// The shop's address, where the last step is a redirect to it.
    public var sendsOnTo: String?

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
        return .page(
            Templates.render("challenge", values), formTargets: formTargets(sendingOnTo: sendsOnTo.map { [$0] } ?? []))
    }
}
