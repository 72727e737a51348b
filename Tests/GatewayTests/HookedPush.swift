import Gateway
import Payments
import Rails
import Synchronization
import TestSupport

/// A push rail with a test in between: something happens before or after the bank's work, or is said instead of it.
final class HookedPush: PushRail {
    typealias Hook = @Sendable (RailReference) async -> Void

    private let inner: any PushRail
    private let before: Hook
    private let after: Hook
    /// Whether the rail answers anything about this.
    private let isSilent: @Sendable (RailReference.Kind?) -> Bool
    /// By how many seconds the rail's word of when a payer paid is wrong.
    private let clockError: Int64
    /// What it was asked to show.
    private let presentations = Mutex<[PresentationRequest]>([])
    var presented: [PresentationRequest] { presentations.withLock { $0 } }

    init(
        _ inner: any PushRail, before: @escaping Hook = { _ in }, after: @escaping Hook = { _ in },
        isSilent: @escaping @Sendable (RailReference.Kind?) -> Bool = { _ in false }, clockIsOffBy seconds: Int64 = 0
    ) {
        self.inner = inner
        self.before = before
        self.after = after
        self.isSilent = isSilent
        clockError = seconds
    }

    func present(_ request: PresentationRequest) async -> RailOutcome<Presentation> {
        presentations.withLock { $0.append(request) }
        await before(request.reference)
        let outcome = await inner.present(request)
        await after(request.reference)
        return isSilent(.present) ? .unknown(reason: "the test says so") : outcome
    }

    func status(of payment: ID<Payment>) async -> PushStatus {
        if isSilent(nil) { return .unknown }
        let status = await inner.status(of: payment)
        guard clockError != 0, case .paid(let receipt) = status else { return status }
        return .paid(
            PushReceipt(
                approval: receipt.approval, channel: receipt.channel,
                paidAt: receipt.paidAt?.adding(seconds: clockError)))
    }

    func perform(_ request: FollowUpRequest) async -> RailOutcome<RailApproval> {
        await before(request.reference)
        let outcome = await inner.perform(request)
        await after(request.reference)
        return isSilent(request.reference.kind) ? .unknown(reason: "the test says so") : outcome
    }

    func inquire(_ reference: RailReference) async -> RailInquiry {
        isSilent(reference.kind) ? .unknown : await inner.inquire(reference)
    }
}

extension Bench {
    /// A process that ends at its first request of this kind to a push rail. `lost` is visited then.
    func dyingPush(_ moment: Moment, _ kind: RailReference.Kind, lost: Door) -> Gateway {
        let end: HookedPush.Hook = { reference in
            guard reference.kind == kind else { return }
            Task { await lost.pass() }
            await never()
        }
        return another(push: moment == .before ? HookedPush(push, before: end) : HookedPush(push, after: end))
    }
}
