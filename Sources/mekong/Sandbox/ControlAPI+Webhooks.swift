import Gateway
import Hummingbird
import Payments
import Store
import Webhooks
import WireKit

extension ControlAPI {
    /// `GET /sandbox/webhooks?limit=50`: deliveries, newest first.
    func webhooks(_ request: Request) async throws -> [UInt8] {
        let text = request.uri.queryParameters["limit"].map(String.init) ?? "50"
        guard let limit = Int(text), (1...10_000).contains(limit) else {
            throw Fault.senseless("limit must be a whole number from 1 to 10000")
        }
        let deliveries = try await host.gateway.store.read { reader in
            try reader.notices(limit: limit).map { ($0, try reader.attempts(of: $0.notice.id)) }
        }
        var json = JSONWriter(capacity: 4_096)
        json.array { json in
            for (delivery, attempts) in deliveries {
                json.elementObject { write(delivery, attempts, &$0) }
            }
        }
        return json.bytes
    }

    /// `POST /sandbox/webhooks/{id}/replay`: sends one again.
    func replay(_ context: MekongContext) async throws -> [UInt8] {
        let name = context.parameters.get("id") ?? ""
        guard let id = ID<Notice>(hex: name.split(separator: "_").last ?? ""),
            let delivery = try await host.gateway.store.read({ try $0.notice(id) })
        else { throw Fault.notFound("there is no webhook \(name)") }
        var changes = Changes(at: host.clock.now())
        changes.add(.replay(id, by: host.gateway.process))
        try await host.gateway.store.commit(changes)
        host.worker.noticed(delivery.notice.merchant)
        return Self.done
    }

    private func write(_ delivery: Delivery, _ attempts: [DeliveryAttempt], _ json: inout JSONWriter) {
        let notice = delivery.notice
        json.member("id", "msg_" + notice.id.hex)
        json.member("event", notice.event)
        json.member("url", notice.url)
        json.memberArray("attempts") { json in
            for attempt in attempts {
                json.elementObject { json in
                    json.member("at", attempt.at.iso8601)
                    if let status = attempt.status { json.member("status", status) } else { json.memberNull("status") }
                    json.member("error", attempt.error)
                }
            }
        }
        json.member("body", String(decoding: notice.body, as: UTF8.self))
        json.member("state", delivery.state.rawValue)
    }
}
