import Mustache
import WireKit

/// The templates, compiled once.
enum Templates {
    static let library: MustacheLibrary = {
        var library = MustacheLibrary()
        for (name, bytes) in sources {
            do {
                try library.register(String(decoding: bytes, as: UTF8.self), named: name)
            } catch {
                preconditionFailure("template \(name): \(error)")
            }
        }
        return library
    }()

    /// Every template's source by its name.
    static let sources: [String: [UInt8]] = [
        // Parts of pages
        "page": PackageResources.page_mustache, "purchase": PackageResources.purchase_mustache,
        "fields": PackageResources.fields_mustache, "facts": PackageResources.facts_mustache,
        "terms": PackageResources.terms_mustache,
        // Pages
        "bank": PackageResources.bank_mustache, "card": PackageResources.card_mustache,
        "challenge": PackageResources.challenge_mustache,
        "conversion": PackageResources.conversion_mustache, "fee": PackageResources.fee_mustache,
        "handover": PackageResources.handover_mustache,
        "message": PackageResources.message_mustache, "outcome": PackageResources.outcome_mustache,
        "pending": PackageResources.pending_mustache,
        "payplus": PackageResources.payplus_mustache,
        "return": PackageResources.return_mustache, "saved": PackageResources.saved_mustache,
        "waiting": PackageResources.waiting_mustache, "wallet": PackageResources.wallet_mustache,
    ]

    /// A page with these values as text.
    ///
    /// The templates are told to escape nothing (`CONTENT_TYPE:TEXT`): the library escapes whole characters, and `<`
    /// followed by a combining mark is another character than `<`. Here every byte that means something is escaped.
    static func render(_ name: String, _ values: [String: Any]) -> String {
        library.render(escaped(values), withTemplate: name) ?? ""
    }

    private static func escaped(_ value: Any) -> Any {
        switch value {
        case let text as String: htmlEscaped(text)
        case let list as [Any]: list.map(escaped)
        case let object as [String: Any]: object.mapValues(escaped)
        default: value
        }
    }
}
