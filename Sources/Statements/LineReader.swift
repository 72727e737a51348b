import Foundation

/// A line of a file, without what ends it.
struct FileLine {
    /// From 1.
    let number: Int
    let bytes: [UInt8]
    /// Whether it was longer than is kept; `bytes` are then its beginning.
    var isTooLong = false

    /// The line as text; nil where it is no UTF-8, or holds what no text does.
    var text: String? {
        guard !bytes.contains(0) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    var isBlank: Bool { bytes.allSatisfy { $0 == 32 || $0 == 9 } }
}

/// Divides a stream into lines that end with LF or CRLF, the last perhaps with neither.
struct LineReader {
    /// The longest line that is kept whole, in bytes.
    static let limit = 65_536
    private static let chunk = 65_536

    private let stream: InputStream
    private var buffer = [UInt8](repeating: 0, count: Self.chunk)
    private var begin = 0
    private var end = 0
    private var isAtEnd = false
    private var number = 0

    init(_ stream: InputStream) {
        self.stream = stream
        stream.open()
    }

    /// The next line; nil at the end. Throws `StatementFault` where the file cannot be read.
    mutating func next() throws -> FileLine? {
        var bytes: [UInt8] = []
        var isTooLong = false
        while true {
            if begin == end {
                try fill()
                if isAtEnd {
                    guard !bytes.isEmpty || isTooLong else { return nil }
                    return line(bytes, isTooLong)
                }
            }
            let stop = indexOfLineFeed() ?? end
            if bytes.count + stop - begin <= Self.limit {
                bytes.append(contentsOf: buffer[begin..<stop])
            } else {
                bytes.append(contentsOf: buffer[begin..<min(stop, begin + Self.limit - bytes.count)])
                isTooLong = true
            }
            let isEnded = stop < end
            begin = isEnded ? stop + 1 : end
            if isEnded { return line(bytes, isTooLong) }
        }
    }

    private mutating func line(_ bytes: [UInt8], _ isTooLong: Bool) -> FileLine {
        number += 1
        var bytes = bytes
        if bytes.last == 13 { bytes.removeLast() }
        if number == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        return FileLine(number: number, bytes: bytes, isTooLong: isTooLong)
    }

    private func indexOfLineFeed() -> Int? {
        buffer.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress, let found = memchr(start + begin, 10, end - begin) else { return nil }
            return UnsafeRawPointer(found) - start
        }
    }

    private mutating func fill() throws {
        guard !isAtEnd else { return }
        let count = stream.read(&buffer, maxLength: Self.chunk)
        guard count >= 0 else { throw StatementFault(line: number + 1, "the file cannot be read") }
        (begin, end, isAtEnd) = (0, count, count == 0)
        if isAtEnd { stream.close() }
    }
}
