// A name given as a `StaticString` is written as it is: it must hold no quote, backslash or control character.
extension JSONWriter {
    /// Writes a member that is a string.
    public mutating func member(_ name: StaticString, _ value: String) {
        self.name(name)
        string(value)
    }

    /// Writes a member that is a string, or null for nil.
    public mutating func member(_ name: StaticString, _ value: String?) {
        if let value { member(name, value) } else { memberNull(name) }
    }

    /// Writes a member that is `true` or `false`.
    public mutating func member(_ name: StaticString, _ value: Bool) {
        self.name(name)
        literal(value ? "true" : "false")
    }

    /// Writes a member that is a number with exactly these digits, which must be a JSON number.
    public mutating func member(_ name: StaticString, number text: String) {
        self.name(name)
        literal(text)
    }

    /// Writes a member that is an integer.
    public mutating func member(_ name: StaticString, _ value: Int64) {
        self.name(name)
        literal(String(value))
    }

    /// Writes a member that is an integer.
    public mutating func member(_ name: StaticString, _ value: Int) {
        member(name, Int64(value))
    }

    /// Writes a member that is null.
    public mutating func memberNull(_ name: StaticString) {
        self.name(name)
        literal("null" as StaticString)
    }

    /// Writes a member that is an object, whose members `body` writes.
    public mutating func memberObject(_ name: StaticString, _ body: (inout JSONWriter) -> Void) {
        self.name(name)
        object(body)
    }

    /// Writes a member that is an array, whose elements `body` writes.
    public mutating func memberArray(_ name: StaticString, _ body: (inout JSONWriter) -> Void) {
        self.name(name)
        array(body)
    }

    /// Writes a member that is any JSON value.
    public mutating func member(_ name: StaticString, json: JSON) {
        self.name(name)
        element(json: json)
    }

    /// Writes a member whose name is not known beforehand; the name is escaped.
    public mutating func member(named name: String, json: JSON) {
        self.name(name)
        element(json: json)
    }
}
