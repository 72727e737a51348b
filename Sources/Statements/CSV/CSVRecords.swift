/// A record of a CSV file (RFC 4180): its fields, and the line on which it begins.
struct CSVRecord {
    let line: Int
    let fields: [String]
}

/// Divides lines into records. A quoted field may go over several lines; where its quote is never closed, its first
/// line alone is refused, and reading goes on with the next.
struct CSVRecords {
    /// The longest record, in bytes, and the most lines it may go over.
    static let limit = 65_536
    private static let mostLines = 64

    private var reader: LineReader
    private let delimiter: UInt8
    /// Lines that were read ahead in vain, the last first.
    private var ahead: [FileLine] = []

    init(_ reader: LineReader, delimiter: UInt8) {
        self.reader = reader
        self.delimiter = delimiter
    }

    /// The next record that is not blank, or why it is none; nil at the end. Throws `StatementFault`.
    mutating func next() throws -> Result<CSVRecord, RefusedRecord>? {
        while let line = try nextLine() {
            if line.isBlank { continue }
            if line.isTooLong {
                return .failure(RefusedRecord(line.number, "the line is longer than \(LineReader.limit) bytes"))
            }
            return try record(line)
        }
        return nil
    }

    /// Leaves out a line as it stands.
    mutating func skipLine() throws { _ = try nextLine() }

    private mutating func nextLine() throws -> FileLine? {
        if let line = ahead.popLast() { return line }
        return try reader.next()
    }

    private mutating func record(_ first: FileLine) throws -> Result<CSVRecord, RefusedRecord> {
        var (bytes, more) = (first.bytes, [FileLine]())
        while true {
            switch CSVFields.divide(bytes, delimiter) {
            case .fields(let fields): return .success(CSVRecord(line: first.number, fields: fields))
            case .refused(let reason): return giveBack(more, first, reason)
            case .open:
                guard more.count < Self.mostLines, let line = try nextLine() else {
                    return giveBack(more, first, Self.unclosed)
                }
                more.append(line)
                bytes += [10] + line.bytes
                if line.isTooLong || bytes.count > Self.limit { return giveBack(more, first, Self.unclosed) }
            }
        }
    }

    private static let unclosed = "a quote is opened and never closed"

    /// Refuses the first line of a record; those read on with it are read again by themselves.
    private mutating func giveBack(
        _ more: [FileLine], _ first: FileLine, _ reason: String
    ) -> Result<CSVRecord, RefusedRecord> {
        ahead += more.reversed()
        return .failure(RefusedRecord(first.number, reason))
    }
}

/// A record that cannot be read.
struct RefusedRecord: Error {
    let line: Int
    let reason: String

    init(_ line: Int, _ reason: String) { (self.line, self.reason) = (line, reason) }
}
