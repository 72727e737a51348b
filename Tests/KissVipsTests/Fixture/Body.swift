import WireKit

/// A request's members whose values are raw JSON, so that a test can write what no encoder would.
struct Body: Sendable {
    var members: [(name: String, raw: String)]

    init(_ members: [(String, String)] = []) {
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
    /// As the document's sample of an inquiry shows what was asked for.
    static let qrCode = Body([
        ("account_no_list", "\"[123, 456]\""), ("amount", "1"), ("callback_url", quoted(Shop.deafURL)),
        ("ref", "\"ref\""),
    ])

    static let promptPayDeposit = qrCode.with("postback_url", text: "http://shop.test/back")

    static let transfer = Body([
        ("to_bank_id", "2"), ("to_account_no", "1463915322"), ("amount", "5"), ("remark", "\"T1\""),
        ("callback_url", quoted(Shop.deafURL)),
    ])

    static let deposit = Body([
        ("from_bank_id", "3"), ("from_bank_account_name", "\"SOMCHAI J\""),
        ("from_bank_account_no", "\"1110434783\""), ("amount", "50"),
    ])
}

/// Text as a JSON string.
func quoted(_ text: String) -> String {
    var json = JSONWriter(capacity: text.utf8.count + 2)
    json.array { $0.element(text) }
    return String(String(decoding: json.bytes, as: UTF8.self).dropFirst().dropLast())
}
