import Money
import Payments

/// The simulated bank's payouts: each ends by itself after a little while, unless somebody ends it before.
public struct SandboxPayouts: PayoutRail {
    /// How long after its creation a payout ends by itself, in seconds.
    static let durationSeconds: Int64 = 2

    private let book: PayoutBook
    private let now: @Sendable () -> Instant

    public init(bank: SandboxBank, now: @escaping @Sendable () -> Instant) {
        book = PayoutBook(of: bank)
        self.now = now
    }

    public func send(_ request: PayoutRequest) async -> PayoutStatus {
        guard let (entry, fault) = try? await book.take(request, at: now()) else {
            return .unknown(reason: "the bank's file cannot be written")
        }
        guard let entry, fault != .timeout else { return .unknown(reason: fault?.rawValue ?? "unavailable") }
        return status(entry)
    }

    public func status(of payout: ID<Payout>) async -> PayoutStatus {
        do {
            return status(try await book.entry(payout))
        } catch {
            return .unknown(reason: "the bank's file cannot be read")
        }
    }

    private func status(_ entry: PayoutBook.Entry?) -> PayoutStatus {
        guard let entry else { return .notFound }
        switch entry.outcome {
        case .succeeded: return .succeeded
        case .failed(let reason): return .failed(reason: reason)
        case nil: return entry.ends <= now() ? .succeeded : .underWay(until: entry.ends)
        }
    }
}
