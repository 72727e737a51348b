import Money
import Payments

/// Reads MT940 customer statements: bare or in the envelope of SWIFT messages, several to a file.
struct MT940Reader {
    /// The statement that is being read.
    private struct Open {
        let line: Int
        let reference: String
        var account: (text: String, line: Int)?
        var number = ""
        /// Whether lines of it are taken; nil before its opening balance.
        var isOwn: Bool?
        /// Whether it goes on from a page that the file does not hold.
        var isContinued = false
        var isClosed = false
    }

    private var gate: AccountGate
    private let currency: Currency
    private var keys = NaturalKeys()
    private var open: Open?
    private var field: MT940Field?
    /// A :61: that may be followed by its :86:.
    private var entry: (field: MT940Field, details: MT940Field?)?
    private var names: Set<String> = []
    /// The closing balance of the page before, where another follows it.
    private var carried: String?
    private var emit: (StatementItem) throws -> Void = { _ in }

    init(gate: AccountGate, currency: Currency) {
        self.gate = gate
        self.currency = currency
    }

    /// Throws `StatementFault`, and what `body` throws.
    mutating func read(_ lines: inout LineReader, _ body: @escaping (StatementItem) throws -> Void) throws {
        emit = body
        while let line = try lines.next() { try take(line) }
        if field?.tag == "62F" || field?.tag == "62M" { try endField() }
        // What no other field follows may have been cut off.
        if let cut = entry?.field ?? (field?.tag == "61" ? field : nil) {
            try refuse(cut.line, "the file ends within this line's statement; it may have been cut off")
            entry = nil
            field = nil
        }
        try endField()
        try endStatement()
        try gate.finish(or: "the file holds no MT940 statement")
    }

    private mutating func take(_ line: FileLine) throws {
        switch MT940Line(line) {
        case .blank: break
        case .envelope: try endMessage()
        case .end: try endMessage()
        case .field(let tag, let rest):
            try endField()
            field = MT940Field(tag: tag, line: line.number, lines: [])
            field?.append(rest)
        case .more(let text):
            guard field != nil else {
                guard open != nil || !names.isEmpty else {
                    throw StatementFault(line: line.number, "this is no MT940 file: no field begins here")
                }
                return try refuse(line.number, "the line belongs to no field")
            }
            field?.append(text)
        }
    }

    private mutating func endMessage() throws {
        try endField()
        try endStatement()
    }

    private mutating func endField() throws {
        guard let field else { return }
        self.field = nil
        switch field.tag {
        case "20": try begin(field)
        case "25", "25P": open?.account = (field.lines.first ?? "", field.line)
        case "28", "28C": open?.number = field.lines.first ?? ""
        case "60F", "60M": try admit(field)
        case "61":
            try endEntry()
            entry = (field, nil)
        case "86": if case .some((_, nil)) = entry { entry?.details = field }
        case "62F", "62M":
            try endEntry()
            open?.isClosed = true
            if open?.isOwn == true { carried = field.tag == "62M" ? field.lines.first : nil }
        default: break
        }
    }

    private mutating func begin(_ field: MT940Field) throws {
        try endStatement()
        open = Open(line: field.line, reference: field.lines.first ?? "")
    }

    /// The opening balance: what stands before it says whose statement it is.
    private mutating func admit(_ field: MT940Field) throws {
        guard let statement = open else { return }
        open?.isOwn = false
        let opening = field.lines.first ?? ""
        guard let account = statement.account else {
            return try refuse(statement.line, "the statement names no account (:25:)")
        }
        let (isOwn, refused) = gate.admits(account.text, line: account.line)
        for refusal in refused { try emit(.refused(refusal)) }
        guard isOwn else { return }
        let code = opening.utf8.count >= 10 ? String(opening.dropFirst(7).prefix(3)) : ""
        guard code == currency.rawValue else {
            return try refuse(field.line, "the statement is in “\(code.shown)”, the account in \(currency.rawValue)")
        }
        guard names.count < 100_000 else { throw StatementFault(line: field.line, "the file has too many statements") }
        guard names.insert("\(statement.reference)|\(statement.number)|\(opening)").inserted else {
            return try refuse(statement.line, "this statement stands in the file twice; the first was read")
        }
        open?.isOwn = true
        open?.isContinued = field.tag == "60M" && opening != carried
    }

    private mutating func endStatement() throws {
        try endEntry()
        if let open, open.isOwn == nil {
            try refuse(open.line, "the statement has no opening balance (:60F:)")
        } else if let open, open.isOwn == true, !open.isClosed {
            try refuse(open.line, "the statement has no closing balance (:62F:); the file may have been cut off")
        }
        open = nil
    }

    private mutating func endEntry() throws {
        guard let (field, details) = entry else { return }
        entry = nil
        guard let open else { return try refuse(field.line, "the line stands in no statement") }
        guard let isOwn = open.isOwn else {
            return try refuse(field.line, "the line stands before the opening balance")
        }
        guard isOwn else { return }
        do {
            if let fault = field.fault ?? details?.fault { throw Unreadable(fault) }
            let entry = try MT940Entry(field.lines, in: currency)
            guard entry.mark == .credit else { return try emit(.debit(line: field.line)) }
            // Equal lines are numbered in the order of their day: whoever has not read the pages before cannot.
            guard !open.isContinued || entry.bankReference != nil else {
                throw Unreadable(
                    "the statement goes on from a page that this file does not hold (:60M:), and the line has no "
                        + "reference of the bank: hand in the pages of a day in one file")
            }
            try emit(.credit(try credit(entry, field, details), line: field.line))
        } catch let fault as Unreadable {
            try refuse(field.line, fault.reason)
        }
    }

    private mutating func credit(
        _ entry: MT940Entry, _ field: MT940Field, _ details: MT940Field?
    ) throws -> BankCredit {
        var parts = CreditParts()
        MT940Details.read(details?.lines ?? [], into: &parts)
        if parts.description.isEmpty { parts.description = entry.supplement }
        parts.reference = entry.bankReference ?? entry.ownerReference
        let time = BookingTime(day: entry.booked)
        let key =
            if let reference = entry.bankReference {
                try keys.counted(reference, time.day, entry.amount)
            } else {
                try keys.digest(time.day, entry.amount, field.lines + (details?.lines ?? []))
            }
        return parts.credit(key: key, amount: entry.amount, time)
    }

    private func refuse(_ line: Int, _ reason: String) throws {
        try emit(.refused(RefusedLine(line: line, reason: reason)))
    }
}
