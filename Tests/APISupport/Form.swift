/// A form on a page, as a browser with scripts switched off sees it.
public struct Form: Sendable {
    public let action: String
    /// Every input's name and value, in order.
    public let fields: [(name: String, value: String)]
    public let buttons: [String]
    /// The buttons that are sent with the fields when they are pressed.
    public let named: [(label: String, name: String, value: String)]

    public init(
        action: String, fields: [(name: String, value: String)], buttons: [String],
        named: [(label: String, name: String, value: String)] = []
    ) {
        self.action = action
        self.fields = fields
        self.buttons = buttons
        self.named = named
    }

    public static func all(in html: String) -> [Form] {
        html.matches(of: /<form\b([^>]*)>(.*?)<\/form>/.dotMatchesNewlines()).map { match in
            let inside = String(match.2)
            return Form(
                action: attribute("action", in: String(match.1)) ?? "",
                fields: inside.matches(of: /<input\b([^>]*)>/).map { input in
                    let tag = String(input.1)
                    return (attribute("name", in: tag) ?? "", attribute("value", in: tag) ?? "")
                },
                buttons: inside.matches(of: /<button\b[^>]*>(.*?)<\/button>/.dotMatchesNewlines()).map {
                    unescaped(String($0.1))
                },
                named: inside.matches(of: /<button\b([^>]*)>(.*?)<\/button>/.dotMatchesNewlines()).compactMap {
                    button in
                    attribute("name", in: String(button.1)).map { name in
                        (unescaped(String(button.2)), name, attribute("value", in: String(button.1)) ?? "")
                    }
                })
        }
    }

    private static func attribute(_ name: String, in tag: String) -> String? {
        tag.matches(of: /([a-z\-]+)="([^"]*)"/).first { $0.1 == name }.map { unescaped(String($0.2)) }
    }

    private static func unescaped(_ text: String) -> String {
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
            .reduce(text) { $0.replacing($1.0, with: $1.1) }
    }

    /// The fields' values by name.
    public var values: [String: String] { Dictionary(fields.map { ($0.name, $0.value) }) { first, _ in first } }
}
