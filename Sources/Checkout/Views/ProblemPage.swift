import Hummingbird

/// Says that a payment cannot begin or go on, and why: to the payer in their language, and to the shop's developer.
public struct ProblemPage: Sendable {
    /// What is wrong.
    public enum Kind: Sendable {
        /// The shop has set the payment up wrongly; the details are for its developer.
        case setUp([String])
        /// The gateway cannot answer just now. `again` is where the payer may try once more.
        case unavailable(again: String?)
        /// The shop takes no more for now, or not so much.
        case overLimit
        /// The shop takes no such payment for now.
        case notTaken
        /// What the page is about is over, or gone.
        case ended
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
        case .overLimit:
            values["title"] = words["notNowTitle"]
            values["text"] = words["overLimitText"]
        case .notTaken:
            values["title"] = words["notNowTitle"]
            values["text"] = words["notTakenText"]
        case .ended:
            values["title"] = words["endedTitle"]
            values["text"] = words["endedText"]
        }
        return .page(Templates.render("message", values), status: status, ancestors: frame.ancestors)
    }
}
