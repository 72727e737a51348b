import EMVQR
import Foundation
import TestSupport
import Testing

@Suite struct PictureTests {
    static let texts = Sample.all + ["0", String(repeating: "0123456789abcdef", count: 32)]

    @Test(arguments: texts, [3, 8]) func `a PNG is read back by another program`(text: String, scale: Int) async throws
    {
        let bytes = try QRPicture(text).png(scale: scale)
        #expect(try await scanned(Data(bytes)) == text)
    }

    @Test(arguments: texts) func `an SVG is read back by other programs`(text: String) async throws {
        let svg = try QRPicture(text).svg(scale: 4)
        #expect(svg.components(separatedBy: "<path").count == 2)
        try await withFolder { folder in
            let (source, target) = ("\(folder)/code.svg", "\(folder)/code.png")
            try Data(svg.utf8).write(to: URL(filePath: source))
            _ = try await printed(by: ["rsvg-convert", "-o", target, source])
            #expect(try await scanned(Data(contentsOf: URL(filePath: target))) == text)
        }
    }

    @Test func `a PNG has the size of its modules and quiet zone`() throws {
        let picture = try QRPicture(Sample.mobile)
        let bytes = try picture.png(scale: 5)
        let width = bytes[16..<20].reduce(0) { $0 << 8 | Int($1) }
        #expect(Array(bytes.prefix(4)) == [0x89, 0x50, 0x4E, 0x47])
        #expect(width == (picture.modules + 8) * 5)
        #expect(bytes[24] == 8 && bytes[25] == 0)
    }

    @Test func `what cannot be drawn is refused`() throws {
        let picture = try QRPicture("0")
        for scale in [0, -1, 21, Int.max] {
            #expect(throws: QRPictureError.badScale) { try picture.png(scale: scale) }
            #expect(throws: QRPictureError.badScale) { try picture.svg(scale: scale) }
        }
        #expect(throws: QRPictureError.empty) { try QRPicture("") }
        #expect(throws: QRPictureError.tooLong) { try QRPicture(String(repeating: "a", count: 2332)) }
        #expect(try QRPicture(String(repeating: "a", count: 2331)).modules == 177)
    }

    private func scanned(_ png: Data) async throws -> String {
        try await withFolder { folder in
            let file = "\(folder)/code.png"
            try png.write(to: URL(filePath: file))
            let text = try await printed(by: ["zbarimg", "--quiet", "--raw", "--nodbus", file])
            return text.hasSuffix("\n") ? String(text.dropLast()) : text
        }
    }

    private func printed(by command: [String]) async throws -> String {
        let outcome = try await run(command)
        #expect(outcome.ending == .exited(0), "\(command): \(outcome.errors)")
        return outcome.output
    }
}
