import Crypto
import Foundation
import Gateway
import Logging
import Metrics
import Payments
import ServiceLifecycle
import Store
import Synchronization

/// Delivers what was committed, never anything else: notices are rows, and this worker may die at any byte.
///
/// Each notice is tried until the merchant's server answers with a 2xx, on the retry schedule. A notice whose attempt
/// was made but not recorded is sent again: merchants tell repeats apart by `webhook-id`.
public final class DeliveryWorker: Service, Sendable {
    let gateway: Gateway
    private let client: EgressClient
    private let grace: Duration
    let lanes = Lanes()
    let afterRefusal: @Sendable () async -> Void
    /// How often the database refused to keep something.
    let refusals = Atomic(0)
    private let wakeups: AsyncStream<Void>
    private let wake: AsyncStream<Void>.Continuation
    let delivered = Counter(label: "mekong_webhooks_total", dimensions: [("result", "delivered")])
    let failed = Counter(label: "mekong_webhooks_total", dimensions: [("result", "failed")])
    let exhausted = Counter(label: "mekong_webhooks_total", dimensions: [("result", "exhausted")])

    /// How long a later notice about a payment waits for an earlier one, in seconds.
    static let patienceSeconds: Int64 = 600
    /// How often the database is looked through for what this process was not told of: what another process left
    /// behind, or what waited for another's.
    private static let lookMilliseconds: Int64 = 1_000

    /// - Parameters:
    ///   - grace: how long deliveries on their way have to end when the process is asked to stop.
    ///   - afterRefusal: a notice that the database refused to claim or to mark is not looked at again before it returns.
    public init(
        gateway: Gateway, client: EgressClient, grace: Duration = .seconds(4),
        afterRefusal: @escaping @Sendable () async -> Void = { try? await Task.sleep(for: .milliseconds(500)) }
    ) {
        self.gateway = gateway
        self.client = client
        self.grace = grace
        self.afterRefusal = afterRefusal
        (wakeups, wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Notices of this merchant's were committed.
    public func noticed(_ merchant: MerchantID) {
        lanes.note(merchant, at: gateway.clock.now())
        wake.yield()
    }

    /// Delivers until the process is asked to stop. Deliveries on their way have `grace` to end then. What is cut off
    /// after that counts as not made, and is sent again by the next process.
    public func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await cancelWhenGracefulShutdown { await self.keepTime() }
                self.wake.finish()
            }
            group.addTask { await self.serve() }
            group.addTask {
                guard (try? await gracefulShutdown()) != nil else { return }
                try? await Task.sleep(for: self.grace)
            }
            // The time keeper ends first, then either the last delivery or the grace.
            for _ in 0..<2 { await group.next() }
            group.cancelAll()
        }
        await client.shutdown()
    }

    /// Delivers everything that is due by the gateway's clock, once, and waits for it. Returns early where the database
    /// cannot be read, or refuses to keep what was done.
    public func deliverDue() async {
        let refusedBefore = refusals.load(ordering: .relaxed)
        await look()
        while lanes.inFlight > 0 || !lanes.ready(by: gateway.clock.now()).isEmpty {
            let couldLook = await withDiscardingTaskGroup { group in
                await start(in: &group)
            }
            guard couldLook, refusals.load(ordering: .relaxed) == refusedBefore else { return }
            if lanes.inFlight > 0 { try? await Task.sleep(for: .milliseconds(5)) }
            if Task.isCancelled { return }
        }
    }

    private func serve() async {
        await look()
        // Another group would keep every delivery that has ended until the worker ends.
        await withDiscardingTaskGroup { group in
            _ = await start(in: &group)
            for await _ in wakeups { _ = await start(in: &group) }
        }
    }

    /// Wakes the worker when a lane falls due, and looks through the database now and then.
    private func keepTime() async {
        var sinceLook: Int64 = 0
        while !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(250))
            sinceLook += 250
            if sinceLook >= Self.lookMilliseconds {
                await look()
                sinceLook = 0
            }
            if let next = lanes.next, next <= gateway.clock.now() { wake.yield() }
        }
    }

    /// Notes what the database holds that this process was not told of.
    private func look() async {
        let (now, process) = (gateway.clock.now(), gateway.process)
        guard let waiting = try? await gateway.store.read({ try $0.dueNotices(by: now, for: process) }) else { return }
        for (merchant, at) in waiting { lanes.note(merchant, at: at) }
    }

    /// Puts everything that is due, and has room, on its way. False where the database could not be read.
    private func start(in group: inout DiscardingTaskGroup) async -> Bool {
        let now = gateway.clock.now()
        let process = gateway.process
        var couldLook = true
        for (merchant, room, notes) in lanes.ready(by: now) {
            lanes.beginLook(merchant)
            defer { lanes.endLook(merchant) }
            let limit = room + lanes.inFlight(merchant)
            let patience = now.adding(seconds: -Self.patienceSeconds)
            let found = try? await gateway.store.read { reader -> ([Delivery], Instant?) in
                let due = try reader.waitingNotices(
                    of: merchant, by: now, patience: patience, for: process, limit: limit)
                if due.count == limit { return (due, now) }
                let next = try reader.nextNotice(of: merchant, after: now, for: process)
                let released = try reader.oldestAwaited(
                    of: merchant, by: now, patience: patience, for: process)?.adding(seconds: Self.patienceSeconds)
                return (due, [next, released].compactMap { $0 }.min())
            }
            guard let (due, next) = found else {
                gateway.logger.error("cannot read notices", metadata: ["merchant": "\(merchant)"])
                couldLook = false
                continue
            }
            for delivery in due where lanes.take(delivery.notice, asOf: notes) {
                group.addTask { await self.deliver(delivery) }
            }
            if due.count < limit { lanes.exhausted(merchant, asOf: notes, next: next) }
        }
        return couldLook
    }

    private func deliver(_ delivery: Delivery) async {
        let notice = delivery.notice
        if notice.isOnce {
            await deliverOnce(delivery)
        } else if await isOurs(delivery) {
            let attempt = await attempt(notice, SendMark())
            if attempt.succeeded || !Task.isCancelled { await record(attempt, delivery) }
        }
        lanes.finish(notice, at: gateway.clock.now())
        wake.yield()
    }

    /// Makes an attempt. `mark` says afterwards whether the merchant may have heard of it.
    func attempt(_ notice: Notice, _ mark: SendMark) async -> DeliveryAttempt {
        let at = gateway.clock.now()
        do {
            let answer = try await client.exchange(
                notice.url, for: notice.merchant, headers: headers(notice), body: notice.body, mark: mark)
            return DeliveryAttempt(at: at, status: answer.status, error: answer.fault(by: notice.acknowledgement))
        } catch is CancellationError {
            return DeliveryAttempt(at: at, status: nil, error: "cut off: the gateway was asked to stop")
        } catch {
            return DeliveryAttempt(at: at, status: nil, error: "\(error)")
        }
    }

    /// The headers of Standard Webhooks: an id that stays the same, a time, and a signature over both and the body.
    private func headers(_ notice: Notice) -> [(String, String)] {
        let id = "msg_" + notice.id.hex
        let timestamp = String(gateway.clock.wallTime().microseconds / 1_000_000)
        var headers = [
            ("content-type", "application/json; charset=utf-8"), ("user-agent", "Mekong"), ("webhook-id", id),
            ("webhook-timestamp", timestamp),
        ]
        if let key = gateway.dialects[notice.dialect]?.signingKey(of: notice.merchant) {
            var mac = HMAC<SHA256>(key: SymmetricKey(data: Array(key.expose().utf8)))
            mac.update(data: Array("\(id).\(timestamp).".utf8))
            mac.update(data: notice.body)
            headers.append(("webhook-signature", "v1," + Data(mac.finalize()).base64EncodedString()))
        }
        return headers
    }
}
