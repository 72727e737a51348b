import Payments
import Testing

@testable import Webhooks

@Suite struct LanesTests {
    private let lanes = Lanes()
    private let now = HandClock.start

    private func merchant(_ number: Int) -> MerchantID { MerchantID(rawValue: "merchant-\(number)") }

    private func notice(_ number: Int, of merchant: MerchantID = .shop) -> Notice {
        Notice(
            id: ID(high: 1, low: UInt64(number)), merchant: merchant, dialect: FakeDialect.id, subject: "s",
            event: "e", url: "u", body: [], created: now)
    }

    /// The room for a merchant, or nil where it is not its turn.
    private func room(_ merchant: MerchantID = .shop, by instant: Instant? = nil) -> Int? {
        lanes.ready(by: instant ?? now).first { $0.merchant == merchant }?.room
    }

    private func fill(_ merchant: MerchantID, _ numbers: Range<Int>) {
        for number in numbers { #expect(lanes.take(notice(number, of: merchant))) }
    }

    @Test func `nobody is ready before anything is noted`() {
        #expect(lanes.ready(by: now).isEmpty)
        #expect(lanes.next == nil)
        #expect(lanes.inFlight == 0)
    }

    @Test func `a merchant is ready from the instant that was noted`() {
        lanes.note(.shop, at: now.adding(seconds: 5))
        #expect(room() == nil)
        #expect(room(by: now.adding(seconds: 4)) == nil)
        #expect(room(by: now.adding(seconds: 5)) == 16)
        #expect(room(by: now.adding(seconds: 9)) == 16)
        #expect(lanes.next == now.adding(seconds: 5))
    }

    @Test func `the earliest of several notes counts`() {
        for seconds in [30, 5, 600] as [Int64] { lanes.note(.shop, at: now.adding(seconds: seconds)) }
        lanes.note(.stall, at: now.adding(seconds: 7))
        #expect(lanes.next == now.adding(seconds: 5))
        #expect(room(.shop, by: now.adding(seconds: 6)) == 16)
        #expect(room(.stall, by: now.adding(seconds: 6)) == nil)
    }

    @Test func `a merchant who has as much on the way as may be waits until something arrives`() {
        lanes.note(.shop, at: now)
        fill(.shop, 0..<15)
        #expect(room() == 1)
        fill(.shop, 15..<16)
        #expect(room() == nil)
        #expect(lanes.inFlight(.shop) == 16)
        lanes.finish(notice(3), at: now)
        #expect(room() == 1)
        #expect(lanes.inFlight(.shop) == 15)
    }

    @Test func `what is on its way is not taken twice, and may be taken again after it arrived`() {
        #expect(lanes.take(notice(1)))
        #expect(!lanes.take(notice(1)))
        #expect(lanes.inFlight(.shop) == 1)
        lanes.finish(notice(1), at: now)
        #expect(lanes.inFlight == 0)
        #expect(lanes.take(notice(1)))
    }

    @Test func `a lane that is served has nothing to do before its next`() {
        lanes.note(.shop, at: now)
        let notes = lanes.ready(by: now)[0].notes
        lanes.exhausted(.shop, asOf: notes, next: now.adding(seconds: 30))
        #expect(room() == nil)
        #expect(lanes.next == now.adding(seconds: 30))
        lanes.exhausted(.shop, asOf: notes, next: nil)
        #expect(lanes.next == nil)
    }

    @Test func `what is noted during a look is not forgotten after it`() {
        lanes.note(.shop, at: now)
        let notes = lanes.ready(by: now)[0].notes
        lanes.note(.shop, at: now)
        lanes.exhausted(.shop, asOf: notes, next: nil)
        #expect(room() == 16)
    }

    @Test func `what arrives during a look makes another look worth while`() {
        lanes.note(.shop, at: now)
        #expect(lanes.take(notice(1)))
        let notes = lanes.ready(by: now)[0].notes
        lanes.finish(notice(1), at: now)
        lanes.exhausted(.shop, asOf: notes, next: nil)
        #expect(room() == 16)
    }

    @Test func `what waited for an arrival may go at once`() {
        lanes.note(.shop, at: now)
        #expect(lanes.take(notice(1)))
        lanes.exhausted(.shop, asOf: lanes.ready(by: now)[0].notes, next: now.adding(seconds: 600))
        #expect(room() == nil)
        lanes.finish(notice(1), at: now)
        #expect(room() == 16)
    }

    @Test func `there is a limit over all merchants`() {
        for number in 0..<20 { lanes.note(merchant(number), at: now) }
        #expect(lanes.ready(by: now).map(\.room).reduce(0, +) == 256)
        for number in 0..<16 { fill(merchant(number), 0..<16) }
        #expect(lanes.inFlight == 256)
        #expect(lanes.ready(by: now).isEmpty)
        lanes.finish(notice(0, of: merchant(0)), at: now)
        #expect(lanes.ready(by: now).map(\.room) == [1])
    }

    /// Sixteen merchants with slow endpoints and long queues fill every place; a seventeenth must not starve.
    @Test(arguments: 0..<8) func `a place that comes free goes to whoever has the least on the way`(seed: Int) {
        let busy = (0..<16).map { merchant(seed * 100 + $0) }
        let idle = MerchantID(rawValue: "idle-\(seed)")
        for merchant in busy + [idle] { lanes.note(merchant, at: now) }
        for merchant in busy { fill(merchant, 0..<16) }
        lanes.finish(notice(0, of: busy[seed]), at: now)
        #expect(lanes.ready(by: now).first?.merchant == idle)
    }

    @Test func `one merchant's full lane takes nothing from another's`() {
        lanes.note(.shop, at: now)
        lanes.note(.stall, at: now)
        fill(.shop, 0..<16)
        #expect(room(.shop) == nil)
        #expect(room(.stall) == 16)
    }
}
