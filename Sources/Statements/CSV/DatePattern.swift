/// How dates and times are written: `yyyy`, `yy`, `MM`, `M`, `MMM`, `dd`, `d`, `HH`, `H`, `mm`, `ss`, `SSS`; anything
/// else stands for itself.
struct DatePattern: Sendable, Equatable {
    private enum Piece: Sendable, Equatable {
        case field(Field, width: Int)
        case monthName
        case literal(UInt8)
    }

    enum Field: Sendable, Equatable { case year, month, day, hour, minute, second, fraction }

    /// What a text says, by fields.
    struct Found {
        var year: Int?
        /// Whether the year is told by two digits; it is then one of 2000 to 2099.
        var isYearShort = false
        var month: Int?
        var day: Int?
        var seconds: Int?
        var microseconds = 0
    }

    private static let names = [
        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
    ]

    private let pieces: [Piece]
    let hasDate: Bool
    let hasTime: Bool
    let hasSeconds: Bool

    /// Throws `ColumnMap.Fault`.
    init(_ text: String) throws {
        var pieces: [Piece] = []
        var rest = Array(text.utf8)[...]
        while let first = rest.first {
            let run = rest.prefix { $0 == first }
            let isLetter = (65...90).contains(first) || (97...122).contains(first)
            guard isLetter, first != UInt8(ascii: "T") else {
                pieces.append(.literal(first))
                rest.removeFirst()
                continue
            }
            guard let piece = Self.piece(first, run.count) else {
                throw ColumnMap.Fault(
                    "“\(text.shown)” is no format: “\(String(decoding: run, as: UTF8.self))” is none of yyyy, yy, MM, M, "
                        + "MMM, dd, d, HH, H, mm, ss, SSS")
            }
            pieces.append(piece)
            rest.removeFirst(run.count)
        }
        self.pieces = pieces
        let fields = pieces.compactMap { if case .field(let field, _) = $0 { field } else { nil } }
        hasDate =
            fields.contains(.year) && fields.contains(.day)
            && (fields.contains(.month) || pieces.contains(.monthName))
        hasTime = fields.contains(.hour) && fields.contains(.minute)
        hasSeconds = fields.contains(.second)
    }

    private static func piece(_ letter: UInt8, _ count: Int) -> Piece? {
        switch (Character(UnicodeScalar(letter)), count) {
        case ("y", 4), ("y", 2): .field(.year, width: count)
        case ("M", 1...2): .field(.month, width: count)
        case ("M", 3): .monthName
        case ("d", 1...2): .field(.day, width: count)
        case ("H", 1...2): .field(.hour, width: count)
        case ("m", 2): .field(.minute, width: 2)
        case ("s", 2): .field(.second, width: 2)
        case ("S", 3): .field(.fraction, width: 3)
        default: nil
        }
    }

    /// Reads a text; nil where it is not written so.
    func read(_ text: String) -> Found? {
        var found = Found()
        var cursor = Cursor(text)
        for piece in pieces {
            switch piece {
            case .literal(let byte):
                guard cursor.peek == byte else { return nil }
                cursor.skip { _ in true }
            case .monthName:
                guard let name = cursor.take(3), let index = Self.names.firstIndex(of: name.uppercased()) else {
                    return nil
                }
                found.month = index + 1
            case .field(let field, let width):
                // One letter takes one digit or two.
                let number = width > 1 ? cursor.number(width) : cursor.number(2) ?? cursor.number(1)
                guard let number, found.take(number, for: field, width) else { return nil }
            }
        }
        return cursor.peek == nil ? found : nil
    }
}

extension DatePattern.Found {
    fileprivate mutating func take(_ number: Int, for field: DatePattern.Field, _ width: Int) -> Bool {
        switch field {
        case .year: (year, isYearShort) = width == 2 ? (2000 + number, true) : (number, false)
        case .month: month = number
        case .day: day = number
        case .hour:
            guard number < 24 else { return false }
            seconds = (seconds ?? 0) + number * 3600
        case .minute:
            guard number < 60 else { return false }
            seconds = (seconds ?? 0) + number * 60
        case .second:
            guard number < 60 else { return false }
            seconds = (seconds ?? 0) + number
        case .fraction: microseconds = number * 1_000
        }
        return true
    }
}
