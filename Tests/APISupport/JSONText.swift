import WireKit

/// Text that should be JSON, with its values at hand.
public protocol JSONText: Sendable {
    var text: String { get }
}

extension JSONText {
    /// The text as JSON; null where it is none.
    public var json: JSON { (try? JSON.parse(text)) ?? .null }

    /// The value at a path such as `source.brand` or `refund_info.0.orig_mdr`, or how many elements an array has, as
    /// `refund_info.count`; nil where there is none.
    public subscript(path: String) -> JSON? {
        path.split(separator: ".").reduce(json) { $0?.value(at: String($1)) }
    }

    /// A value as text: a string's own, any other as it stands in the body; "-" where there is none.
    public func show(_ path: String) -> String {
        switch self[path] {
        case nil: "-"
        case .string(let text): text
        case .some(let value): String(decoding: value.encoded(), as: UTF8.self)
        }
    }

    /// Several values in a row.
    public func show(_ paths: String...) -> String { paths.map { show($0) }.joined(separator: " ") }
}

extension JSON {
    fileprivate func value(at step: String) -> JSON? {
        guard let elements = arrayValue else { return objectValue?[step] }
        if step == "count" { return .number("\(elements.count)") }
        return Int(step).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
    }
}

/// A webhook's body.
public struct NoticeBody: JSONText {
    public let text: String

    public init(text: String) { self.text = text }
}
