import EMVQR
import Hummingbird
import NIOCore

/// The picture of a QR code.
public struct QRImage: Sendable {
    public enum Kind: String, Sendable { case png, svg }

    private let bytes: [UInt8]
    private let kind: Kind

    /// - Throws: `QRPictureError` where the text cannot be drawn.
    public init(_ payload: String, as kind: Kind) throws {
        let picture = try QRPicture(payload)
        self.kind = kind
        bytes = kind == .png ? try picture.png() : Array(try picture.svg().utf8)
    }

    public func response() -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: kind == .png ? "image/png" : "image/svg+xml", .cacheControl: "private, max-age=3600",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
