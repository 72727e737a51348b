import Gateway
import Logging
import Metrics
import Payments
import Store
import Synchronization

/// What the database is told of deliveries, before and after they are made.
extension DeliveryWorker {
    /// Whether this process may deliver it. What a dead process left behind is claimed first.
    func isOurs(_ delivery: Delivery) async -> Bool {
        if delivery.owner == gateway.process { return true }
        var changes = Changes(at: gateway.clock.now())
        changes.add(.claimNotice(delivery, by: gateway.process))
        return await begins(delivery.notice, with: changes)
    }

    /// Whether what begins a delivery was committed. False where somebody else was first, or the database refused it.
    /// A database that cannot be written is not asked again at once.
    func begins(_ notice: Notice, with changes: Changes) async -> Bool {
        do {
            try await gateway.store.commit(changes)
            return true
        } catch StoreError.conflict {
            return false
        } catch {
            gateway.logger.error("delivery not begun", metadata: ["notice": "\(notice.id)", "error": "\(error)"])
            refusals.add(1, ordering: .relaxed)
            await afterRefusal()
            return false
        }
    }

    /// Keeps what came of an attempt. Where that cannot be kept it is tried for a minute, so that a notice is not sent
    /// again and again for want of a database; after that it stays due and is sent again.
    func record(_ attempt: DeliveryAttempt, _ delivery: Delivery) async {
        let notice = delivery.notice
        let number = delivery.attempts + 1
        let next =
            attempt.succeeded ? nil : RetrySchedule.next(after: number, at: attempt.at, jitter: .random(in: 0..<1))
        let state: DeliveryState = attempt.succeeded ? .delivered : next == nil ? .exhausted : .pending
        var changes = Changes(at: gateway.clock.now())
        changes.add(.recordAttempt(notice, number: number, attempt, state, next: next))
        if await keep(changes, of: notice) { count(state) }
        if let next { lanes.note(notice.merchant, at: next) }
    }

    /// Commits what came of an attempt, and tries for a minute where that fails. False where it could not be kept.
    @discardableResult
    func keep(_ changes: Changes, of notice: Notice) async -> Bool {
        for pause in Self.recordPauses {
            do {
                try await gateway.store.commit(changes)
                return true
            } catch {
                gateway.logger.error(
                    "delivery not recorded", metadata: ["notice": "\(notice.id)", "error": "\(error)"])
                // A process that ends tries no more.
                guard (try? await Task.sleep(for: pause)) != nil else { break }
            }
        }
        refusals.add(1, ordering: .relaxed)
        return false
    }

    func count(_ state: DeliveryState) {
        switch state {
        case .delivered: delivered.increment()
        case .pending: failed.increment()
        case .exhausted: exhausted.increment()
        }
    }

    private static let recordPauses: [Duration] =
        [.milliseconds(250), .milliseconds(500)] + [1, 2, 4, 8, 15, 30].map { .seconds($0) }
}
