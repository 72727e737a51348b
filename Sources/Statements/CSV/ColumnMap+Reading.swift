extension ColumnMap {
    /// Why a map cannot be used, with what to write instead.
    public struct Fault: Error, Equatable, Sendable, CustomStringConvertible {
        public let description: String

        public init(_ description: String) { self.description = description }
    }

    private static let settings: Set<String> = [
        "columns", "formats", "delimiter", "header", "skip", "ignore", "zone", "buddhist_years", "decimal", "thousands",
        "marks",
    ]

    /// Reads a map from the values of its file. Throws `Fault`.
    public init(_ file: [String: MapValue]) throws {
        if let unknown = file.keys.sorted().first(where: { !Self.settings.contains($0) }) {
            throw Fault("“\(unknown.shown)” is no setting of a map")
        }
        guard let named = file["columns"]?.table else { throw Fault("the table [columns] is missing") }
        guard let formats = file["formats"]?.table, let date = formats["date"]?.text else {
            throw Fault("[formats] must say how dates are written, such as date = \"dd/MM/yyyy\"")
        }
        columns = try Self.columns(named)
        dateFormat = try DatePattern(date)
        timeFormat = try formats["time"].map { try DatePattern($0.text ?? "") }
        try readShape(file)
        try readValues(file)
        try check()
    }

    private static func columns(_ named: [String: MapValue]) throws -> [Meaning: Column] {
        var columns: [Meaning: Column] = [:]
        for (name, value) in named {
            guard let meaning = Meaning(rawValue: name) else { throw Fault("columns.\(name.shown) is no column") }
            if let text = value.text, !text.isEmpty {
                columns[meaning] = .name(text)
            } else if let place = value.number, (1...1_000).contains(place) {
                columns[meaning] = .place(place)
            } else {
                throw Fault("columns.\(name) must be a column's name, or its place from 1")
            }
        }
        return columns
    }

    private mutating func readShape(_ file: [String: MapValue]) throws {
        if let value = file["delimiter"] {
            guard let byte = value.text?.utf8.first, value.text?.utf8.count == 1, byte < 128, byte != 34, byte != 10,
                byte != 13
            else { throw Fault("delimiter must be one character, such as \",\", \";\" or \"\\t\"") }
            delimiter = byte
        }
        if let value = file["header"] {
            guard let flag = value.flag else { throw Fault("header must be true or false") }
            hasHeader = flag
        }
        if let value = file["skip"] {
            guard let number = value.number, (0...1_000).contains(number) else {
                throw Fault("skip must be a number of lines, 0 to 1000")
            }
            skipped = number
        }
        if let value = file["ignore"] {
            guard let texts = value.texts, !texts.contains("") else {
                throw Fault("ignore must be a list of texts that are not empty")
            }
            ignored = texts
        }
    }

    private mutating func readValues(_ file: [String: MapValue]) throws {
        if let value = file["zone"] {
            guard let seconds = value.text.flatMap(Self.offset) else {
                throw Fault("zone must be an offset from UTC, such as \"+07:00\"")
            }
            offset = seconds
        }
        if let value = file["buddhist_years"] {
            guard let flag = value.flag else { throw Fault("buddhist_years must be true or false") }
            isBuddhist = flag
        }
        if let value = file["decimal"] {
            guard let text = value.text, [".", ","].contains(text), let mark = text.first else {
                throw Fault("decimal must be \".\" or \",\"")
            }
            decimalMark = mark
            thousandsMark = nil
        }
        if let value = file["thousands"] {
            guard let text = value.text, text.count < 2, text.first?.isNumber != true, text.first != "-" else {
                throw Fault("thousands must be one character, or \"\" for none")
            }
            thousandsMark = text.first
        }
        if let marks = file["marks"] {
            guard let credit = marks.table?["credit"]?.texts, let debit = marks.table?["debit"]?.texts else {
                throw Fault("[marks] must have credit and debit, such as credit = \"CR\"")
            }
            (creditMarks, debitMarks) = (credit, debit)
        }
    }

    private func check() throws {
        guard columns[.date] != nil else { throw Fault("columns.date is missing") }
        guard (columns[.time] == nil) == (timeFormat == nil) else {
            throw Fault("columns.time and formats.time belong together")
        }
        let isSplit = columns[.credit] != nil
        guard isSplit != (columns[.amount] != nil) else {
            throw Fault("columns must have either amount, or credit and perhaps debit")
        }
        guard columns[.debit] == nil || isSplit else { throw Fault("columns.debit belongs beside credit") }
        guard (columns[.mark] != nil) == !creditMarks.isEmpty, columns[.mark] == nil || !isSplit else {
            throw Fault("columns.mark and [marks] belong together, beside amount")
        }
        guard thousandsMark != decimalMark else { throw Fault("decimal and thousands must differ") }
        guard hasHeader || columns.values.allSatisfy({ if case .place = $0 { true } else { false } }) else {
            throw Fault("without a header columns must be named by their places")
        }
        guard dateFormat.hasDate else { throw Fault("formats.date must have yyyy or yy, MM and dd") }
        guard timeFormat.map({ $0.hasTime && !$0.hasDate && !dateFormat.hasTime }) ?? true else {
            throw Fault("formats.time must have HH and mm, and formats.date must not")
        }
    }

    /// Seconds east of UTC, of `+07:00` and the like.
    static func offset(_ text: String) -> Int? {
        if text == "Z" || text == "UTC" { return 0 }
        var cursor = Cursor(text)
        let sign = cursor.take(1)
        guard sign == "+" || sign == "-", let hours = cursor.number(2), cursor.take(1) == ":",
            let minutes = cursor.number(2), cursor.peek == nil, hours < 15, minutes < 60
        else { return nil }
        return (sign == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
    }
}
