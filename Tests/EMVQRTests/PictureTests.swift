import EMVQR
import Foundation
import Testing

@Suite struct PictureTests {
    static let texts = Sample.all + ["0", String(repeating: "0123456789abcdef", count: 32)]

    @Test(arguments: texts, [3, 8]) func `a PNG is read back by another program`(text: String, scale: Int) throws {
        let bytes = try QRPicture(text).png(scale: scale)
        #expect(try scanned(Data(bytes)) == text)
    }

    @Test(arguments: texts) func `an SVG is read back by other programs`(text: String) throws {
        let svg = try QRPicture(text).svg(scale: 4)
        #expect(svg.components(separatedBy: "<path").count == 2)
        try inFolder { folder in
            let source = folder.appending(path: "code.svg")
            try Data(svg.utf8).write(to: source)
            let target = folder.appending(path: "code.png")
            _ = try run(["rsvg-convert", "-o", target.path, source.path])
            #expect(try scanned(Data(contentsOf: target)) == text)
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

    private func scanned(_ png: Data) throws -> String {
        var text = ""
        try inFolder { folder in
            let file = folder.appending(path: "code.png")
            try png.write(to: file)
            text = try run(["zbarimg", "--quiet", "--raw", "--nodbus", file.path])
        }
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }

    private func inFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    private func run(_ arguments: [String]) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(arguments)")
        return String(decoding: data, as: UTF8.self)
    }
}
