extension JSONParser {
    mutating func array(depth: Int) throws(JSONError) -> [JSON] {
        try enter(depth: depth)
        var elements: [JSON] = []
        if closes(with: UInt8(ascii: "]")) { return elements }
        repeat {
            elements.append(try value(depth: depth))
        } while try continues(until: UInt8(ascii: "]"))
        return elements
    }

    mutating func object(depth: Int) throws(JSONError) -> JSONObject {
        try enter(depth: depth)
        if closes(with: UInt8(ascii: "}")) { return JSONObject() }
        var members: [(name: String, value: JSON)] = []
        members.reserveCapacity(8)
        var seen = SeenNames()
        repeat {
            skipWhitespace()
            let start = index
            let name = try memberName()
            guard seen.insert(name, after: members) else { throw fault(.duplicateMember(name), at: start) }
            members.append((name, try value(depth: depth)))
        } while try continues(until: UInt8(ascii: "}"))
        return JSONObject(members: members)
    }

    private mutating func enter(depth: Int) throws(JSONError) {
        guard depth <= maximumDepth else { throw fault(.tooDeep) }
        index += 1
    }

    /// Consumes the closing byte of an empty container.
    private mutating func closes(with closing: UInt8) -> Bool {
        skipWhitespace()
        guard current == closing else { return false }
        index += 1
        return true
    }

    /// Consumes the comma (true) or the closing byte (false) that follows a value.
    private mutating func continues(until closing: UInt8) throws(JSONError) -> Bool {
        skipWhitespace()
        guard let byte = current else { throw fault(.unexpectedEnd) }
        guard byte == closing || byte == UInt8(ascii: ",") else { throw fault(.unexpectedByte) }
        index += 1
        return byte != closing
    }

    /// Consumes a member's name and its colon.
    private mutating func memberName() throws(JSONError) -> String {
        guard let quote = current else { throw fault(.unexpectedEnd) }
        guard quote == UInt8(ascii: "\"") else { throw fault(.unexpectedByte) }
        let name = try string()
        skipWhitespace()
        guard let colon = current else { throw fault(.unexpectedEnd) }
        guard colon == UInt8(ascii: ":") else { throw fault(.unexpectedByte) }
        index += 1
        return name
    }
}

/// Which names an object has shown so far. Few are compared one by one; many go into a set, so that a
/// hostile body of thousands of members costs no more than its length.
struct SeenNames {
    static let linearLimit = 16
    private var set: Set<ExactName> = []

    /// Whether `name` is new beside the members before it, all of which came through here.
    mutating func insert(_ name: String, after members: [(name: String, value: JSON)]) -> Bool {
        if members.count < Self.linearLimit {
            return !members.contains { sameBytes($0.name, name) }
        }
        if set.isEmpty {
            set = Set(members.map { ExactName(text: $0.name) })
        }
        return set.insert(ExactName(text: name)).inserted
    }
}
