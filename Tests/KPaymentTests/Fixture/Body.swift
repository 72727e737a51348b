import WireKit

/// A request's body whose values are raw JSON, so that a test can write what no encoder would.
struct Body: Sendable {
    private var members: [(name: String, raw: String)]

    init(_ members: [(String, String)]) {
        self.members = members.map { (name: $0.0, raw: $0.1) }
    }

    /// The member with another value, or one more member.
    func with(_ name: String, _ raw: String) -> Body {
        var copy = self
        if let index = members.firstIndex(where: { $0.name == name }) {
            copy.members[index].raw = raw
        } else {
            copy.members.append((name, raw))
        }
        return copy
    }

    /// The same with a string for value.
    func with(_ name: String, text: String) -> Body { with(name, quoted(text)) }

    func without(_ name: String) -> Body {
        var copy = self
        copy.members.removeAll { $0.name == name }
        return copy
    }

    var text: String { "{" + members.map { "\(quoted($0.name)):\($0.raw)" }.joined(separator: ",") + "}" }
}

extension Body {
    /// A charge of 200.50 baht without 3-D Secure, as 6.1.1 shows it.
    static func charge(_ token: String, mid: String = Shop.Mid.without3DS, reference: String? = nil) -> Body {
        Body([
            ("amount", "200.50"), ("currency", "\"THB\""), ("description", "\"TEST PRODUCT\""),
            ("source_type", "\"card\""), ("mode", "\"token\""), ("token", quoted(token)),
            // A token's last digits are random: as good as a number of the shop's own.
            ("reference_order", quoted(reference ?? "R" + token.suffix(24))),
            ("additional_data", "{\"mid\":\(quoted(mid))}"),
        ])
    }

    static func card(_ number: String) -> Body {
        Body([
            ("number", quoted(number)), ("name", "\"SOMCHAI J\""), ("expiry", "\"12/30\""), ("cvv", "\"123\""),
        ])
    }
}

/// Text as a JSON string.
func quoted(_ text: String) -> String {
    var json = JSONWriter(capacity: text.utf8.count + 2)
    json.array { $0.element(text) }
    return String(String(decoding: json.bytes, as: UTF8.self).dropFirst().dropLast())
}
