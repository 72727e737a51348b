import Hummingbird

/// What came of a checkout, for the shop: told to the shop's page around this one, to an app around it, or posted to
/// the shop's own address, with a button where scripts do not run.
public struct HandoverPage: Sendable {
    /// What has happened.
    public enum Outcome: Sendable { case cardTaken, cardSaved, paid }

    let frame: Frame
    let outcome: Outcome
    let fields: [(name: String, value: String)]
    let url: String?

    /// - Parameters:
    ///   - fields: the inputs that the shop's form receives.
    ///   - url: the shop's configured address, for a page that has the window for itself; nil where it has none.
    public init(frame: Frame, outcome: Outcome, fields: [(name: String, value: String)], url: String?) {
        self.frame = frame
        self.outcome = outcome
        self.fields = fields
        self.url = url
    }

    public func response() -> Response {
        let words = PageWords(ResultWords.table, frame.language)
        var values = words.values.merging(frame.values) { $1 }
        let name =
            switch outcome {
            case .cardTaken: "cardTaken"
            case .cardSaved: "cardSaved"
            case .paid: "paid"
            }
        values["title"] = words[name + "Title"]
        values["text"] = words[name + "Text"]
        values["fields"] = fields.map { ["name": $0.name, "value": $0.value] }
        let target = frame.place == .window ? url : nil
        values["url"] = target
        // The form goes to the merchant's own site, which may send the browser on to another.
        return .page(
            Templates.render("handover", values), formTargets: target == nil ? "'none'" : "*",
            ancestors: frame.ancestors)
    }
}
