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
    /// What the merchant's server must say; nil: any status of success will do.
    public let acknowledgement: Acknowledgement?
    public let created: Instant

    public init(
        id: ID<Notice>, merchant: MerchantID, dialect: DialectID, subject: String, event: String, url: String,
        body: [UInt8], isOnce: Bool = false, acknowledgement: Acknowledgement? = nil, created: Instant
    ) {
        self.id = id
        self.merchant = merchant
        self.dialect = dialect
        self.subject = subject
        self.event = event
        self.url = url
        self.body = body
        self.isOnce = isOnce
        self.acknowledgement = acknowledgement
        self.created = created
    }
}

/// The answer by which a merchant's server takes a notice: status 200, and a body that is this JSON value. White space
/// and the order of members do not matter.
public struct Acknowledgement: Sendable, Hashable {
    /// The JSON text of the value. Its numbers are whole.
    public let body: String

    public init(body: String) {
        self.body = body
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
    public var succeeded: Bool { error == nil && status.map { (200..<300).contains($0) } ?? false }
}
