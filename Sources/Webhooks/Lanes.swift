import Payments
import Synchronization

/// Who has something to be delivered, when, and how much is on its way: a lane for each merchant, so that one
/// merchant's dead endpoint holds up nobody else.
final class Lanes: Sendable {
    private struct Lane {
        var next: Instant?
        /// Moves with every note, so that what is noted during a look is not forgotten after it.
        var notes = 0
        var inFlight: Set<ID<Notice>> = []
    }

    /// The most deliveries on their way to one merchant, and in all.
    static let perMerchant = 16
    static let inAll = 256

    private let lanes = Mutex<[MerchantID: Lane]>([:])

    /// Something of this merchant's may be due at `instant`.
    func note(_ merchant: MerchantID, at instant: Instant) {
        lanes.withLock { lanes in
            var lane = lanes[merchant] ?? Lane()
            lane.next = lane.next.map { min($0, instant) } ?? instant
            lane.notes += 1
            lanes[merchant] = lane
        }
    }

    /// The merchants that may be served now, and how many deliveries each may have more.
    func ready(by now: Instant) -> [(merchant: MerchantID, room: Int, notes: Int)] {
        lanes.withLock { lanes in
            var left = Self.inAll - lanes.values.reduce(0) { $0 + $1.inFlight.count }
            return lanes.compactMap { merchant, lane in
                guard let next = lane.next, next <= now else { return nil }
                let room = min(Self.perMerchant - lane.inFlight.count, left)
                guard room > 0 else { return nil }
                left -= room
                return (merchant, room, lane.notes)
            }
        }
    }

    /// How many of a merchant's deliveries are on their way.
    func inFlight(_ merchant: MerchantID) -> Int { lanes.withLock { $0[merchant]?.inFlight.count ?? 0 } }

    /// How many deliveries are on their way in all.
    var inFlight: Int { lanes.withLock { $0.values.reduce(0) { $0 + $1.inFlight.count } } }

    /// Takes a delivery on its way; false where it is already.
    func take(_ notice: Notice) -> Bool {
        lanes.withLock { $0[notice.merchant, default: Lane()].inFlight.insert(notice.id).inserted }
    }

    /// Takes a delivery off its way. What waited for it may go now.
    func finish(_ notice: Notice, at now: Instant) {
        lanes.withLock { lanes in
            lanes[notice.merchant]?.inFlight.remove(notice.id)
            lanes[notice.merchant]?.next = now
            lanes[notice.merchant]?.notes += 1
        }
    }

    /// As of that many notes, everything of the merchant's that was due is on its way; the rest is not due before
    /// `next`.
    func exhausted(_ merchant: MerchantID, asOf notes: Int, next: Instant?) {
        lanes.withLock { lanes in
            if lanes[merchant]?.notes == notes { lanes[merchant]?.next = next }
        }
    }

    /// When the next lane falls due.
    var next: Instant? { lanes.withLock { $0.values.compactMap(\.next).min() } }
}
