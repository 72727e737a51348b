import HTTPTypes
import Hummingbird
import WireKit

/// What came of a deposit, and the way back to the shop: by itself after a moment where scripts run, by a button where
/// they do not.
public struct OutcomePage: Sendable {
    /// What has happened.
    public enum Outcome: String, Sendable {
        case paid, locked, insufficientFunds, refused, lineUsed
        /// Of a code that the payer was shown nobody knows whether they have paid it.
        case cancelled, cancelledQR, expired, expiredQR
    }

    let frame: Frame
    let purchase: Purchase
    let outcome: Outcome
    let back: BackToShop?

    public init(frame: Frame, purchase: Purchase, outcome: Outcome, back: BackToShop?) {
        self.frame = frame
        self.purchase = purchase
        self.outcome = outcome
        self.back = back
    }

    public func response() -> Response {
        let words = PageWords(OutcomeWords.table, frame.language)
        var values = words.values.merging(frame.values) { $1 }.merging(purchase.values) { $1 }
        let isPaid = outcome == .paid
        values["kind"] = isPaid ? "success" : outcome == .lineUsed ? "neutral" : "failure"
        values["title"] = words[isPaid ? "paidTitle" : "failedTitle"]
        values["text"] = words[isPaid ? "paidText" : outcome.rawValue]
        values["back"] = back?.values
        values["leavesByItself"] = back != nil
        return .page(
            Templates.render("outcome", values), formTargets: back == nil ? "'none'" : "*", ancestors: frame.ancestors)
    }
}

/// What takes the browser back to the shop's own address, as a redirect would: by GET, with members in its query.
///
/// A form, whose fields take the query's place. Where the address has a query that cannot be taken apart, such as one
/// that is no UTF-8, a link, in which every byte of it stays as it stands.
public struct BackToShop: Sendable {
    let url: String
    let fields: [(name: String, value: String)]
    let isLink: Bool

    /// - Parameter url: the shop's address. Members of its query are kept, in front of `fields`.
    public init(to url: String, with fields: [(name: String, value: String)]) {
        let fragment = url.firstIndex(of: "#") ?? url.endIndex
        let question = url[..<fragment].firstIndex(of: "?") ?? fragment
        let query = String(url[question..<fragment].dropFirst())
        let own = try? FormBody.parse(query)
        isLink = own == nil
        if let own {
            self.url = String(url[..<question] + url[fragment...])
            self.fields = own + fields
        } else {
            self.url = url[..<fragment] + "&" + FormBody.encode(fields) + url[fragment...]
            self.fields = []
        }
    }

    var values: [String: Any] {
        ["url": url, "isLink": isLink, "fields": fields.map { ["name": $0.name, "value": $0.value] }]
    }
}

/// A page of a deposit that is not there, or cannot be shown now.
public struct LostPage: Sendable {
    /// Why.
    public enum Reason: String, Sendable { case unknown, unavailable }

    let frame: Frame
    let reason: Reason

    public init(frame: Frame, reason: Reason) {
        self.frame = frame
        self.reason = reason
    }

    public func response(status: HTTPResponse.Status) -> Response {
        let words = PageWords(OutcomeWords.table, frame.language)
        var values = words.values.merging(frame.values) { $1 }
        values["kind"] = reason == .unknown ? "failure" : "neutral"
        values["title"] = words[reason.rawValue + "Title"]
        values["text"] = words[reason.rawValue + "Text"]
        return .page(Templates.render("message", values), status: status, ancestors: frame.ancestors)
    }
}
