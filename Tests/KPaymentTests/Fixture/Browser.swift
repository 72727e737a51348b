import APISupport
import Foundation
import HTTPTypes
import Testing
import WireKit

/// A form on a page, as a browser with scripts switched off sees it.
struct Form: Sendable {
    let action: String
    /// Every input's name and value, in order.
    let fields: [(name: String, value: String)]
    let buttons: [String]
    /// The buttons that are sent with the fields when they are pressed.
    var named: [(label: String, name: String, value: String)] = []

    static func all(in html: String) -> [Form] {
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
            .reduce(text) { $0.replacingOccurrences(of: $1.0, with: $1.1) }
    }

    /// The fields' values by name.
    var values: [String: String] { Dictionary(fields.map { ($0.name, $0.value) }) { first, _ in first } }
}

/// Where a browser has landed.
struct Page: Sendable {
    let path: String
    let answer: Answer

    var html: String { answer.text }
    var forms: [Form] { Form.all(in: html) }

    func form(button label: String) -> Form? { forms.first { $0.buttons.contains { $0.contains(label) } } }
    func form(field name: String) -> Form? { forms.first { $0.fields.contains { $0.name == name } } }
}

/// A payer's browser: opens pages, submits forms and follows redirects for as long as they stay on the gateway.
struct Browser: Sendable {
    let shop: Shop
    var language: String?

    func open(_ url: String) async throws -> Page {
        try await land(url, try await shop.send(.get, Self.path(url), headers))
    }

    /// Fills a form in and submits it: by a named button, or by none.
    func submit(
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

    func post(_ path: String, _ body: String) async throws -> Page {
        let type = ("content-type", "application/x-www-form-urlencoded")
        return try await land(path, try await shop.send(.post, path, headers + [type], body: body))
    }

    private var headers: [(String, String)] { language.map { [("accept-language", $0)] } ?? [] }

    private func land(_ url: String, _ answer: Answer) async throws -> Page {
        guard answer.status == 303, let next = answer.location, next.hasPrefix("/") else {
            return Page(path: Self.path(url), answer: answer)
        }
        return try await open(next)
    }

    private static func path(_ url: String) -> String {
        url.hasPrefix(Sandbox.publicURL) ? String(url.dropFirst(Sandbox.publicURL.count)) : url
    }
}

extension Browser {
    /// Asks for a one-time code on the page at `url`.
    func requestCode(_ url: String) async throws -> Page {
        try await submit(try await open(url).form(button: "Request OTP"))
    }

    /// Goes the whole way with this code.
    func authenticate(_ url: String, code: String = "123456") async throws -> Page {
        try await submit(try await requestCode(url).form(field: "otp"), [("otp", code)])
    }
}
