import Hummingbird
import WireKit

/// The form for the mobile number that a Pay PLUS request goes to (3.1.4), and a link that opens the app at once. The
/// form sends `phone`.
public struct PayPlusPage: Sendable {
    /// Why the number is not taken.
    public enum Problem: String, Sendable {
        case missing = "numberMissing"
        case wrong = "numberWrong"
        case unknown = "numberUnknown"
    }

    let frame: Frame
    let purchase: Purchase
    let action: String
    let appLink: String?
    public var phone = ""
    public var problem: Problem?

    /// - Parameter appLink: opens the app with this payment (App Switch); nil where there is none.
    public init(frame: Frame, purchase: Purchase, action: String, appLink: String? = nil) {
        self.frame = frame
        self.purchase = purchase
        self.action = action
        self.appLink = appLink
    }

    public func response(status: HTTPResponse.Status = .ok) -> Response {
        let words = PageWords(WaitingWords.table, frame.language)
        var values = words.values.merging(frame.values) { $1 }.merging(purchase.values) { $1 }
        values["title"] = words["payPlusTitle"]
        values["intro"] = words["payPlusIntro"]
        values["action"] = action
        values["appLink"] = appLink.flatMap { Self.isSafe($0) ? $0 : nil }
        var field: [String: Any] = [
            "id": "phone", "label": words["numberLabel"], "width": "wide", "keyboard": "tel", "kind": "tel",
            "autocomplete": "tel-national", "longest": 16, "value": phone, "hint": words["numberHint"],
            "placeholder": "081 234 5678",
        ]
        field["error"] = problem.map { words[$0.rawValue] }
        values["fields"] = [field]
        return .page(
            Templates.render("payplus", values), status: status, ancestors: frame.ancestors,
            picture: purchase.picture)
    }

    /// Whether a link opens a page or an app, and runs nothing.
    static func isSafe(_ link: String) -> Bool {
        let scheme = link.prefix { $0 != ":" }.lowercased()
        return scheme.utf8.count < link.utf8.count && !["javascript", "data", "vbscript", "blob"].contains(scheme)
            && !scheme.isEmpty && scheme.utf8.allSatisfy(schemeCharacters.contains)
    }

    private static let schemeCharacters = ASCIISet("abcdefghijklmnopqrstuvwxyz0123456789+-.")
}
