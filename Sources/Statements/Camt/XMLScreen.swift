import Foundation

/// What no bank's statement has, and what makes reading XML dangerous: a document type, whose entities may grow beyond
/// any bound or name other files. A file that has one, or that is written so that none could be found, is refused before
/// it is parsed.
enum XMLScreen {
    private static let chunk = 65_536
    private static let declaration = Array("!DOCTYPE".utf8)
    private static let encodings = [
        "UTF-8", "UTF8", "US-ASCII", "ASCII", "ISO-8859-1", "ISO-8859-15", "WINDOWS-1252", "TIS-620", "WINDOWS-874",
    ]

    /// Throws `StatementFault`.
    static func check(_ source: StatementSource) throws {
        let stream = try StatementReader.opened(source)
        stream.open()
        defer { stream.close() }
        var buffer = [UInt8](repeating: 0, count: chunk)
        var tail: [UInt8] = []
        var isFirst = true
        while true {
            let count = stream.read(&buffer, maxLength: chunk)
            guard count >= 0 else { throw StatementFault("the file cannot be read") }
            guard count > 0 else { break }
            let bytes = tail + buffer[0..<count]
            if isFirst { try checkBeginning(bytes) }
            isFirst = false
            if holds(bytes) { throw StatementFault("the file has a document type (DOCTYPE), which no statement has") }
            tail = Array(bytes.suffix(declaration.count - 1))
        }
        if isFirst { throw StatementFault("the file is empty") }
    }

    private static func checkBeginning(_ bytes: [UInt8]) throws {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let text = bytes[start...].drop { [9, 10, 13, 32].contains($0) }
        guard text.first == UInt8(ascii: "<"), text.dropFirst().first != 0 else {
            throw StatementFault("this is no XML file in UTF-8")
        }
        let head = String(decoding: text.prefix { $0 != UInt8(ascii: ">") }.prefix(256), as: UTF8.self)
        guard head.hasPrefix("<?xml"), let range = head.firstRange(of: "encoding") else { return }
        let value = head[range.upperBound...].drop { " =\t".contains($0) }
        let name = value.dropFirst().prefix { $0 != "\"" && $0 != "'" }.uppercased()
        guard encodings.contains(name) else { throw StatementFault("the file's encoding is “\(name.shown)”, not UTF-8") }
    }

    private static func holds(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return false }
            var index = 0
            while let found = memchr(base + index, Int32(declaration[0]), bytes.count - index) {
                let start = UnsafeRawPointer(found) - base
                if bytes[start...].starts(with: declaration) { return true }
                index = start + 1
            }
            return false
        }
    }
}
