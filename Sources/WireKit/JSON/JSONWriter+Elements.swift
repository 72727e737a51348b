extension JSONWriter {
    /// Writes an element that is a string.
    public mutating func element(_ value: String) {
        string(value)
    }

    /// Writes an element that is a number with exactly these digits, which must be a JSON number.
    public mutating func element(number text: String) {
        literal(text)
    }

    /// Writes an element that is an object, whose members `body` writes.
    public mutating func elementObject(_ body: (inout JSONWriter) -> Void) {
        object(body)
    }

    /// Writes an element that is any JSON value; at the top level, the whole text.
    public mutating func element(json: JSON) {
        switch json {
        case .null: literal("null" as StaticString)
        case .bool(let value): literal(value ? "true" : "false")
        case .number(let text): literal(text)
        case .string(let text): string(text)
        case .array(let elements):
            array { writer in
                for element in elements { writer.element(json: element) }
            }
        case .object(let object):
            self.object { writer in
                for member in object.members { writer.member(named: member.name, json: member.value) }
            }
        }
    }
}

extension JSON {
    /// The value without white space, members in order, numbers with their own digits.
    public func encoded() -> [UInt8] {
        var writer = JSONWriter()
        writer.element(json: self)
        return writer.bytes
    }
}
