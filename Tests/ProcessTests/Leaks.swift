import Foundation
import Glibc
import TestSupport

/// A value that must not be found, and the bytes in which it would show.
struct Secret: Sendable {
    let name: String
    let patterns: [[UInt8]]

    init(_ name: String, text: String) {
        self.name = name
        patterns = [Array(text.utf8)]
    }

    /// A card number: as text, where nine digits in a row are already more than a mask shows; as packed decimal
    /// digits; as an integer of eight bytes in either order.
    init(cardNumber: String) {
        name = "card number \(cardNumber)"
        let digits = Array(cardNumber.utf8)
        let runs = (0...digits.count - 9).map { Array(digits[$0..<$0 + 9]) }
        let packed = stride(from: 0, to: digits.count - 1, by: 2).map { (digits[$0] - 48) << 4 | (digits[$0 + 1] - 48) }
        let integer = withUnsafeBytes(of: (Int64(cardNumber) ?? 0).bigEndian) { Array($0) }
        patterns = runs + [packed, integer, integer.reversed()]
    }

    /// A security code as a member or a field. Its digits alone would be found in any large file by chance.
    init(securityCode code: String) {
        name = "security code \(code)"
        patterns = ["\"cvv\":\"\(code)", "\"cvv\": \"\(code)", "\"cvv\":\(code)", "\"cvv\": \(code)", "cvv=\(code)"]
            .map { Array($0.utf8) }
    }

    func isIn(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { hay in patterns.contains { Self.finds($0, in: hay) } }
    }

    /// C's functions do the scanning, because a debug build's own loop over megabytes takes too long.
    private static func finds(_ needle: [UInt8], in hay: UnsafeRawBufferPointer) -> Bool {
        var start = 0
        while start + needle.count <= hay.count, let base = hay.baseAddress {
            let reach = hay.count - needle.count + 1 - start
            guard let hit = memchr(base + start, Int32(needle[0]), reach) else { return false }
            if memcmp(hit, needle, needle.count) == 0 { return true }
            start = UnsafeRawPointer(hit) - base + 1
        }
        return false
    }
}

/// Something that may have leaked a secret: a file, a log, an answer.
struct Place: Sendable {
    let name: String
    let bytes: [UInt8]

    init(_ name: String, text: String) {
        self.name = name
        bytes = Array(text.utf8)
    }

    init(file: String) throws {
        name = file
        bytes = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
    }

    /// Every file under a folder. One that goes away between being listed and being read is no place.
    static func files(under folder: String) -> [Place] {
        (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? [])
            .compactMap { try? Place(file: folder + "/" + $0) }
    }

    /// Sentences that name each secret found here.
    func leaks(of secrets: [Secret]) -> [String] {
        secrets.filter { $0.isIn(bytes) }.map { "\($0.name) is in \(name)" }
    }

    /// Whether a number stands here by itself, with no digit beside it.
    func holds(number: String) -> Bool {
        let digits = Array(number.utf8)
        return bytes.split { !(48...57).contains($0) }.contains { $0.elementsEqual(digits) }
    }
}
