extension JSON {
    /// Parses one RFC 8259 text. Strict: valid UTF-8, no member named twice, nothing after the value.
    /// One leading byte order mark is skipped.
    /// - Parameter maximumDepth: how many arrays and objects may lie inside one another.
    public static func parse(_ bytes: UnsafeRawBufferPointer, maximumDepth: Int = 32) throws(JSONError) -> JSON {
        var parser = JSONParser(bytes: bytes, maximumDepth: maximumDepth)
        return try parser.document()
    }

    /// Parses one RFC 8259 text; see ``parse(_:maximumDepth:)-(UnsafeRawBufferPointer,_)``.
    public static func parse(_ bytes: [UInt8], maximumDepth: Int = 32) throws(JSONError) -> JSON {
        try bytes.withUnsafeBytes { buffer in
            Result { () throws(JSONError) in try parse(buffer, maximumDepth: maximumDepth) }
        }.get()
    }

    /// Parses one RFC 8259 text; see ``parse(_:maximumDepth:)-(UnsafeRawBufferPointer,_)``.
    public static func parse(_ text: String, maximumDepth: Int = 32) throws(JSONError) -> JSON {
        var copy = text
        return try copy.withUTF8 { buffer in
            Result { () throws(JSONError) in
                try parse(UnsafeRawBufferPointer(buffer), maximumDepth: maximumDepth)
            }
        }.get()
    }
}
