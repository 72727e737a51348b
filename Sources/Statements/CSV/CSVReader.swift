import Money
import Payments

/// Reads the records of a CSV statement by a map of its columns.
struct CSVReader {
    let map: ColumnMap
    let account: String
    let currency: Currency
    private var keys = NaturalKeys()
    /// The place of each column that is mapped, from 0.
    private var places: [ColumnMap.Meaning: Int] = [:]
    /// How many fields a record has; known from the first one.
    private var width: Int?

    init(map: ColumnMap, account: String, currency: Currency) {
        (self.map, self.account, self.currency) = (map, account, currency)
    }

    /// Throws `StatementFault`, and what `body` throws.
    mutating func read(_ records: inout CSVRecords, _ body: (StatementItem) throws -> Void) throws {
        for _ in 0..<map.skipped { try records.skipLine() }
        try findColumns(map.hasHeader ? header(&records) : nil)
        while let next = try records.next() {
            switch next {
            case .failure(let refused): try body(.refused(RefusedLine(line: refused.line, reason: refused.reason)))
            case .success(let record):
                if map.ignored.contains(where: { record.fields[0].hasPrefix($0) }) { continue }
                do {
                    try body(try item(record))
                } catch let fault as Unreadable {
                    try body(.refused(RefusedLine(line: record.line, reason: fault.reason)))
                }
            }
        }
    }

    private func header(_ records: inout CSVRecords) throws -> [String] {
        switch try records.next() {
        case nil: throw StatementFault("the file is empty")
        case .failure(let refused): throw StatementFault(line: refused.line, refused.reason)
        case .success(let record): return record.fields.map { $0.tidied(atMost: 255) ?? "" }
        }
    }

    private mutating func findColumns(_ header: [String]?) throws {
        width = header?.count
        for (meaning, column) in map.columns {
            switch column {
            case .place(let place):
                guard place <= header?.count ?? place else {
                    throw StatementFault("the file has no column \(place) for \(meaning.rawValue)")
                }
                places[meaning] = place - 1
            case .name(let name):
                let found = (header ?? []).indices.filter { header?[$0] == name }
                guard found.count == 1 else {
                    let count = found.isEmpty ? "no column" : "more than one column"
                    throw StatementFault("the file has \(count) “\(name.shown)” for \(meaning.rawValue)")
                }
                places[meaning] = found[0]
            }
        }
    }

    private mutating func item(_ record: CSVRecord) throws -> StatementItem {
        let needed = (places.values.max() ?? 0) + 1
        guard record.fields.count == width ?? max(needed, record.fields.count) else {
            throw Unreadable("the line has \(record.fields.count) columns, not \(width ?? needed)")
        }
        width = record.fields.count
        let places = places
        func text(_ meaning: ColumnMap.Meaning) -> String? {
            places[meaning].flatMap { record.fields[$0].tidied(atMost: 1_024) }
        }
        if let stated = text(.account), !AccountNumber.isSame(stated, account) {
            throw Unreadable("the line is of account \(stated.shown), not \(account)")
        }
        guard let amount = try CSVAmounts(map, currency).credit(text) else { return .debit(line: record.line) }
        let time = try time(text)
        let parts = CreditParts(
            payerBank: text(.payerBank), payerAccount: text(.payerAccount), payerName: text(.payerName),
            description: text(.description) ?? "", reference: text(.reference) ?? text(.id))
        let key = try key(time, amount, text)
        return .credit(parts.credit(key: key, amount: amount, time), line: record.line)
    }

    private mutating func key(
        _ time: BookingTime, _ amount: Money, _ text: (ColumnMap.Meaning) -> String?
    ) throws -> String {
        if let id = text(.id) { return try keys.unique(id, time.day, amount) }
        let meanings: [ColumnMap.Meaning] = [
            .date, .time, .payerBank, .payerAccount, .payerName, .description, .reference, .balance,
        ]
        return try keys.digest(time.day, amount, meanings.map { text($0) ?? "" })
    }

    private func time(_ text: (ColumnMap.Meaning) -> String?) throws -> BookingTime {
        guard let dateText = text(.date) else { throw Unreadable("the date is missing") }
        guard var found = map.dateFormat.read(dateText) else {
            throw Unreadable("“\(dateText.shown)” is not written as the map says dates are")
        }
        if let format = map.timeFormat {
            guard let timeText = text(.time) else { throw Unreadable("the time is missing") }
            guard let time = format.read(timeText) else {
                throw Unreadable("“\(timeText.shown)” is not written as the map says times are")
            }
            (found.seconds, found.microseconds) = (time.seconds, time.microseconds)
        }
        // Of two digits, the Buddhist year 69 is 2569.
        let year = (found.year ?? 0) + (map.isBuddhist && found.isYearShort ? 500 : 0)
        guard !map.isBuddhist || year >= 2400 else {
            throw Unreadable("“\(dateText.shown)” is of a year that is not of the Buddhist calendar")
        }
        guard let month = found.month, let day = found.day,
            let date = CivilDate(year: map.isBuddhist ? year - 543 : year, month: month, day: day)
        else { throw Unreadable("“\(dateText.shown)” is no day of the calendar") }
        guard let seconds = found.seconds else { return BookingTime(day: date, offset: map.offset) }
        let at = date.instant(seconds: seconds, microseconds: found.microseconds, offset: map.offset)
        return (map.timeFormat ?? map.dateFormat).hasSeconds
            ? BookingTime(at: at) : BookingTime(minute: at)
    }
}
