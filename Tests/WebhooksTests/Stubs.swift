import Gateway
import Money
import Payments
import Rails
import Synchronization

/// A clock that stands still until the test moves it. Its time on the wall is another, so that a mix-up shows.
final class HandClock: GatewayClock {
    static let start = Instant(microseconds: 1_769_800_000_000_000)
    static let wall = Instant(microseconds: 1_700_000_000_999_999)

    private let instant = Mutex(HandClock.start)

    func now() -> Instant { instant.withLock { $0 } }
    func wallTime() -> Instant { Self.wall }
    func advance(seconds: Int64) { set(now().adding(seconds: seconds)) }
    func set(_ instant: Instant) { self.instant.withLock { $0 = instant } }
}

/// An API of which nothing matters here but with what its deliveries are signed: no merchant named “unsigned” has a key.
struct FakeDialect: Dialect {
    static let id = DialectID(rawValue: "fake")

    var id: DialectID { Self.id }

    func notice(of event: PaymentEvent, _ report: PaymentReport, to merchant: Merchant) -> NoticeContent? { nil }

    func signingKey(of merchant: MerchantID) -> Secret<String>? {
        merchant.rawValue == "unsigned" ? nil : Secret("key of \(merchant)")
    }
}

/// An acquirer that nobody should ask.
struct NoAcquirer: CardAcquirer {
    let capabilities = CardAcquirerCapabilities(brands: [], currencies: [], capturesPartly: false)

    func authorize(_ request: AuthorizationRequest) async -> RailOutcome<RailApproval> { .unknown(reason: "none") }
    func perform(_ request: FollowUpRequest) async -> RailOutcome<RailApproval> { .unknown(reason: "none") }
    func inquire(_ reference: RailReference) async -> RailInquiry { .unknown }
}
