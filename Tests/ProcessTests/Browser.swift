import Foundation
import NIOHTTP1
import TestSupport

/// A form on a page, as a browser with JavaScript switched off sees it.
struct Form {
    var action = ""
    var fields: [(name: String, value: String)] = []
    var buttons: [(name: String, value: String, label: String)] = []

    func has(_ field: String) -> Bool { fields.contains { $0.name == field } }
}

/// A page that a browser has landed on.
struct Page {
    let url: String
    let status: Int
    let html: String

    /// The form that has a button whose text contains `label`.
    func form(button label: String) -> Form? {
        Form.all(in: html).first { $0.buttons.contains { $0.label.contains(label) } }
    }

    /// The form that has a field of this name.
    func form(field name: String) -> Form? { Form.all(in: html).first { $0.has(name) } }
}

/// A payer's browser: opens pages, fills forms in and follows redirects, as long as they stay on the gateway.
struct Browser {
    let wire: Wire

    func open(_ url: String) async throws -> Page {
        try await land(try await wire.get(url), at: url)
    }

    /// Submits a form of `page` with these fields filled in, by the button with this text or by its first.
    func submit(_ form: Form, of page: Page, button label: String? = nil, _ filled: [String: String] = [:]) async throws
        -> Page
    {
        var fields = form.fields.map { ($0.name, filled[$0.name] ?? $0.value) }
        let button = form.buttons.first { label == nil || $0.label.contains(label ?? "") }
        if let button, !button.name.isEmpty { fields.append((button.name, button.value)) }
        let body = fields.map { "\(Self.escaped($0.0))=\(Self.escaped($0.1))" }.joined(separator: "&")
        let target = Self.resolve(form.action, at: page.url)
        let answer = try await wire.send(
            .POST, target, [:], body: body, type: "application/x-www-form-urlencoded")
        return try await land(answer, at: target)
    }

    private func land(_ first: Answer, at start: String) async throws -> Page {
        var (answer, url) = (first, start)
        for _ in 0..<10 {
            guard answer.status / 100 == 3, let location = answer.location else { break }
            url = Self.resolve(location, at: url)
            guard url.hasPrefix(wire.base) else { break }
            answer = try await wire.get(url)
        }
        return Page(url: url, status: answer.status, html: answer.body)
    }

    private static func resolve(_ link: String, at url: String) -> String {
        link.isEmpty ? url : URL(string: link, relativeTo: URL(string: url))?.absoluteString ?? link
    }

    private static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
    }
}

extension Form {
    /// The forms of a page. Reads the tags that forms are made of and nothing else of HTML.
    static func all(in html: String) -> [Form] {
        var forms: [Form] = []
        var insideButton = false
        for piece in html.components(separatedBy: "<").dropFirst() {
            let parts = piece.split(separator: ">", maxSplits: 1, omittingEmptySubsequences: false)
            guard let tag = parts.first, let name = tag.split(whereSeparator: \.isWhitespace).first else { continue }
            let text = parts.count > 1 ? unescaped(parts[1]) : ""
            let attributes = attributes(of: tag.dropFirst(name.count))
            let (field, value) = (attributes["name"] ?? "", attributes["value"] ?? "")
            if name.lowercased() == "form" {
                forms.append(Form(action: attributes["action"] ?? ""))
                continue
            }
            guard !forms.isEmpty else { continue }
            let last = forms.count - 1
            if name.lowercased() == "/button" { insideButton = false }
            if insideButton { forms[last].buttons[forms[last].buttons.count - 1].label += text }
            switch (name.lowercased(), attributes["type"] ?? "") {
            case ("input", "submit"):
                forms[last].buttons.append((field, value, value))
            case ("input", "checkbox"), ("input", "radio"):
                break
            case ("input", _):
                forms[last].fields.append((field, value))
            case ("button", _):
                forms[last].buttons.append((field, value, text))
                insideButton = true
            default:
                break
            }
        }
        return forms
    }

    private static func attributes(of tag: Substring) -> [String: String] {
        var found: [String: String] = [:]
        var rest = tag
        while let equals = rest.firstIndex(of: "=") {
            let name = rest[..<equals].split(whereSeparator: \.isWhitespace).last.map { $0.lowercased() } ?? ""
            rest = rest[rest.index(after: equals)...]
            let quote = rest.first.flatMap { "\"'".contains($0) ? $0 : nil }
            if quote != nil { rest = rest.dropFirst() }
            let end = rest.firstIndex { quote == nil ? $0.isWhitespace : $0 == quote } ?? rest.endIndex
            found[name] = unescaped(rest[..<end])
            rest = rest[end...].dropFirst(quote == nil ? 0 : 1)
        }
        return found
    }

    private static func unescaped(_ text: Substring) -> String {
        let entities = [
            ("&quot;", "\""), ("&#34;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&lt;", "<"), ("&gt;", ">"),
            ("&#61;", "="), ("&#x3D;", "="), ("&#x2F;", "/"), ("&amp;", "&"),
        ]
        return entities.reduce(String(text)) { $0.replacingOccurrences(of: $1.0, with: $1.1) }
    }
}
