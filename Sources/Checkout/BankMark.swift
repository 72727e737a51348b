import Hummingbird
import NIOCore

/// Marks of Thai banks: our own lettering in colours of our own, not the banks' logos.
public enum BankMark {
    /// By three-digit code.
    private static let marks: [String: [UInt8]] = [
        "002": PackageResources.bank_002_png, "004": PackageResources.bank_004_png,
        "006": PackageResources.bank_006_png, "011": PackageResources.bank_011_png,
        "014": PackageResources.bank_014_png, "022": PackageResources.bank_022_png,
        "024": PackageResources.bank_024_png, "025": PackageResources.bank_025_png,
        "030": PackageResources.bank_030_png, "033": PackageResources.bank_033_png,
        "034": PackageResources.bank_034_png, "065": PackageResources.bank_065_png,
        "067": PackageResources.bank_067_png, "069": PackageResources.bank_069_png,
        "070": PackageResources.bank_070_png, "071": PackageResources.bank_071_png,
        "073": PackageResources.bank_073_png,
    ]

    /// The picture of a bank's mark; nil for a bank that has none.
    public static func picture(_ code: String) -> Response? { marks[code].map(png) }

    /// The picture that stands where there is none.
    public static var none: Response { png(PackageResources.no_image_png) }

    private static func png(_ bytes: [UInt8]) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "image/png", .cacheControl: "public, max-age=86400", .xContentTypeOptions: "nosniff",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
