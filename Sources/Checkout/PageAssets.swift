import HTTPTypes
import Hummingbird
import WireKit

/// The styles, scripts and pictures that the pages use, served by this gateway itself, and the script with which shops
/// open them.
public struct PageAssets: Sendable {
    public init() {}

    private static let style = "text/css; charset=utf-8"
    private static let script = "text/javascript; charset=utf-8"
    private static let picture = "image/svg+xml"

    /// What is served under `/ui/v2/assets/`.
    static let files: [(name: String, type: String, bytes: [UInt8])] = [
        ("checkout.css", style, PackageResources.checkout_css),
        ("card.js", script, PackageResources.card_js),
        ("frame.js", script, PackageResources.frame_js),
        ("handover.js", script, PackageResources.handover_js),
        ("return.js", script, PackageResources.return_js),
        ("waiting.js", script, PackageResources.waiting_js),
        ("icon.svg", picture, PackageResources.icon_svg),
        ("lock.svg", picture, PackageResources.lock_svg),
        ("visa.svg", picture, PackageResources.visa_svg),
        ("mastercard.svg", picture, PackageResources.mastercard_svg),
        ("jcb.svg", picture, PackageResources.jcb_svg),
        ("unionpay.svg", picture, PackageResources.unionpay_svg),
    ]

    public func addRoutes(to router: Router<MekongContext>) {
        for file in Self.files {
            router.get(RouterPath("/ui/v2/assets/" + file.name)) { _, _ in asset(file.bytes, file.type) }
        }
        router.get("/ui/v2/kpayment.min.js") { _, _ in
            var response = asset(PackageResources.kpayment_js, Self.script)
            // Pages of other origins load it, also those that ask for leave of everything they load.
            response.headers[HTTPField.Name("cross-origin-resource-policy")!] = "cross-origin"
            response.headers[.accessControlAllowOrigin] = "*"
            return response
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
