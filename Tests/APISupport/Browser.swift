import HTTPTypes
import Testing
import WireKit

/// Where a browser has landed.
public struct Page: Sendable {
    public let path: String
    public let answer: Answer

    public var html: String { answer.text }
    public var heading: String { html.firstMatch(of: /<h1>(.*?)<\/h1>/).map { String($0.1) } ?? "" }
    public var forms: [Form] { Form.all(in: html) }

    public func form(button label: String) -> Form? { forms.first { $0.buttons.contains { $0.contains(label) } } }
    public func form(field name: String) -> Form? { forms.first { $0.fields.contains { $0.name == name } } }
}

/// A payer's browser with scripts switched off: opens pages, submits forms and follows redirects for as long as they stay
/// on the gateway.
public struct Browser: Sendable {
    private let shop: any SandboxCaller
    private let language: String?

    /// - Parameter language: what its `Accept-Language` says.
    public init(shop: any SandboxCaller, language: String? = nil) {
        self.shop = shop
        self.language = language
    }

    public func open(_ url: String) async throws -> Page {
        try await land(url, try await shop.send(.get, Self.path(url), headers))
    }

    /// Fills a form in and submits it: by a named button, or by none.
    public func submit(
        _ form: Form?, _ filled: [(String, String)] = [], pressing label: String? = nil
    ) async throws -> Page {
        let form = try #require(form, "there is no such form")
        let fields = form.fields.map { field in
            (name: field.name, value: filled.first { $0.0 == field.name }?.1 ?? field.value)
        }
        let pressed = form.named.first { $0.label == label }.map { [(name: $0.name, value: $0.value)] } ?? []
        if label != nil { try #require(!pressed.isEmpty, "there is no such button") }
        return try await post(form.action, FormBody.encode(fields + pressed))
    }

    /// Fills in the form that has the first of these fields, and all others, and submits it.
    public func fill(_ page: Page, _ filled: (String, String)...) async throws -> Page {
        let form = try #require(page.form(field: filled[0].0), "no form has \(filled[0].0): \(page.heading)")
        let missing = Set(filled.map(\.0)).subtracting(form.values.keys)
        try #require(missing.isEmpty, "the form has no \(missing)")
        return try await submit(form, filled)
    }

    /// Presses the button of a form that has nothing to fill in.
    public func press(_ page: Page, _ button: String) async throws -> Page {
        try await submit(try #require(page.form(button: button), "no button \(button): \(page.heading)"))
    }

    public func post(_ path: String, _ body: String) async throws -> Page {
        let type = ("content-type", "application/x-www-form-urlencoded")
        return try await land(path, try await shop.send(.post, path, headers + [type], body: body))
    }

    private var headers: [(String, String)] { language.map { [("accept-language", $0)] } ?? [] }

    private func land(_ url: String, _ answer: Answer) async throws -> Page {
        guard answer.status == 303, let next = answer.headers[.location], next.hasPrefix("/") else {
            return Page(path: Self.path(url), answer: answer)
        }
        return try await open(next)
    }

    private static func path(_ url: String) -> String {
        url.hasPrefix(Sandbox.publicURL) ? String(url.dropFirst(Sandbox.publicURL.count)) : url
    }
}
