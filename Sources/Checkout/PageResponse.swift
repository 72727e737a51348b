import HTTPTypes
import Hummingbird
import WireKit

/// Where forms may go that this server answers and then sends on, to addresses of other sites: browsers hold a form to
/// its page's policy through every redirect. From there a shop may send its payer on, to any address of `https`. An
/// address without a plain origin adds nothing.
func formTargets(sendingOnTo addresses: [String]) -> String {
    let origins = addresses.compactMap { WebOrigin(of: $0)?.policySource }
    return (["'self'"] + origins + (origins.isEmpty ? [] : ["https:"])).joined(separator: " ")
}

extension Response {
    /// A page that may load nothing but this server's own style, script and pictures, stay in no cache, and be named to
    /// no one.
    /// - Parameters:
    ///   - formTargets: where its forms may go.
    ///   - ancestors: who may frame it.
    ///   - picture: the shop's, from whose server alone pictures may be loaded beside this one's.
    static func page(
        _ html: String, status: HTTPResponse.Status = .ok, formTargets: String = "'self'",
        ancestors: String = "'none'", picture: ShopPicture? = nil
    ) -> Response {
        var headers = HTTPFields()
        headers[.contentType] = "text/html; charset=utf-8"
        headers[.cacheControl] = "no-store"
        headers[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'"
            + (picture.map { " " + $0.origin } ?? "")
            + "; connect-src 'self'; base-uri 'none'; frame-ancestors \(ancestors); form-action \(formTargets)"
        headers[HTTPField.Name("referrer-policy")!] = "no-referrer"
        headers[.xContentTypeOptions] = "nosniff"
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }
}
