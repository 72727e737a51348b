import HTTPTypes
import Hummingbird
import HummingbirdTesting
import WireKit

/// Text that should be JSON, with its values at hand.
protocol JSONText: Sendable {
    var text: String { get }
}

extension JSONText {
    /// The text as JSON; null where it is none.
    var json: JSON { (try? JSON.parse(text)) ?? .null }

    /// The value at a path such as `data.order_no` or `banks.0.code`; nil where there is none.
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
        case .some(let other): String(decoding: other.encoded(), as: UTF8.self)
        }
    }

    /// Several values in a row.
    func show(_ paths: String...) -> String { paths.map { show($0) }.joined(separator: " ") }
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

    /// `400 Invalid signature`; the code in the body must be the status.
    var error: String { show("code") == "\(status)" ? show("code", "message") : "\(status) | \(text)" }
    var number: String { self["data.referenceId"] == nil ? show("data.order_no") : show("data.referenceId") }
}

/// A webhook's body.
struct NoticeBody: JSONText {
    let text: String
}
