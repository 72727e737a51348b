import Foundation
import HTTPTypes
import Testing

@testable import Checkout

/// What every page keeps to.
@Suite struct GalleryTests {
    static let languages = Language.allCases
    static let places: [Frame.Place] = [
        .window, .overlay(origin: Gallery.origin), .inline(origin: Gallery.origin),
    ]

    @Test(arguments: languages, places)
    func `every label, button and heading says something`(language: Language, place: Frame.Place) async throws {
        for page in try await Rendered.all(Gallery(language: language, place: place)) {
            for element in ["h1", "label", "legend", "dt", "dd", "title", "summary"] {
                #expect(!page.texts(element).contains(""), "\(page.name): \(element)")
            }
            // The one without a text has a label.
            for button in page.html.matches(of: /<button[^>]*><\/button>/).map({ String($0.output) }) {
                #expect(button.contains("aria-label=\"") && !button.contains("aria-label=\"\""), "\(page.name)")
            }
            #expect(page.contains("<html lang=\"\(language.rawValue)\">"))
            #expect(!page.contains("{{") && !page.contains("{}") && !page.contains("Optional("), "\(page.name)")
        }
    }

    /// What is the same in every language: names, and what Thai has no word for.
    private static let names = ["Awesome Shop", "Alipay", "WeChat Pay", "CVN2"]

    @Test(arguments: [Language.thai, .khmer])
    func `what a page asks for is in the page's own language`(language: Language) async throws {
        for page in try await Rendered.all(Gallery(language: language, place: .window)) {
            for element in ["title", "h1", "label", "legend", "dt", "button", "summary"] {
                for text in page.texts(element) where !Self.names.contains(text) {
                    #expect(language.isWritten(in: text) && !language.isForeign(text), "\(page.name): \(text)")
                }
            }
        }
    }

    @Test(arguments: languages, places)
    func `every field has a label, a hint and a place for what is wrong with it`(
        language: Language, place: Frame.Place
    ) async throws {
        for page in try await Rendered.all(Gallery(language: language, place: place)) {
            for match in page.html.matches(of: /<input id="([a-z]+)" name="[a-z]+" type="(?:text|tel)"/) {
                #expect(page.contains("<label for=\"\(match.1)\">"), "\(page.name)")
                #expect(page.contains("id=\"\(match.1)-error\"") && page.contains("id=\"\(match.1)-hint\""))
            }
        }
    }

    @Test(arguments: places)
    func `a page may load nothing foreign, and only one made to be framed may be`(place: Frame.Place) async throws {
        for page in try await Rendered.all(Gallery(language: .english, place: place)) {
            for rule in [
                "default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self'", "connect-src 'self'",
                "base-uri 'none'",
            ] {
                #expect(page.policy.contains(rule), "\(page.name)")
            }
            #expect(!page.policy.contains("unsafe"))
            #expect(page.policy.contains("frame-ancestors 'none'") == (place == .window), "\(page.name)")
            #expect(!page.contains("style=\"") && !page.contains(" onclick") && !page.contains("<script>"))
            #expect(page.headers[.cacheControl] == "no-store")
        }
    }

    @Test func `a page says whose it is only where it is framed`() async throws {
        for page in try await Rendered.all(Gallery(language: .english, place: .window)) {
            #expect(!page.contains("data-origin") && !page.contains("frame.js") && !page.contains("data-close"))
        }
        for page in try await Rendered.all(Gallery(language: .english)) {
            #expect(page.contains("data-origin=\"https://shop.example\"") && page.contains("frame.js"), "\(page.name)")
        }
    }

    @Test func `a form goes nowhere but to the gateway, save the one that hands over`() async throws {
        for page in try await Rendered.all(Gallery(language: .english, place: .window)) {
            let handsOver = Gallery.handingOver.contains(page.name)
            #expect(page.policy.hasSuffix("form-action " + (handsOver ? "*" : "'self'")), "\(page.name)")
        }
    }

    static let hostile = [
        "<script>alert(1)</script>", "\" onmouseover=\"alert(1)", "{{#cards}}{{{html}}}", "<\u{301}b>",
        "\u{600}<form action=//evil>",
    ]

    @Test(arguments: hostile) func `a shop's name is text, whatever it holds`(name: String) async throws {
        let escaped = name.unicodeScalars.map { scalar -> String in
            switch scalar {
            case "<": "&lt;"
            case ">": "&gt;"
            case "\"": "&quot;"
            default: String(scalar)
            }
        }.joined()
        for page in try await Rendered.all(Gallery(language: .english, shop: name))
        where page.contains("class=\"shop\"") {
            let isEscaped = page.html.utf8.firstRange(of: "<p class=\"shop\">\(escaped)".utf8) != nil
            #expect(isEscaped, "\(page.name)")
        }
    }

    /// Pictures of pages are drawn from what this writes, and from nothing else.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["MEKONG_GALLERY"] != nil))
    func `the gallery is written where it is asked for`() async throws {
        let folder = try #require(ProcessInfo.processInfo.environment["MEKONG_GALLERY"])
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for language in Self.languages {
            for page in try await Rendered.all(Gallery(language: language, place: .window)) {
                try page.html.write(
                    toFile: "\(folder)/\(page.name).\(language.rawValue).html", atomically: true, encoding: .utf8)
            }
        }
    }
}
