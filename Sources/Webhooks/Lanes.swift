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
        /// What those on their way that are sent once are about: they are marked as sent already, so that only this
        /// keeps a later notice about the same from overtaking them.
        var onceAbout: Set<String> = []
        /// Looks under way, and what arrived since the oldest of them, with the count of notes at which it did: a
        /// look that began before saw it as still waiting.
        var looks = 0
        var arrived: [ID<Notice>: Int] = [:]
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
            // Whoever has least on the way comes first, so that full lanes starve nobody.
            return lanes.sorted { $0.value.inFlight.count < $1.value.inFlight.count }.compactMap { merchant, lane in
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

    /// A look at a merchant's notices begins, or ends.
    func beginLook(_ merchant: MerchantID) { lanes.withLock { $0[merchant, default: Lane()].looks += 1 } }

    func endLook(_ merchant: MerchantID) {
        lanes.withLock { lanes in
            lanes[merchant]?.looks -= 1
            if lanes[merchant]?.looks == 0 { lanes[merchant]?.arrived = [:] }
        }
    }

    /// Takes a delivery on its way; false where it is already, or arrived since the look that found it began, at that
    /// many notes.
    func take(_ notice: Notice, asOf notes: Int = .max) -> Bool {
        lanes.withLock { lanes in
            if let arrived = lanes[notice.merchant]?.arrived[notice.id], arrived > notes { return false }
            guard lanes[notice.merchant]?.onceAbout.contains(notice.subject) != true,
                lanes[notice.merchant, default: Lane()].inFlight.insert(notice.id).inserted
            else { return false }
            if notice.isOnce { lanes[notice.merchant]?.onceAbout.insert(notice.subject) }
            return true
        }
    }

    /// Takes a delivery off its way. What waited for it may go now.
    func finish(_ notice: Notice, at now: Instant) {
        lanes.withLock { lanes in
            guard var lane = lanes[notice.merchant] else { return }
            lane.inFlight.remove(notice.id)
            if notice.isOnce { lane.onceAbout.remove(notice.subject) }
            lane.next = now
            lane.notes += 1
            if lane.looks > 0 { lane.arrived[notice.id] = lane.notes }
            lanes[notice.merchant] = lane
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
