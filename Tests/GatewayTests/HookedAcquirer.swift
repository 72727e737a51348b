import Gateway
import Payments
import Rails
import Synchronization
import TestSupport

/// An acquirer with a test in between: something happens before or after the bank's work, or instead of it.
final class HookedAcquirer: CardAcquirer {
    typealias Hook = @Sendable (RailReference) async -> Void

    private let inner: any CardAcquirer
    private let before: Hook
    private let after: Hook
    /// What is said to an inquiry instead of what the bank would say.
    private let inquiry: @Sendable (RailReference) -> RailInquiry?
    let capabilities: CardAcquirerCapabilities
    private let asked = Mutex<[RailReference]>([])

    init(
        _ inner: any CardAcquirer, before: @escaping Hook = { _ in }, after: @escaping Hook = { _ in },
        inquiry: @escaping @Sendable (RailReference) -> RailInquiry? = { _ in nil },
        capabilities: CardAcquirerCapabilities? = nil
    ) {
        self.inner = inner
        self.before = before
        self.after = after
        self.inquiry = inquiry
        self.capabilities = capabilities ?? inner.capabilities
    }

    /// Every request so far, inquiries left out.
    var requests: [RailReference] { asked.withLock { $0 } }

    func authorize(_ request: AuthorizationRequest) async -> RailOutcome<RailApproval> {
        await run(request.reference) { await inner.authorize(request) }
    }

    func perform(_ request: FollowUpRequest) async -> RailOutcome<RailApproval> {
        await run(request.reference) { await inner.perform(request) }
    }

    func inquire(_ reference: RailReference) async -> RailInquiry {
        if let said = inquiry(reference) { return said }
        return await inner.inquire(reference)
    }

    private func run(
        _ reference: RailReference, _ body: () async -> RailOutcome<RailApproval>
    ) async -> RailOutcome<RailApproval> {
        asked.withLock { $0.append(reference) }
        await before(reference)
        let outcome = await body()
        await after(reference)
        return outcome
    }
}

/// Where in its work a process ends.
enum Moment: String, Sendable, CaseIterable {
    case before, after
}

extension Bench {
    /// A process that ends at its first request of this kind: the answer never arrives, whatever the bank has done.
    /// `lost` is visited then.
    func dying(_ moment: Moment, _ kind: RailReference.Kind, lost: Door) -> Gateway {
        let end: HookedAcquirer.Hook = { reference in
            guard reference.kind == kind else { return }
            Task { await lost.pass() }
            await never()
        }
        let bank = gateway.rails.acquirer
        return another(
            moment == .before ? HookedAcquirer(bank, before: end) : HookedAcquirer(bank, after: end))
    }
}
