import Payments

/// What falls due, and when: one row for each subject that needs attention later.
enum DueRows {
    private static let upsert = SQL(
        """
        INSERT INTO due (subject, at, owner) VALUES ($1, $2, $3) \
        ON CONFLICT (subject) DO UPDATE SET at = excluded.at, owner = excluded.owner
        """)
    private static let removal = SQL("DELETE FROM due WHERE subject = $1")
    private static let claiming = SQL(
        "UPDATE due SET owner = $3 WHERE subject = $1 AND at = $2 AND COALESCE(owner, '') = $4")
    private static let movement = SQL("UPDATE due SET at = $2, owner = NULL WHERE subject = $1 AND at = $3")
    private static let removalOfItem = SQL("DELETE FROM due WHERE subject = $1 AND at = $2")
    static let ofSubject = SQL("SELECT at FROM due WHERE subject = $1")
    static let earliest = SQL(
        """
        SELECT subject, at, owner FROM due WHERE at <= $1 AND \(ProcessRows.mayTake("owner", parameter: 2)) \
        ORDER BY at, subject LIMIT $3
        """)
    static let abandoned = SQL(
        """
        SELECT subject, at, owner FROM due WHERE owner IS NOT NULL AND owner <> $1 \
        AND \(ProcessRows.isAbandoned("owner")) ORDER BY at, subject LIMIT $2
        """)
    static let next = SQL("SELECT MIN(at) FROM due")
    static let nextAfter = SQL("SELECT MIN(at) FROM due WHERE at > $1")
    static let count = SQL("SELECT COUNT(*) FROM due WHERE at <= $1")

    static func put(_ subject: Subject, _ at: Instant?, _ process: ProcessID?) -> Statement {
        guard let at else { return Statement(removal, [.text(subject.key)]) }
        return Statement(upsert, [.text(subject.key), .integer(at.microseconds), SQLValue(process?.rawValue)])
    }

    static func claim(_ item: DueItem, _ process: ProcessID) -> Statement {
        Statement(
            claiming,
            [
                .text(item.subject.key), .integer(item.at.microseconds), .text(process.rawValue),
                .text(item.owner?.rawValue ?? ""),
            ], otherwise: .stale("due \(item.subject.key)"))
    }

    static func move(_ item: DueItem, _ at: Instant?) -> Statement {
        let key = SQLValue.text(item.subject.key)
        let from = SQLValue.integer(item.at.microseconds)
        guard let at else { return Statement(removalOfItem, [key, from]) }
        return Statement(movement, [key, .integer(at.microseconds), from])
    }
}

/// Something that falls due.
public struct DueItem: Sendable, Hashable {
    public let subject: Subject
    public let at: Instant
    /// The process that has it in hand.
    public let owner: ProcessID?

    public init(subject: Subject, at: Instant, owner: ProcessID? = nil) {
        self.subject = subject
        self.at = at
        self.owner = owner
    }

    init(_ row: SQLRow) throws {
        self.init(
            subject: try row.value(0, Subject.init(key:)), at: Instant(microseconds: try row.integer(1)),
            owner: try row.optionalText(2).map(ProcessID.init))
    }
}

extension Reader {
    /// What has fallen due by `now` and is this process's or nobody's, earliest first.
    public func due(by now: Instant, for process: ProcessID, limit: Int) throws -> [DueItem] {
        try rows(
            DueRows.earliest, [.integer(now.microseconds), .text(process.rawValue), .integer(Int64(limit))],
            DueItem.init)
    }

    /// What processes that are dead had in hand, whenever it falls due, earliest first.
    public func abandonedDue(for process: ProcessID, limit: Int) throws -> [DueItem] {
        try rows(DueRows.abandoned, [.text(process.rawValue), .integer(Int64(limit))], DueItem.init)
    }

    /// How much has fallen due by `now`, in whoever's hands.
    public func countDue(by now: Instant) throws -> Int64 {
        try first(DueRows.count, [.integer(now.microseconds)]) { try $0.integer(0) } ?? 0
    }

    /// When a subject next needs attention, if it does.
    public func dueInstant(of subject: Subject) throws -> Instant? {
        try first(DueRows.ofSubject, [.text(subject.key)]) { Instant(microseconds: try $0.integer(0)) }
    }

    /// When the next thing falls due, if anything does.
    public func nextDue() throws -> Instant? {
        try first(DueRows.next, []) { try $0.optionalInteger(0).map(Instant.init(microseconds:)) } ?? nil
    }

    /// When the next thing after `instant` falls due, if anything does.
    public func nextDue(after instant: Instant) throws -> Instant? {
        try first(DueRows.nextAfter, [.integer(instant.microseconds)]) {
            try $0.optionalInteger(0).map(Instant.init(microseconds:))
        } ?? nil
    }
}
