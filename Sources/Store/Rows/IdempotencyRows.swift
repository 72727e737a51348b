import Payments

/// A request made with an idempotency key: what it was, what it made, and the response it got.
public struct IdempotencyRecord: Sendable, Equatable {
    /// Keyed hash of the merchant and the key.
    public let key: [UInt8]
    /// Keyed hash of the request.
    public let request: [UInt8]
    public let subject: Subject
    /// The response, sealed under a key that only the client's own key yields; nil while the request is under way.
    public let response: [UInt8]?
    public let expires: Instant

    public init(key: [UInt8], request: [UInt8], subject: Subject, response: [UInt8]? = nil, expires: Instant) {
        self.key = key
        self.request = request
        self.subject = subject
        self.response = response
        self.expires = expires
    }
}

/// Idempotency keys as rows.
enum IdempotencyRows {
    private static let claiming = SQL(
        """
        INSERT INTO idempotency (key, request, subject, response, expires) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (key) DO UPDATE SET request = excluded.request, subject = excluded.subject, \
        response = excluded.response, expires = excluded.expires WHERE idempotency.expires <= $6
        """)
    private static let completion = SQL("UPDATE idempotency SET response = $2 WHERE key = $1")
    static let byKey = SQL("SELECT key, request, subject, response, expires FROM idempotency WHERE key = $1")

    /// Takes a key that is free, or whose time is over.
    static func claim(_ record: IdempotencyRecord, at now: Instant) -> Statement {
        Statement(
            claiming,
            [
                .bytes(record.key), .bytes(record.request), .text(record.subject.key), SQLValue(record.response),
                .integer(record.expires.microseconds), .integer(now.microseconds),
            ], otherwise: .keyTaken)
    }

    static func complete(_ key: [UInt8], _ response: [UInt8]) -> Statement {
        Statement(completion, [.bytes(key), .bytes(response)])
    }
}

extension Reader {
    /// What is known of an idempotency key.
    public func idempotency(_ key: [UInt8]) throws -> IdempotencyRecord? {
        try first(IdempotencyRows.byKey, [.bytes(key)]) { row in
            IdempotencyRecord(
                key: try row.bytes(0), request: try row.bytes(1), subject: try row.value(2, Subject.init(key:)),
                response: try row.optionalBytes(3), expires: Instant(microseconds: try row.integer(4)))
        }
    }
}
