import APISupport
import HTTPTypes

extension JSONText {
    /// `Authorized success` and the like.
    var state: String { show("transaction_state", "status") }
    /// `05 Do Not Honor`, or `null null`.
    var failure: String { show("failure_code", "failure_message") }
    var id: String { show("id") }
}

extension Answer {
    /// `400 amount_invalid`; the status alone where it is no error of the dialect's.
    var error: String { show("object") == "error" ? "\(status) \(show("code"))" : "\(status)" }
    var message: String { show("message") }
    var location: String? { headers[.location] }
}
