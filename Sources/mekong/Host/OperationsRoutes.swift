import Gateway
import Hummingbird
import Payments
import Store
import WireKit

/// What whoever runs the gateway looks at: `/healthz`, `/readyz`, `/metrics`.
struct OperationsRoutes: Sendable {
    let gateway: Gateway
    let metrics: PrometheusMetrics

    func addRoutes(to router: Router<MekongContext>) {
        router.get("/healthz") { _, _ in HTTPResponse.Status.ok }
        router.get("/readyz") { _, _ in await isReady() ? HTTPResponse.Status.ok : .serviceUnavailable }
        router.get("/metrics") { _, _ in
            var gauges = [(name: "mekong_commits_waiting", value: Int64(gateway.store.depth))]
            // Without its database a process still says how it is itself.
            if let pending = try? await gateway.store.read({ try $0.pendingNotices() }) {
                gauges.append(("mekong_webhooks_pending", pending))
            }
            let text = metrics.text(gauges: gauges)
            return Response(
                status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
        }
    }

    /// Whether a commit goes through.
    private func isReady() async -> Bool {
        var changes = Changes(at: gateway.clock.now())
        changes.add(.putSetting(name: "probe", value: String(changes.at.microseconds)))
        return (try? await gateway.store.commit(changes)) != nil
    }
}
