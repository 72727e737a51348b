/// What a group of pages says, in one language.
public struct PageWords: Sendable {
    /// Every word of a group: its name, and what it is in each language.
    typealias Table = [(name: String, english: String, thai: String, khmer: String)]

    private let texts: [String: String]

    /// A group's words and those that all pages share.
    init(_ table: Table, _ language: Language) {
        texts = Dictionary((CommonWords.table + table).map { ($0.name, Self.text(of: $0, in: language)) }) { $1 }
    }

    /// A word in a language.
    static func text(of word: Table.Element, in language: Language) -> String {
        switch language {
        case .english: word.english
        case .thai: word.thai
        case .khmer: word.khmer
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
