import Money
import Payments

/// The field :61: of an MT940 message: value date, entry date, mark, amount, kind, references.
struct MT940Entry {
    enum Mark { case credit, debit }

    let mark: Mark
    let booked: CivilDate
    let amount: Money
    let kind: String
    /// The account owner's own; nil where there is none (`NONREF`).
    let ownerReference: String?
    /// The bank's own; nil where there is none.
    let bankReference: String?
    /// The line below: what the bank adds.
    let supplement: String

    /// Throws `Unreadable`.
    init(_ lines: [String], in currency: Currency) throws {
        var cursor = Cursor(lines.first ?? "")
        let value = try Self.date(&cursor)
        booked = try Self.entryDate(&cursor, near: value)
        mark = try Self.mark(&cursor)
        // The funds code: the third letter of the currency.
        cursor.skip { $0.isCapital }
        amount = try Self.amount(&cursor, currency)
        guard let kind = cursor.take(4), kind.utf8.first.map({ [70, 78, 83].contains($0) }) ?? false,
            kind.utf8.dropFirst().allSatisfy({ $0.isDigit || $0.isCapital })
        else { throw Unreadable("the kind of transaction is missing behind the amount") }
        self.kind = kind
        let (owner, bank) = Self.references(cursor.rest)
        ownerReference = owner
        bankReference = bank
        supplement = lines.dropFirst().joined(separator: " ")
    }

    private static func date(_ cursor: inout Cursor) throws -> CivilDate {
        guard let year = cursor.number(2), let month = cursor.number(2), let day = cursor.number(2),
            let date = CivilDate(year: 2000 + year, month: month, day: day)
        else { throw Unreadable("the value date is missing, or no day of the calendar") }
        return date
    }

    /// The entry date has no year: it is the one nearest to the value date.
    private static func entryDate(_ cursor: inout Cursor, near value: CivilDate) throws -> CivilDate {
        guard cursor.peek?.isDigit ?? false else { return value }
        guard let month = cursor.number(2), let day = cursor.number(2) else {
            throw Unreadable("the entry date is not four digits")
        }
        let year = value.day.date.year
        let years = [year - 1, year, year + 1]
        let dates = years.compactMap { CivilDate(year: $0, month: month, day: day) }
        guard
            let nearest = dates.min(by: {
                abs($0.day.number - value.day.number) < abs($1.day.number - value.day.number)
            })
        else {
            throw Unreadable("the entry date is no day of the calendar")
        }
        return nearest
    }

    private static func mark(_ cursor: inout Cursor) throws -> Mark {
        switch cursor.take(1) {
        case "C": return .credit
        case "D": return .debit
        case "R":
            switch cursor.take(1) {
            case "C": throw Unreadable("the line takes back a credit (RC): a person must look at it")
            case "D": throw Unreadable("the line takes back a debit (RD): a person must look at it")
            default: throw Unreadable("the mark is none of C, D, RC and RD")
            }
        case "E": throw Unreadable("the line is only expected, not booked")
        default: throw Unreadable("the mark is none of C, D, RC and RD")
        }
    }

    private static func amount(_ cursor: inout Cursor, _ currency: Currency) throws -> Money {
        let text = cursor.while { $0.isDigit || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ".") }
        guard text.utf8.filter({ $0 == UInt8(ascii: ",") }).count == 1, !text.contains("."), text.utf8.count <= 15
        else {
            throw Unreadable("“\(text.shown)” is no amount with one comma and at most 15 characters")
        }
        let plain = text.hasSuffix(",") ? String(text.dropLast()) : text.replacing(",", with: ".")
        return try Money.stated(plain, in: currency)
    }

    private static func references(_ text: String) -> (owner: String?, bank: String?) {
        let slashes = text.firstRange(of: "//")
        let owner = slashes.map { String(text[..<$0.lowerBound]) } ?? text
        let bank = slashes.map { String(text[$0.upperBound...]) }
        return (named(owner), bank.flatMap(named))
    }

    private static func named(_ text: String) -> String? {
        text.tidied(atMost: 128).flatMap { ["NONREF", "NOREF"].contains($0.uppercased()) ? nil : $0 }
    }
}

/// Reads a text from its beginning.
struct Cursor {
    private var bytes: ArraySlice<UInt8>

    init(_ text: String) { bytes = Array(text.utf8)[...] }

    var peek: UInt8? { bytes.first }
    var rest: String { String(decoding: bytes, as: UTF8.self) }

    mutating func take(_ count: Int) -> String? {
        guard bytes.count >= count else { return nil }
        defer { bytes.removeFirst(count) }
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    /// The number in exactly so many digits.
    mutating func number(_ width: Int) -> Int? {
        guard bytes.count >= width, bytes.prefix(width).allSatisfy(\.isDigit) else { return nil }
        defer { bytes.removeFirst(width) }
        return bytes.prefix(width).reduce(0) { $0 * 10 + Int($1) - 48 }
    }

    mutating func skip(_ isSkipped: (UInt8) -> Bool) {
        if let byte = bytes.first, isSkipped(byte) { bytes.removeFirst() }
    }

    mutating func `while`(_ isTaken: (UInt8) -> Bool) -> String {
        let taken = bytes.prefix(while: isTaken)
        bytes.removeFirst(taken.count)
        return String(decoding: taken, as: UTF8.self)
    }
}
