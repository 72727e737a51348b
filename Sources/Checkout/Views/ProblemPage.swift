import Hummingbird

/// Says that a payment cannot begin or go on, and why: to the payer in their language, and to the shop's developer.
public struct ProblemPage: Sendable {
    /// What is wrong.
    public enum Kind: Sendable {
        /// The shop has set the payment up wrongly; the details are for its developer.
        case setUp([String])
        /// The gateway cannot answer just now. `again` is where the payer may try once more.
        case unavailable(again: String?)
    }

    let frame: Frame
    let kind: Kind

    public init(frame: Frame, kind: Kind) {
        self.frame = frame
        self.kind = kind
    }

    public func response(status: HTTPResponse.Status) -> Response {
        let words = PageWords(ResultWords.table, frame.language)
        var values = words.values.merging(frame.values) { $1 }
        values["kind"] = "failure"
        switch kind {
        case .setUp(let details):
            values["title"] = words["setUpWrongTitle"]
            values["text"] = words["setUpWrongText"]
            values["detailsTitle"] = words["setUpWrongDetails"]
            values["hasDetails"] = !details.isEmpty
            values["details"] = details
        case .unavailable(let again):
            values["title"] = words["unavailableTitle"]
            values["text"] = words["unavailableText"]
            values["again"] = again
        }
        return .page(Templates.render("message", values), status: status, ancestors: frame.ancestors)
    }
}
