import Hummingbird

/// A page that says one thing.
public struct MessagePage: Sendable {
    /// What the page says, and how it looks.
    public struct Words: Sendable {
        public enum Kind: String, Sendable { case success, failure, neutral }

        let language: Language
        let kind: Kind
        let title: String
        let text: String

        public init(language: Language, kind: Kind, title: String, text: String) {
            self.language = language
            self.kind = kind
            self.title = title
            self.text = text
        }

        /// The same with another sentence at its end.
        public func adding(_ sentence: String) -> Words {
            Words(language: language, kind: kind, title: title, text: sentence.isEmpty ? text : text + " " + sentence)
        }

        var values: [String: Any] {
            ["language": language.rawValue, "kind": kind.rawValue, "title": title, "text": text]
        }
    }

    let words: Words

    public init(_ words: Words) {
        self.words = words
    }

    public func response(status: HTTPResponse.Status = .ok) -> Response {
        .page(Templates.render("message", words.values), status: status)
    }
}
