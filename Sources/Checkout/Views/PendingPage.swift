import Hummingbird

/// Says that an answer is still waited for: it looks again by itself, by a button, and leads back to the shop.
public struct PendingPage: Sendable {
    /// What is pressed, and where it leads.
    public struct Button: Sendable {
        let text: String
        let address: String

        public init(_ text: String, _ address: String) {
            self.text = text
            self.address = address
        }
    }

    /// How a payer comes back to the shop.
    public enum Back: Sendable {
        case link(Button)
        /// A form that posts these fields.
        case form(Button, fields: [(String, String)])
    }

    let message: MessagePage.Words
    let again: Button
    let back: Back?

    /// - Parameter again: the page's own address.
    public init(message: MessagePage.Words, again: Button, back: Back? = nil) {
        self.message = message
        self.again = again
        self.back = back
    }

    public func response() -> Response {
        var values = message.values
        values["again"] = again.address
        values["againButton"] = again.text
        var targets = "'self'"
        switch back {
        case .link(let button): values["link"] = ["address": button.address, "button": button.text]
        case .form(let button, let fields):
            let inputs = fields.map { ["name": $0.0, "value": $0.1] }
            values["form"] = ["address": button.address, "button": button.text, "fields": inputs] as [String: Any]
            // The form goes to the merchant's own site, which may send the browser on to another.
            targets = "*"
        case nil: break
        }
        return .page(Templates.render("pending", values), formTargets: targets)
    }
}
