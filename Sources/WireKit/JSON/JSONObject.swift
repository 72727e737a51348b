/// The members of a JSON object in the order of the wire.
public struct JSONObject: Sendable {
    /// Every member, in order. What the parser makes never names one twice.
    public private(set) var members: [(name: String, value: JSON)]

    /// Makes an object of members in this order. When a name is repeated, look-up finds the first.
    public init(members: [(name: String, value: JSON)] = []) {
        self.members = members
    }

    /// The value of the member with exactly this name; nil when there is none. A linear search.
    public subscript(name: String) -> JSON? {
        for member in members where sameBytes(member.name, name) {
            return member.value
        }
        return nil
    }

    /// The names, in order.
    public var names: [String] {
        members.map(\.name)
    }

    /// Whether there is no member.
    public var isEmpty: Bool {
        members.isEmpty
    }
}

extension JSONObject: Equatable {
    /// Equal when the same members stand in the same order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.members.elementsEqual(right.members) { sameBytes($0.name, $1.name) && $0.value == $1.value }
    }
}
