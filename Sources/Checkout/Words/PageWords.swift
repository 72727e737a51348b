/// What a group of pages says, in one language.
public struct PageWords: Sendable {
    /// Every word of a group: its name, in English, in Thai.
    typealias Table = [(name: String, english: String, thai: String)]

    private let texts: [String: String]

    /// A group's words and those that all pages share; in English where the language has none.
    init(_ table: Table, _ language: Language) {
        texts = Dictionary((CommonWords.table + table).map { ($0.name, language == .thai ? $0.thai : $0.english) }) {
            $1
        }
    }

    /// The text under a name; empty where there is none, which a test would have found.
    subscript(name: String) -> String { texts[name] ?? "" }

    /// The text under a name with `{}` filled in.
    func filled(_ name: String, _ value: String) -> String {
        let parts = self[name].split(separator: "{}", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.joined(separator: value)
    }

    var values: [String: Any] { texts }
}
