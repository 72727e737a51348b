import Payments

/// When notices are to be delivered, whosever they are.
enum NoticeTimes {
    static let next = SQL("SELECT MIN(next) FROM notices WHERE state = 'pending' AND next > $1")
    static let release = SQL(
        """
        SELECT MIN(e.created) FROM notices n JOIN notices e ON e.subject = n.subject AND e.state = 'pending' \
        AND e.id < n.id AND e.created > $1 WHERE n.state = 'pending' AND n.next <= e.created + $2
        """)
    static let waiting = SQL(
        """
        SELECT 1 FROM notices n WHERE state = 'pending' AND next <= $1 AND NOT EXISTS (\
        SELECT 1 FROM notices e WHERE e.subject = n.subject AND e.state = 'pending' AND e.id < n.id \
        AND e.created > $2) LIMIT 1
        """)
}

extension Reader {
    /// When the next notice after `instant` is to be tried, in whoever's hands: because its time has come, or because
    /// an earlier one about the same has been waited for `patience` seconds. Nil where there is none.
    public func nextNotice(after instant: Instant, patience: Int64) throws -> Instant? {
        let next =
            try first(NoticeTimes.next, [.integer(instant.microseconds)]) {
                try $0.optionalInteger(0).map(Instant.init(microseconds:))
            } ?? nil
        let awaited =
            try first(
                NoticeTimes.release,
                [.integer(instant.adding(seconds: -patience).microseconds), .integer(patience * 1_000_000)]
            ) { try $0.optionalInteger(0).map(Instant.init(microseconds:)) } ?? nil
        return [next, awaited?.adding(seconds: patience)].compactMap { $0 }.min()
    }

    /// Whether a notice is to be tried by `now`, in whoever's hands, and waits for no earlier one made after
    /// `patience`.
    public func hasNotice(by now: Instant, patience: Instant) throws -> Bool {
        try first(NoticeTimes.waiting, [.integer(now.microseconds), .integer(patience.microseconds)]) { _ in true }
            ?? false
    }
}
