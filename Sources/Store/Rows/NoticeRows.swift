import Payments

/// Notices to merchants, and the attempts to deliver them, as rows.
enum NoticeRows {
    private static let columns = """
        id, merchant, dialect, subject, event, url, body, created, state, attempts, next, owner, once, \
        expected_answer
        """
    private static let insertion = SQL(
        "INSERT INTO notices (\(columns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'pending', 0, $8, $9, $10, $11)")
    private static let attempt = SQL(
        """
        INSERT INTO attempts (notice, number, at, status, error) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING
        """)
    /// Only where nobody else has recorded this attempt, or a later one, meanwhile.
    private static let progress = SQL(
        """
        UPDATE notices SET state = $2, attempts = $3, next = $4 \
        WHERE id = $1 AND state = 'pending' AND attempts < $3
        """)
    private static let outcome = SQL("UPDATE attempts SET status = $3, error = $4 WHERE notice = $1 AND number = $2")
    private static let ending = SQL(
        "UPDATE notices SET state = $3 WHERE id = $1 AND attempts = $2 AND state = 'delivered'")
    private static let deferring = SQL(
        "UPDATE notices SET state = 'pending', next = $3 WHERE id = $1 AND attempts = $2 AND state = 'delivered'")
    private static let untrying = SQL(
        "DELETE FROM attempts WHERE notice = $1 AND number = $2 AND status IS NULL AND error IS NULL")
    private static let takingBack = SQL(
        """
        UPDATE notices SET state = 'pending', attempts = attempts - 1, next = $3 \
        WHERE id = $1 AND attempts = $2 AND state = 'delivered'
        """)
    private static let requeue = SQL("UPDATE notices SET state = 'pending', next = $2, owner = $3 WHERE id = $1")
    private static let claiming = SQL(
        "UPDATE notices SET owner = $2 WHERE id = $1 AND state = 'pending' AND COALESCE(owner, '') = $3")
    static let waiting = SQL(
        """
        SELECT \(columns) FROM notices n WHERE state = 'pending' AND merchant = $1 AND next <= $2 \
        AND \(ProcessRows.mayTake("owner", parameter: 5)) AND NOT EXISTS (\
        SELECT 1 FROM notices e WHERE e.subject = n.subject AND e.state = 'pending' AND e.id < n.id \
        AND e.created > $3) ORDER BY next, id LIMIT $4
        """)
    static let nextByMerchant = SQL(
        """
        SELECT merchant, MIN(next) FROM notices WHERE state = 'pending' AND next <= $2 \
        AND \(ProcessRows.mayTake("owner", parameter: 1)) GROUP BY merchant
        """)
    static let nextOfMerchant = SQL(
        """
        SELECT MIN(next) FROM notices WHERE state = 'pending' AND merchant = $1 AND next > $2 \
        AND \(ProcessRows.mayTake("owner", parameter: 3))
        """)
    static let nextRelease = SQL(
        """
        SELECT MIN(e.created) FROM notices n JOIN notices e ON e.subject = n.subject AND e.state = 'pending' \
        AND e.id < n.id AND e.created > $3 WHERE n.state = 'pending' AND n.merchant = $1 AND n.next <= $2 \
        AND \(ProcessRows.mayTake("n.owner", parameter: 4))
        """)
    static let pendingCount = SQL("SELECT COUNT(*) FROM notices WHERE state = 'pending'")
    static let newest = SQL("SELECT \(columns) FROM notices ORDER BY id DESC LIMIT $1")
    static let byID = SQL("SELECT \(columns) FROM notices WHERE id = $1")
    static let attempts = SQL("SELECT at, status, error FROM attempts WHERE notice = $1 ORDER BY number")

    static func insert(_ notice: Notice, _ process: ProcessID?) -> Statement {
        Statement(
            insertion,
            [
                .text(notice.id.hex), .text(notice.merchant.rawValue), .text(notice.dialect.rawValue),
                .text(notice.subject), .text(notice.event), .text(notice.url), .bytes(notice.body),
                .integer(notice.created.microseconds), SQLValue(process?.rawValue), .integer(notice.isOnce ? 1 : 0),
                SQLValue(notice.acknowledgement?.body),
            ])
    }

    static func claim(_ delivery: Delivery, _ process: ProcessID) -> Statement {
        let id = delivery.notice.id.hex
        return Statement(
            claiming, [.text(id), .text(process.rawValue), .text(delivery.owner?.rawValue ?? "")],
            otherwise: .stale("notice \(id)"))
    }

    static func record(
        _ notice: Notice, _ number: Int, _ attempt: DeliveryAttempt, _ state: DeliveryState, _ next: Instant?
    ) -> [Statement] {
        [
            Statement(
                Self.attempt,
                [
                    .text(notice.id.hex), .integer(Int64(number)), .integer(attempt.at.microseconds),
                    SQLValue(attempt.status.map(Int64.init)), SQLValue(attempt.error),
                ]),
            Statement(
                progress,
                [
                    .text(notice.id.hex), .text(state.rawValue), .integer(Int64(number)),
                    SQLValue(next?.microseconds),
                ]),
        ]
    }

    /// Marked as delivered before it is sent: only a person has it sent again.
    static func beginOnly(_ notice: Notice, _ number: Int, _ at: Instant) -> [Statement] {
        [
            Statement(
                attempt,
                [.text(notice.id.hex), .integer(Int64(number)), .integer(at.microseconds), .null, .null]),
            Statement(
                progress,
                [.text(notice.id.hex), .text(DeliveryState.delivered.rawValue), .integer(Int64(number)), .null],
                otherwise: .stale("notice \(notice.id.hex)")),
        ]
    }

    static func endOnly(_ notice: Notice, _ number: Int, _ attempt: DeliveryAttempt) -> [Statement] {
        let key: [SQLValue] = [.text(notice.id.hex), .integer(Int64(number))]
        let state: DeliveryState = attempt.succeeded ? .delivered : .exhausted
        return [
            Statement(outcome, key + [SQLValue(attempt.status.map(Int64.init)), SQLValue(attempt.error)]),
            Statement(ending, key + [.text(state.rawValue)]),
        ]
    }

    static func deferOnly(_ notice: Notice, _ number: Int, _ attempt: DeliveryAttempt, _ next: Instant) -> [Statement] {
        let key: [SQLValue] = [.text(notice.id.hex), .integer(Int64(number))]
        return [
            Statement(outcome, key + [SQLValue(attempt.status.map(Int64.init)), SQLValue(attempt.error)]),
            Statement(deferring, key + [.integer(next.microseconds)]),
        ]
    }

    static func takeBackOnly(_ notice: Notice, _ number: Int) -> [Statement] {
        let key: [SQLValue] = [.text(notice.id.hex), .integer(Int64(number))]
        return [
            Statement(untrying, key),
            Statement(takingBack, key + [.integer(notice.created.microseconds)]),
        ]
    }

    static func replay(_ id: ID<Notice>, _ process: ProcessID?, at now: Instant) -> Statement {
        Statement(
            requeue, [.text(id.hex), .integer(now.microseconds), SQLValue(process?.rawValue)],
            otherwise: .stale("notice \(id.hex)"))
    }

    static func delivery(_ row: SQLRow) throws -> Delivery {
        Delivery(
            notice: Notice(
                id: try row.value(0) { ID(hex: $0) }, merchant: MerchantID(rawValue: try row.text(1)),
                dialect: DialectID(rawValue: try row.text(2)), subject: try row.text(3), event: try row.text(4),
                url: try row.text(5), body: try row.bytes(6), isOnce: try row.optionalInteger(12) == 1,
                acknowledgement: try row.optionalText(13).map(Acknowledgement.init(body:)),
                created: Instant(microseconds: try row.integer(7))),
            state: try row.value(8, DeliveryState.init(rawValue:)), attempts: Int(try row.integer(9)),
            owner: try row.optionalText(11).map(ProcessID.init))
    }
}

/// A notice and how far its delivery has come.
public struct Delivery: Sendable, Equatable {
    public let notice: Notice
    public let state: DeliveryState
    /// How often it was tried.
    public let attempts: Int
    /// The process that delivers it.
    public let owner: ProcessID?

    init(notice: Notice, state: DeliveryState, attempts: Int, owner: ProcessID? = nil) {
        self.notice = notice
        self.state = state
        self.attempts = attempts
        self.owner = owner
    }
}

extension Reader {
    /// A merchant's notices whose next attempt is due by `now` and which this process may deliver, earliest first. A
    /// notice waits for an earlier one about the same subject that is still pending, whosever it is, unless that one
    /// was made before `patience`.
    public func waitingNotices(
        of merchant: MerchantID, by now: Instant, patience: Instant, for process: ProcessID, limit: Int
    ) throws -> [Delivery] {
        try rows(
            NoticeRows.waiting,
            [
                .text(merchant.rawValue), .integer(now.microseconds), .integer(patience.microseconds),
                .integer(Int64(limit)), .text(process.rawValue),
            ], NoticeRows.delivery)
    }

    /// Since when this process's next attempt for each merchant is due, where it is due by `now`.
    public func dueNotices(
        by now: Instant, for process: ProcessID
    ) throws -> [(merchant: MerchantID, at: Instant)] {
        try rows(NoticeRows.nextByMerchant, [.text(process.rawValue), .integer(now.microseconds)]) { row in
            (MerchantID(rawValue: try row.text(0)), Instant(microseconds: try row.integer(1)))
        }
    }

    /// When this process's next attempt for a merchant after `now` is due, if any is.
    public func nextNotice(of merchant: MerchantID, after now: Instant, for process: ProcessID) throws -> Instant? {
        try first(
            NoticeRows.nextOfMerchant,
            [.text(merchant.rawValue), .integer(now.microseconds), .text(process.rawValue)]
        ) { try $0.optionalInteger(0).map(Instant.init(microseconds:)) } ?? nil
    }

    /// When the oldest of those was made for which a merchant's due notices wait, if any does. `patience` as above.
    public func oldestAwaited(
        of merchant: MerchantID, by now: Instant, patience: Instant, for process: ProcessID
    ) throws -> Instant? {
        try first(
            NoticeRows.nextRelease,
            [
                .text(merchant.rawValue), .integer(now.microseconds), .integer(patience.microseconds),
                .text(process.rawValue),
            ]
        ) { try $0.optionalInteger(0).map(Instant.init(microseconds:)) } ?? nil
    }

    /// How many notices are not delivered yet.
    public func pendingNotices() throws -> Int64 {
        try first(NoticeRows.pendingCount, []) { try $0.integer(0) } ?? 0
    }

    /// The newest notices, newest first.
    public func notices(limit: Int) throws -> [Delivery] {
        try rows(NoticeRows.newest, [.integer(Int64(limit))], NoticeRows.delivery)
    }

    /// The notice with this id.
    public func notice(_ id: ID<Notice>) throws -> Delivery? {
        try first(NoticeRows.byID, [.text(id.hex)], NoticeRows.delivery)
    }

    /// Every attempt to deliver a notice, oldest first.
    public func attempts(of notice: ID<Notice>) throws -> [DeliveryAttempt] {
        try rows(NoticeRows.attempts, [.text(notice.hex)]) { row in
            DeliveryAttempt(
                at: Instant(microseconds: try row.integer(0)), status: try row.optionalInteger(1).map { Int($0) },
                error: try row.optionalText(2))
        }
    }
}
