/// Reads which modules a line of Swift imports.
enum ImportLine {
    private static let access: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]
    private static let kinds: Set<Substring> = [
        "typealias", "struct", "class", "enum", "protocol", "let", "var", "func", "macro",
    ]

    /// The modules that a line imports: none for most lines, more than one where semicolons divide it.
    static func modules(in line: String) -> [String] {
        line.split(separator: ";").compactMap { statement($0) }
    }

    private static func statement(_ text: Substring) -> String? {
        var words = text.split(whereSeparator: \.isWhitespace)[...]
        // An attribute's arguments may be divided by spaces: `@_spi(A, B)`.
        let hasAttributes = text.contains("@")
        while let word = words.first, isModifier(word, hasAttributes) { words.removeFirst() }
        guard words.popFirst() == "import" else { return nil }
        if let word = words.first, kinds.contains(word), words.count > 1 { words.removeFirst() }
        guard let path = words.first else { return nil }
        let name = path.drop { $0 == "`" }.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        return name.isEmpty ? nil : String(name)
    }

    private static func isModifier(_ word: Substring, _ hasAttributes: Bool) -> Bool {
        word.hasPrefix("@") || access.contains(word) || hasAttributes && (word.hasSuffix(",") || word.hasSuffix(")"))
    }
}
