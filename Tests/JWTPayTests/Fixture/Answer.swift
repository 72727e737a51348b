import APISupport

extension Answer {
    /// `400 Invalid signature`; the code in the body must be the status.
    var error: String { show("code") == "\(status)" ? show("code", "message") : "\(status) | \(text)" }
    var number: String { self["data.referenceId"] == nil ? show("data.order_no") : show("data.referenceId") }
}
