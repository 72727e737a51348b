import WireKit

/// A request's members whose values are raw JSON, so that a test can write what no encoder would.
public struct Body: Sendable {
    public var members: [(name: String, raw: String)]

    public init(_ members: [(String, String)] = []) {
        self.members = members.map { (name: $0.0, raw: $0.1) }
    }

    /// The member with another value, or one more member.
    public func with(_ name: String, _ raw: String) -> Body {
        var copy = self
        if let index = members.firstIndex(where: { $0.name == name }) {
            copy.members[index].raw = raw
        } else {
            copy.members.append((name, raw))
        }
        return copy
    }

    /// The same with a string for value.
    public func with(_ name: String, text: String) -> Body { with(name, quoted(text)) }

    public func without(_ name: String) -> Body {
        var copy = self
        copy.members.removeAll { $0.name == name }
        return copy
    }

    public var text: String { "{" + members.map { "\(quoted($0.name)):\($0.raw)" }.joined(separator: ",") + "}" }
}

/// Text as a JSON string.
public func quoted(_ text: String) -> String {
    String(decoding: JSON.string(text).encoded(), as: UTF8.self)
}
