import Synchronization

/// A value as both engines store it.
public enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case text(String)
    case bytes([UInt8])

    /// Whether this is text that no engine keeps whole.
    var holdsNUL: Bool {
        if case .text(let text) = self { return text.utf8.contains(0) }
        return false
    }

    init(_ value: Int64?) { self = value.map { .integer($0) } ?? .null }
    init(_ value: String?) { self = value.map { .text($0) } ?? .null }
    init(_ value: [UInt8]?) { self = value.map { .bytes($0) } ?? .null }
}

/// One text for every engine, with parameters `$1`, `$2`, …
public struct SQL: Sendable {
    public let text: String
    /// The same with `?1`, `?2`, …: SQLite numbers `$n` by first appearance and `?n` by its number.
    let numbered: String
    /// Unlike that of any other text, so that prepared statements are found without comparing texts.
    let number: Int
    /// The table that it changes, and which arguments name the row: the first `keyLength`, none where it may change
    /// any row. Whoever judges which commits of a group concern one another goes by them.
    let table: String
    let keyLength: Int
    /// Another argument that names a row of the same table.
    let secondKey: Int?
    /// Whether it may take minutes.
    let isLong: Bool
    /// Whether it only asks: it changes a row to what that is already.
    let isCheck: Bool

    private static let count = Atomic(0)

    init(_ text: String, key keyLength: Int = 1, secondKey: Int? = nil, isLong: Bool = false, isCheck: Bool = false) {
        self.text = text
        numbered = text.replacing("$", with: "?")
        number = Self.count.add(1, ordering: .relaxed).newValue
        let words = text.split(separator: " ", maxSplits: 3)
        table = String(words.first == "UPDATE" ? words[1] : words.count > 2 ? words[2] : "")
        self.keyLength = keyLength
        self.secondKey = secondKey
        self.isLong = isLong
        self.isCheck = isCheck
    }
}

/// One row of an answer. Columns are read in the order of the query.
public struct SQLRow: Sendable {
    let values: [SQLValue]

    init(_ values: [SQLValue]) { self.values = values }

    /// Throws where the stored value is not what the reader expects: the database was changed from outside.
    func text(_ column: Int) throws -> String {
        guard case .text(let text) = values[column] else { throw StoreError.damaged("column \(column) is no text") }
        return text
    }

    func optionalText(_ column: Int) throws -> String? {
        if case .null = values[column] { return nil }
        return try text(column)
    }

    func integer(_ column: Int) throws -> Int64 {
        guard case .integer(let number) = values[column] else {
            throw StoreError.damaged("column \(column) is no integer")
        }
        return number
    }

    func optionalInteger(_ column: Int) throws -> Int64? {
        if case .null = values[column] { return nil }
        return try integer(column)
    }

    func bytes(_ column: Int) throws -> [UInt8] {
        guard case .bytes(let bytes) = values[column] else { throw StoreError.damaged("column \(column) is no blob") }
        return bytes
    }

    func optionalBytes(_ column: Int) throws -> [UInt8]? {
        if case .null = values[column] { return nil }
        return try bytes(column)
    }

    /// A value made from stored text, or `damaged` where the text makes none.
    func value<Value>(_ column: Int, _ make: (String) -> Value?) throws -> Value {
        let text = try text(column)
        guard let value = make(text) else { throw StoreError.damaged("column \(column) holds “\(text)”") }
        return value
    }
}
