import CPNG
import CQREncode

/// Why a picture cannot be drawn.
public enum QRPictureError: Error, Equatable, Sendable {
    /// There is nothing to draw.
    case empty
    /// More than the 2,331 bytes that the largest symbol holds at level M.
    case tooLong
    /// A module must be 1 to 20 pixels wide.
    case badScale
    /// The library had no memory left, or refused.
    case failed
}

/// A QR symbol with error correction of level M, to be drawn with a quiet zone of four modules (ISO/IEC 18004).
public struct QRPicture: Hashable, Sendable {
    /// Modules on a side without the quiet zone, 21...177.
    public let modules: Int
    /// Modules row by row, true for dark.
    private let dark: [Bool]

    private static let quietZone = 4
    private static let capacity = 2331

    /// The symbol of a text's UTF-8 bytes, as small as they allow.
    /// - Throws: `.empty`, `.tooLong`, `.failed`.
    public init(_ text: String) throws(QRPictureError) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty else { throw .empty }
        guard bytes.count <= Self.capacity else { throw .tooLong }
        guard let symbol = QRcode_encodeData(Int32(bytes.count), bytes, 0, QR_ECLEVEL_M) else { throw .failed }
        defer { QRcode_free(symbol) }
        guard let data = symbol.pointee.data, 21...177 ~= symbol.pointee.width else { throw .failed }
        modules = Int(symbol.pointee.width)
        // The lowest bit of a module says whether it is dark.
        dark = UnsafeBufferPointer(start: data, count: modules * modules).map { $0 & 1 == 1 }
    }

    /// Modules on a side with the quiet zone.
    private var side: Int { modules + 2 * Self.quietZone }

    /// A grey PNG of eight bits, each module `scale` pixels wide and high.
    /// - Throws: `.badScale`, `.failed`.
    public func png(scale: Int = 8) throws(QRPictureError) -> [UInt8] {
        guard 1...20 ~= scale else { throw .badScale }
        let width = side * scale
        let pixels = pixels(scale: scale)
        var image = png_image()
        image.version = png_uint_32(PNG_IMAGE_VERSION)
        image.width = png_uint_32(width)
        image.height = png_uint_32(width)
        image.format = 0  // PNG_FORMAT_GRAY
        defer { png_image_free(&image) }
        // More than the pixels take when nothing can be compressed; the library checks it all the same.
        var count = width * (width + 1) + width * width / 100 + 4096
        var bytes = [UInt8](repeating: 0, count: count)
        guard png_image_write_to_memory(&image, &bytes, &count, 0, pixels, png_int_32(width), nil) != 0 else {
            throw .failed
        }
        return Array(bytes.prefix(count))
    }

    private func pixels(scale: Int) -> [UInt8] {
        let width = side * scale
        var pixels = [UInt8](repeating: 255, count: width * width)
        for y in 0..<modules * scale {
            let start = (y + Self.quietZone * scale) * width + Self.quietZone * scale
            for x in 0..<modules * scale where dark[y / scale * modules + x / scale] {
                pixels[start + x] = 0
            }
        }
        return pixels
    }

    /// An SVG of one path on a white square, each module `scale` pixels wide and high.
    /// - Throws: `.badScale`.
    public func svg(scale: Int = 8) throws(QRPictureError) -> String {
        guard 1...20 ~= scale else { throw .badScale }
        let size = side * scale
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(size)" height="\(size)" viewBox="0 0 \(side) \(side)" \
            shape-rendering="crispEdges"><rect width="\(side)" height="\(side)" fill="#fff"/><path d="\(path)"/></svg>
            """
    }

    /// Every run of dark modules in a row as a rectangle.
    private var path: String {
        var path = ""
        for y in 0..<modules {
            var x = 0
            while x < modules {
                let end = (x..<modules).first { !dark[y * modules + $0] } ?? modules
                if end > x {
                    path += "M\(x + Self.quietZone) \(y + Self.quietZone)h\(end - x)v1h-\(end - x)z"
                }
                x = end + 1
            }
        }
        return path
    }
}
