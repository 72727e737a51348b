import Money
import Payments

/// A bank through which payouts leave.
///
/// A request's reference is the payout's own id. The bank carries out one reference once: the same request again gets
/// the same answer. So what got no answer is inquired, and where the bank has never heard of it, it is sent again
/// under the same reference.
public protocol PayoutRail: Sendable {
    /// Whether there is a bank behind it: otherwise no payout is begun.
    var isServed: Bool { get }

    /// Asks the bank to send the money.
    func send(_ request: PayoutRequest) async -> PayoutStatus

    /// What has become of an earlier request.
    func status(of payout: ID<Payout>) async -> PayoutStatus
}

extension PayoutRail {
    public var isServed: Bool { true }
}

/// A request to send money to a bank account.
public struct PayoutRequest: Sendable {
    public let reference: ID<Payout>
    public let beneficiary: Beneficiary
    public let amount: Money
    public let remark: String
    /// When the merchant asked for it.
    public let requested: Instant

    public init(_ payout: Payout) {
        reference = payout.id
        beneficiary = payout.beneficiary
        amount = payout.transfer
        remark = payout.remark
        requested = payout.created
    }
}

/// What a bank knows of a payout.
public enum PayoutStatus: Sendable, Hashable {
    /// It is being carried out; where the bank says so, until when.
    case underWay(until: Instant?)
    case succeeded
    /// It came to nothing and will not be tried again: the money has not left, or has come back.
    case failed(reason: String)
    /// The bank has never heard of it. A request on its way may still arrive.
    case notFound
    /// No answer, or one that cannot be read.
    case unknown(reason: String)
}

/// No bank at all.
public struct NoPayoutRail: PayoutRail {
    public let isServed = false

    public init() {}

    public func send(_ request: PayoutRequest) async -> PayoutStatus { .unknown(reason: "there is no payout rail") }
    public func status(of payout: ID<Payout>) async -> PayoutStatus { .unknown(reason: "there is no payout rail") }
}
