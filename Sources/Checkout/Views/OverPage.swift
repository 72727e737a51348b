import Hummingbird

/// Says that a payment came to nothing, why, and where to try again.
public struct OverPage: Sendable {
    /// Why.
    public enum Reason: Sendable {
        case expired, cancelled
        /// With a sentence for the payer; nil where there is nothing more to say.
        case failed(String?)
    }

    let frame: Frame
    let reason: Reason
    let again: String?

    /// - Parameter again: an address of the gateway's where the payer can try again.
    public init(frame: Frame, reason: Reason, again: String? = nil) {
        self.frame = frame
        self.reason = reason
        self.again = again
    }

    public func response(status: HTTPResponse.Status = .ok) -> Response {
        let words = PageWords(WaitingWords.table, frame.language)
        var values = words.values.merging(frame.values) { $1 }
        let name =
            switch reason {
            case .expired: "expired"
            case .cancelled: "cancelled"
            case .failed: "failed"
            }
        values["kind"] = "failure"
        values["title"] = words[name + "Title"]
        values["text"] = words[name + "Text"]
        if case .failed(let why?) = reason { values["text"] = why }
        values["again"] = again
        return .page(Templates.render("message", values), status: status, ancestors: frame.ancestors)
    }
}
