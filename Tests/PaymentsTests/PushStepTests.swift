import Money
import Payments
import Testing

/// When a payer paid, and when that was heard of.
@Suite struct PushStepTests {
    private let midnight = noon.nextBangkokMidnight

    /// Made at noon.
    private func step(paidAt paid: Instant?, heardAt now: Instant) throws -> PaymentStep {
        try payment(.presented).paid(code: "1", through: "scb", at: paid, heardAt: now)
    }

    @Test func `a payment belongs to the day on which its payer paid, however late that is heard of`() throws {
        let paid = midnight.adding(seconds: -1)
        let step = try step(paidAt: paid, heardAt: midnight.adding(seconds: 200_000))
        #expect(step.payment.state == .authorized && step.payment.channel == "scb")
        #expect(step.payment.capturedAt == paid && step.payment.settlesAt == midnight && step.due == midnight)
        let known = try payment(.presented).approved(code: "1", at: noon)
        #expect(step.payment.captured == nil && step.transfers == known.transfers && !step.transfers.isEmpty)
    }

    @Test(
        arguments: [
            (nil, 60, 60), (0, 60, 0), (30, 60, 30), (60, 60, 60),
            // Before it was made, and not yet.
            (-1, 60, 0), (-1_000_000, 60, 0), (61, 60, 60), (1_000_000, 60, 60),
        ] as [(Int64?, Int64, Int64)])
    func `a rail's clock is believed from the payment's creation to now`(said: Int64?, heard: Int64, is taken: Int64)
        throws
    {
        let step = try step(paidAt: said.map { noon.adding(seconds: $0) }, heardAt: noon.adding(seconds: heard))
        #expect(step.payment.capturedAt == noon.adding(seconds: taken))
    }

    @Test func `a clock that runs behind the payment's creation does not put it before that`() throws {
        let step = try step(paidAt: nil, heardAt: noon.adding(seconds: -5))
        #expect(step.payment.capturedAt == noon.adding(seconds: -5) && step.due == midnight)
    }

    @Test func `a void that is refused on another day leaves the payment its day`() throws {
        let authorized = try step(paidAt: noon, heardAt: midnight.adding(seconds: 60)).payment
        let voiding = try authorized.voidRequested(at: midnight.adding(seconds: 61)).payment
        let refused = try voiding.voidRefused(at: midnight.adding(seconds: 62))
        #expect(refused.due == midnight && refused.payment.capturedAt == noon)
    }

    @Test func `a capture that is refused leaves the payment the day on which its payer paid`() throws {
        let authorized = try step(paidAt: noon, heardAt: noon).payment
        let lastMoment = midnight.adding(seconds: -1)
        let capturing = try authorized.captureRequested(baht(1100), at: lastMoment, now: midnight).payment
        let refused = try capturing.captureRefused(at: midnight.adding(seconds: 5))
        #expect(refused.payment.captured == nil && refused.payment.settlesAt == midnight)
        #expect(refused.due == midnight.adding(seconds: 86_400))
    }

    @Test func `a capture by hand belongs to the day on which it was asked for`() throws {
        let authorized = try step(paidAt: noon, heardAt: noon).payment
        let capturing = try authorized.captureRequested(baht(1100), at: midnight.adding(seconds: 5)).payment
        #expect(capturing.settlesAt == midnight.adding(seconds: 86_400))
    }
}
