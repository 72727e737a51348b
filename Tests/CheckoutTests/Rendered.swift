import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing
import WireKit

@testable import Checkout

/// A page as a browser receives it.
struct Rendered: Sendable {
    let name: String
    let status: Int
    let headers: HTTPFields
    let html: String

    var policy: String { headers[.contentSecurityPolicy] ?? "" }

    /// Every page of a gallery.
    static func all(_ gallery: Gallery) async throws -> [Rendered] {
        let names = gallery.pages.map(\.name)
        let router = Router(context: MekongContext.self)
        PageAssets().addRoutes(to: router)
        router.get("/page/:name") { _, context in
            let name = context.parameters.get("name")
            return gallery.pages.first { $0.name == name }?.response ?? Response(status: .notFound)
        }
        return try await Application(router: router).test(.router) { client in
            var pages: [Rendered] = []
            for name in names {
                pages.append(
                    try await client.execute(uri: "/page/\(name)", method: .get) { response in
                        Rendered(
                            name: name, status: Int(response.status.code), headers: response.headers,
                            html: String(buffer: response.body))
                    })
            }
            return pages
        }
    }

    static func one(_ name: String, _ gallery: Gallery = Gallery(language: .english)) async throws -> Rendered {
        try #require(try await all(gallery).first { $0.name == name }, "no page \(name)")
    }

    func contains(_ text: String) -> Bool { html.contains(text) }

    /// What stands between the tags of every element of a kind.
    func texts(_ element: String) -> [String] {
        guard let expression = try? Regex("<\(element)\\b[^>]*>([^<]*)</\(element)>") else { return [] }
        return html.matches(of: expression).map { String($0.output[1].substring ?? "") }
    }
}
