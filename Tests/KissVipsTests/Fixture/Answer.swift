import HTTPTypes
import HummingbirdTesting
import NIOCore
import WireKit

/// Text that should be JSON, with its values at hand.
protocol JSONText: Sendable {
    var text: String { get }
}

extension JSONText {
    /// The text as JSON; null where it is none.
    var json: JSON { (try? JSON.parse(text)) ?? .null }

    /// The value at a path such as `deposits.0.id`; nil where there is none.
    subscript(path: String) -> JSON? {
        var value: JSON? = json
        for step in path.split(separator: ".") {
            let element = Int(step).flatMap { index in
                value?.arrayValue.flatMap { $0.indices.contains(index) ? $0[index] : nil }
            }
            value = value?.objectValue?[String(step)] ?? element
        }
        return value
    }

    /// A value as text: a string's own, any other as it stands in the body; "-" where there is none.
    func show(_ path: String) -> String {
        switch self[path] {
        case nil: "-"
        case .string(let text): text
        case .some(let value): String(decoding: value.encoded(), as: UTF8.self)
        }
    }
}

/// What came back.
struct Answer: JSONText {
    let status: Int
    let headers: HTTPFields
    let text: String

    init(_ response: TestResponse) {
        status = Int(response.status.code)
        headers = response.headers
        text = String(buffer: response.body)
    }

    /// What is said beside the answer's status: `reply("uuid")` is `response.uuid`.
    func reply(_ path: String) -> String { show("response." + path) }

    /// Several of them in a row.
    func replies(_ paths: String...) -> String { paths.map { reply($0) }.joined(separator: " ") }

    /// `200 OK`, `404 TRANSFER_NOT_FOUND`.
    var outcome: String { "\(status) " + (reply("error_code") == "-" ? reply("status") : reply("error_code")) }
    var message: String { reply("message") }
}

/// A call back's body.
struct NoticeBody: JSONText {
    let text: String
}
