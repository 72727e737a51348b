import Foundation

/// What no bank's statement has, and what makes reading XML dangerous: a document type, whose entities may grow beyond
/// any bound or name other files, and bytes that are no text, of which Foundation's parser dies. A file that has either
/// is refused before it is parsed. ISO 20022 files are UTF-8.
enum XMLScreen {
    private static let chunk = 65_536
    private static let declaration = Array("!DOCTYPE".utf8)

    /// Throws `StatementFault`.
    static func check(_ source: StatementSource) throws {
        let stream = try StatementReader.opened(source)
        stream.open()
        defer { stream.close() }
        var buffer = [UInt8](repeating: 0, count: chunk)
        // What a chunk ends with and the next may go on with: half a character, and half a declaration.
        var (carried, recent) = ([UInt8](), [UInt8]())
        var (isFirst, line) = (true, 1)
        while true {
            let count = stream.read(&buffer, maxLength: chunk)
            guard count >= 0 else { throw StatementFault("the file cannot be read") }
            let bytes = carried + buffer[0..<count]
            if bytes.isEmpty { break }
            if isFirst { try checkBeginning(bytes) }
            isFirst = false
            let whole = count == 0 ? bytes.count : wholeCharacters(bytes)
            guard !bytes[..<whole].contains(0), String(validating: bytes[..<whole], as: UTF8.self) != nil else {
                throw StatementFault(line: line, "the file is no UTF-8 text from here on")
            }
            if holds(recent + bytes) {
                throw StatementFault("the file has a document type (DOCTYPE), which no statement has")
            }
            line += bytes[..<whole].count { $0 == 10 }
            carried = Array(bytes[whole...])
            recent = Array((recent + bytes[..<whole]).suffix(declaration.count - 1))
        }
        if isFirst { throw StatementFault("the file is empty") }
    }

    /// How many of the bytes are whole characters: all but at most three at the end.
    private static func wholeCharacters(_ bytes: [UInt8]) -> Int {
        for back in 1...min(3, bytes.count) {
            let byte = bytes[bytes.count - back]
            if byte & 0xC0 == 0x80 { continue }
            let length = byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
            return length > back ? bytes.count - back : bytes.count
        }
        return bytes.count
    }

    private static func checkBeginning(_ bytes: [UInt8]) throws {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let text = bytes[start...].drop { [9, 10, 13, 32].contains($0) }
        guard text.first == UInt8(ascii: "<"), text.dropFirst().first != 0 else {
            throw StatementFault("this is no XML file in UTF-8")
        }
        let head = String(decoding: text.prefix { $0 != UInt8(ascii: ">") }.prefix(256), as: UTF8.self)
        guard head.hasPrefix("<?xml"), let range = head.firstRange(of: "encoding") else { return }
        let value = head[range.upperBound...].drop { " =\t\r\n".contains($0) }
        let name = value.dropFirst().prefix { $0 != "\"" && $0 != "'" }.uppercased()
        guard ["UTF-8", "UTF8", "US-ASCII"].contains(name) else {
            throw StatementFault("the file's encoding is “\(name.shown)”, not UTF-8")
        }
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
