import Payments

/// What falls due, and when: one row for each subject that needs attention later.
enum DueRows {
    private static let upsert = SQL(
        "INSERT INTO due (subject, at) VALUES ($1, $2) ON CONFLICT (subject) DO UPDATE SET at = excluded.at")
    private static let removal = SQL("DELETE FROM due WHERE subject = $1")
    private static let movement = SQL("UPDATE due SET at = $2 WHERE subject = $1 AND at = $3")
    private static let removalOfItem = SQL("DELETE FROM due WHERE subject = $1 AND at = $2")
    static let ofSubject = SQL("SELECT at FROM due WHERE subject = $1")
    static let earliest = SQL("SELECT subject, at FROM due WHERE at <= $1 ORDER BY at, subject LIMIT $2")
    static let next = SQL("SELECT MIN(at) FROM due")
    static let count = SQL("SELECT COUNT(*) FROM due WHERE at <= $1")

    static func put(_ subject: Subject, _ at: Instant?) -> Statement {
        guard let at else { return Statement(removal, [.text(subject.key)]) }
        return Statement(upsert, [.text(subject.key), .integer(at.microseconds)])
    }
}

extension DueRows {
    static func move(_ item: DueItem, _ at: Instant?) -> Statement {
        let key = SQLValue.text(item.subject.key)
        let from = SQLValue.integer(item.at.microseconds)
        guard let at else { return Statement(removalOfItem, [key, from]) }
        return Statement(movement, [key, .integer(at.microseconds), from])
    }
}

/// Something that has fallen due.
public struct DueItem: Sendable, Hashable {
    public let subject: Subject
    public let at: Instant

    public init(subject: Subject, at: Instant) {
        self.subject = subject
        self.at = at
    }
}

extension Reader {
    /// What has fallen due by `now`, earliest first.
    public func due(by now: Instant, limit: Int) throws -> [DueItem] {
        try rows(DueRows.earliest, [.integer(now.microseconds), .integer(Int64(limit))]) { row in
            DueItem(
                subject: try row.value(0, Subject.init(key:)), at: Instant(microseconds: try row.integer(1)))
        }
    }

    /// When a subject next needs attention, if it does.
    public func dueInstant(of subject: Subject) throws -> Instant? {
        try first(DueRows.ofSubject, [.text(subject.key)]) { Instant(microseconds: try $0.integer(0)) }
    }

    /// When the next thing falls due, if anything does.
    public func nextDue() throws -> Instant? {
        try first(DueRows.next, []) { try $0.optionalInteger(0).map(Instant.init(microseconds:)) } ?? nil
    }
}
