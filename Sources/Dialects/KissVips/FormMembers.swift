import WireKit

/// The fields of a form as the members of an object.
///
/// `name[]` and `name[0]` are elements of a list and `name[key]` members of an object, as PHP writes its arrays. Any other
/// name comes once.
struct FormMembers {
    /// A value and its key within the name; nil for the name alone.
    private typealias Part = (key: String?, value: JSON)

    private var members: [(name: String, parts: [Part])] = []

    /// Throws `.badRequest` for what came before.
    mutating func add(_ field: String, _ text: String) throws(KissVipsError) {
        let (name, key) = Self.split(field)
        guard let index = members.firstIndex(where: { $0.name == name }) else {
            members.append((name, [(Self.full(key, after: []), .string(text))]))
            return
        }
        let known = members[index].parts.map(\.key)
        guard let full = Self.full(key, after: known), !known.contains(nil), !known.contains(full) else {
            throw .badRequest
        }
        members[index].parts.append((full, .string(text)))
    }

    var object: JSONObject {
        JSONObject(members: members.map { (name: $0.name, value: Self.value(of: $0.parts)) })
    }

    private static func value(of parts: [Part]) -> JSON {
        let named = parts.compactMap { part in part.key.map { (name: $0, value: part.value) } }
        guard !named.isEmpty else { return parts.first?.value ?? .null }
        // In the order in which they were written, whatever their numbers: a list may have gaps.
        return named.allSatisfy { number($0.name) != nil }
            ? .array(named.map(\.value)) : .object(JSONObject(members: named))
    }

    /// `name[key]` as name and key.
    private static func split(_ field: String) -> (name: String, key: String?) {
        guard field.hasSuffix("]"), let open = field.firstIndex(of: "["), open > field.startIndex else {
            return (field, nil)
        }
        return (String(field[..<open]), String(field[field.index(after: open)...].dropLast()))
    }

    /// The key as it counts: an empty one is the number after the largest, and numbers are compared as such.
    private static func full(_ key: String?, after known: [String?]) -> String? {
        guard let key else { return nil }
        if key.isEmpty { return String((known.compactMap { $0.flatMap(number) }.max() ?? -1) + 1) }
        return number(key).map(String.init) ?? key
    }

    /// The number that a key is: at most nine digits.
    private static func number(_ key: String) -> Int? {
        guard (1...9).contains(key.utf8.count), key.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(key)
    }
}
