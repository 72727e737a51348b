import Hummingbird

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
