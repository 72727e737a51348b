/// What a deposit waits for: money of its amount on its collection account, credited in a window of time.
public struct Expectation: Sendable, Hashable {
    /// The accounts it may come from: all digits, or a masked tail such as `X434783`. Empty: any.
    public let payers: [String]
    /// From when on the bank may have credited it.
    public internal(set) var from: Instant
    /// Until when, itself included; nil: no line is matched yet.
    public var until: Instant?
    /// What the bank's line says of it where the payer, or their bank, passes it on; nil where they were given none.
    public let reference: String?
    /// Whether no other exclusive deposit of this amount may wait on the account.
    public let isExclusive: Bool

    public init(
        payers: [String] = [], from: Instant, until: Instant?, reference: String? = nil, isExclusive: Bool = false
    ) {
        self.payers = payers
        self.from = from
        self.until = until
        self.reference = reference
        self.isExclusive = isExclusive
    }
}
