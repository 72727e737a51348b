import Gateway
import Payments
import Rails
import Store
import TestSupport

private let render: @Sendable (PaymentReport) -> [UInt8] = { report in
    let refunds = report.refunds.map(\.state.rawValue).joined(separator: ",")
    return Array("\(report.payment.state.rawValue) \(report.refusal ?? "-") [\(refunds)]".utf8)
}

/// Runs a request under a key as a dialect does, and gives its answer as text.
func once(
    _ key: String?, _ bench: Bench, through gateway: Gateway? = nil, request: String = "{}", scope: String = "test",
    of merchant: MerchantID = .shop, _ run: (Gateway, Answering?) async throws -> PaymentReport
) async throws -> String {
    let gateway = gateway ?? bench.gateway
    let bytes = try await gateway.once(
        key, merchant: merchant, scope: scope, request: Array(request.utf8), render: render
    ) { try await run(gateway, $0) }
    return String(decoding: bytes, as: UTF8.self)
}

func verdict(_ bench: Bench, key: String = "K", request: String = "{}") async throws -> String {
    let verdict = try await bench.gateway.idempotency(
        key, merchant: .shop, scope: "test", request: Array(request.utf8))
    return switch verdict {
    case .proceed: "proceed"
    case .replay(let bytes): "replay " + String(decoding: bytes, as: UTF8.self)
    case .interrupted(let subject): "interrupted " + String(subject.key.prefix { $0 != ":" })
    case .underWay: "under way"
    case .mismatch: "mismatch"
    }
}

/// A gateway that waits in its first request of this kind until the door opens.
func waiting(_ bench: Bench, _ kind: RailReference.Kind, _ reached: Door, _ door: Door) -> Gateway {
    let acquirer = HookedAcquirer(bench.gateway.rails.acquirer) { reference in
        guard reference.kind == kind else { return }
        Task { await reached.pass() }
        await door.pass()
    }
    return bench.another(acquirer)
}
