import Foundation
import Money
import Payments

/// Where a statement's bytes come from. It may be opened more than once.
public struct StatementSource: Sendable {
    let open: @Sendable () -> InputStream?

    /// - Parameter owner: what keeps the bytes there; whoever has the source keeps it.
    public init(path: String, of owner: (any AnyObject & Sendable)? = nil) {
        open = { withExtendedLifetime(owner) { InputStream(fileAtPath: path) } }
    }

    public init(bytes: [UInt8], of owner: (any AnyObject & Sendable)? = nil) {
        open = { withExtendedLifetime(owner) { InputStream(data: Data(bytes)) } }
    }
}

/// Reads statements that banks deliver as files, in bounded memory: one item is handed over at a time, and nothing
/// that is as long as the file is kept, but some 40 bytes for each line that has no reference of the bank's.
///
/// It blocks while it reads: run it on a thread of its own.
public struct StatementReader: Sendable {
    let format: StatementFormat
    /// The collection account's number at the bank.
    let account: String
    let map: ColumnMap?
    let currency: Currency

    /// - Parameters:
    ///   - account: the collection account's number at the bank, which the file must be of.
    ///   - map: which column is what; needed for CSV alone.
    ///   - currency: the account's.
    public init(_ format: StatementFormat, account: String, map: ColumnMap? = nil, currency: Currency = .THB) {
        self.format = format
        self.account = account
        self.map = map
        self.currency = currency
    }

    /// Reads a file to its end and hands each item to `body`. Throws `StatementFault` where the file is no such
    /// statement, of another account, or broken off; and what `body` throws, which ends the reading.
    public func read(_ source: StatementSource, _ body: @escaping (StatementItem) throws -> Void) throws {
        switch format {
        case .camt053:
            try XMLScreen.check(source)
            try CamtReader(gate: AccountGate(account), currency: currency, emit: body).read(try Self.opened(source))
        case .mt940:
            var lines = LineReader(try Self.opened(source))
            var parser = MT940Reader(gate: AccountGate(account), currency: currency)
            try parser.read(&lines, body)
        case .csv:
            guard let map else { throw StatementFault("a CSV file needs a map of its columns") }
            var records = CSVRecords(LineReader(try Self.opened(source)), delimiter: map.delimiter)
            var reader = CSVReader(map: map, account: account, currency: currency)
            try reader.read(&records, body)
        }
    }

    static func opened(_ source: StatementSource) throws -> InputStream {
        guard let stream = source.open() else { throw StatementFault("the file cannot be opened") }
        return stream
    }
}
