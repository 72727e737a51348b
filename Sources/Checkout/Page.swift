import HTTPTypes
import Hummingbird
import Mustache
import WireKit

/// The templates, compiled once.
enum Templates {
    static let library: MustacheLibrary = {
        let sources = [
            "challenge": PackageResources.challenge_mustache, "message": PackageResources.message_mustache,
            "return": PackageResources.return_mustache, "page": PackageResources.page_mustache,
        ]
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

extension Response {
    /// A page that may load nothing but this server's own style and script, stay in no cache, and be named to no one.
    static func page(
        _ html: String, status: HTTPResponse.Status = .ok, formTargets: String = "'self'"
    ) -> Response {
        var headers = HTTPFields()
        headers[.contentType] = "text/html; charset=utf-8"
        headers[.cacheControl] = "no-store"
        headers[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; "
            + "frame-ancestors 'none'; form-action \(formTargets)"
        headers[HTTPField.Name("referrer-policy")!] = "no-referrer"
        headers[.xContentTypeOptions] = "nosniff"
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }
}

/// The style and script that every page uses, served by this gateway itself.
public struct PageAssets: Sendable {
    public init() {}

    public func addRoutes(to router: Router<MekongContext>) {
        router.get("/ui/v2/assets/checkout.css") { _, _ in
            asset(PackageResources.checkout_css, "text/css; charset=utf-8")
        }
        router.get("/ui/v2/assets/return.js") { _, _ in
            asset(PackageResources.return_js, "text/javascript; charset=utf-8")
        }
    }

    private func asset(_ bytes: [UInt8], _ type: String) -> Response {
        var headers = HTTPFields()
        headers[.contentType] = type
        headers[.cacheControl] = "public, max-age=3600"
        headers[.xContentTypeOptions] = "nosniff"
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
