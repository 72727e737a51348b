import APISupport

extension Answer {
    /// What is said beside the answer's status: `reply("uuid")` is `response.uuid`.
    func reply(_ path: String) -> String { show("response." + path) }

    /// Several of them in a row.
    func replies(_ paths: String...) -> String { paths.map { reply($0) }.joined(separator: " ") }

    /// `200 OK`, `404 TRANSFER_NOT_FOUND`.
    var outcome: String { "\(status) " + (reply("error_code") == "-" ? reply("status") : reply("error_code")) }
    var message: String { reply("message") }
}
