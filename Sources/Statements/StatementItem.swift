import Payments

/// What a statement's reader yields, one after another, in the order of the file.
public enum StatementItem: Sendable, Equatable {
    /// Money that arrived, and the line of the file where it is told of.
    case credit(BankCredit, line: Int)
    /// Money that left: kept out, and counted.
    case debit(line: Int)
    case refused(RefusedLine)
}

/// A line that is left to a person. It stops nothing else.
public struct RefusedLine: Sendable, Equatable {
    /// Its number in the file, from 1.
    public let line: Int
    /// Why, in plain words.
    public let reason: String

    public init(line: Int, reason: String) {
        self.line = line
        self.reason = reason
    }
}

/// Why a file is not read, or not read on.
public struct StatementFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// Where it shows, if at a place; from 1.
    public let line: Int?
    public let reason: String

    public init(line: Int? = nil, _ reason: String) {
        self.line = line
        self.reason = reason
    }

    public var description: String { line.map { "line \($0): \(reason)" } ?? reason }
}

/// Why one line cannot be read: caught where its number is known.
struct Unreadable: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}
