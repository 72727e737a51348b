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
        guard entry != nil, fault != .timeout else { return .unknown(reason: fault?.rawValue ?? "unavailable") }
        return await status(of: request.reference)
    }

    public func status(of payout: ID<Payout>) async -> PayoutStatus {
        do {
            let (entry, silentUntil) = try await book.look(at: payout, at: now())
            return silentUntil.map { .underWay(until: $0) } ?? status(entry)
        } catch {
            return .unknown(reason: "the bank's file cannot be read")
        }
    }

    private func status(_ entry: PayoutBook.Entry?) -> PayoutStatus {
        guard let entry else { return .notFound }
        switch entry.outcome {
        case .succeeded: return .succeeded
        case .failed(let reason): return .failed(reason: reason)
        case nil: return .underWay(until: entry.ends)
        }
    }
}
