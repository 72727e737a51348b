/// Something a merchant is told by an HTTP request of ours: bytes frozen with the change that caused it.
public struct Notice: Sendable, Equatable {
    public let id: ID<Notice>
    public let merchant: MerchantID
    public let dialect: DialectID
    /// What the notice is about: later notices about it wait for earlier ones.
    public let subject: String
    /// What happened, in the core's words.
    public let event: String
    public let url: String
    public let body: [UInt8]
    /// Whether it is sent once, whatever comes of it: it is marked as sent before it is.
    public let isOnce: Bool
    public let created: Instant

    public init(
        id: ID<Notice>, merchant: MerchantID, dialect: DialectID, subject: String, event: String, url: String,
        body: [UInt8], isOnce: Bool = false, created: Instant
    ) {
        self.id = id
        self.merchant = merchant
        self.dialect = dialect
        self.subject = subject
        self.event = event
        self.url = url
        self.body = body
        self.isOnce = isOnce
        self.created = created
    }
}

/// Where the delivery of a notice stands.
public enum DeliveryState: String, Sendable, CaseIterable {
    case pending, delivered
    /// Every attempt failed; only a person sends it again.
    case exhausted
}

/// One attempt to deliver a notice.
public struct DeliveryAttempt: Sendable, Equatable {
    public let at: Instant
    /// The HTTP status that came back, if one did.
    public let status: Int?
    /// What went wrong, if anything did.
    public let error: String?

    public init(at: Instant, status: Int?, error: String?) {
        self.at = at
        self.status = status
        self.error = error
    }

    /// Whether the merchant's server took it.
    public var succeeded: Bool { status.map { (200..<300).contains($0) } ?? false }
}
