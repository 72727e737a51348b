import Gateway
import Payments
import Rails
import Store
import TestSupport
import Testing

/// A settlement day's cut-off is the payment's own time, not the moment of the run: what delays the run by a minute
/// must not delay the merchant's money by a day.
@Suite struct CutOffTests {
    /// The payment is settled as of the midnight that ended the day on which it was made.
    func expectSettledInTime(_ payment: Payment, _ bench: Bench) async throws {
        let settled = try await bench.payment(payment.id)
        #expect(settled.state == .settled)
        #expect(settled.settlement?.at == payment.created.nextBangkokMidnight)
    }

    /// A few minutes after midnight, with a run in each.
    func runAfterMidnight(_ bench: Bench, minutes: Int = 4) async throws {
        for _ in 0..<minutes {
            try await bench.gateway.runDue()
            bench.clock.advance(seconds: 61)
        }
    }

    @Test(arguments: 0..<3)
    func `a database that refuses one commit of the run`(commit: Int) async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge()
            bench.clock.passMidnight()
            bench.engine.refuse(1, after: commit)
            try await runAfterMidnight(bench)
            try await expectSettledInTime(payment, bench)
        }
    }

    @Test func `an acquirer whose answer to the run's capture was lost and cannot be asked after at once`() async throws
    {
        try await Bench.with { bench in
            let payment = try await bench.charge()
            bench.clock.passMidnight()
            let deaf = HookedAcquirer(bench.gateway.rails.acquirer, inquiry: { _ in .unknown })
            try await bench.faults.order(.init(kind: .timeout, operation: .capture, code: nil, count: 1))
            try await bench.another(deaf).runDue()
            #expect(try await bench.state(payment) == .capturing)
            bench.clock.advance(seconds: 61)
            try await runAfterMidnight(bench)
            try await expectSettledInTime(payment, bench)
        }
    }

    @Test(arguments: Moment.allCases)
    func `a process that ends in the run's capture`(moment: Moment) async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge()
            bench.clock.passMidnight()
            let lost = Door()
            let dying = bench.dying(moment, .capture, lost: lost)
            Task { try await dying.runDue() }
            await lost.visited()
            try await bench.gateway.takeOver()
            try await runAfterMidnight(bench)
            try await expectSettledInTime(payment, bench)
        }
    }

    @Test(arguments: Moment.allCases)
    func `a capture by hand just before midnight whose process ends`(moment: Moment) async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge(mid: Mid.manual)
            bench.clock.set(Instant.start.nextBangkokMidnight.adding(seconds: -10))
            let lost = Door()
            let dying = bench.dying(moment, .capture, lost: lost)
            Task { try await dying.capture(payment.id, of: .shop, amount: baht(1100)) }
            await lost.visited()
            bench.clock.passMidnight()
            try await bench.gateway.takeOver()
            try await runAfterMidnight(bench)
            try await expectSettledInTime(payment, bench)
        }
    }

    @Test func `a merchant that the directory did not know for a minute`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge(mid: Mid.manual)
            _ = try await bench.gateway.capture(payment.id, of: .shop, amount: baht(1100))
            bench.clock.passMidnight()
            try await bench.put(Merchant(id: .shop, name: "", acceptors: [], dialects: [:]))
            try await bench.gateway.runDue()
            #expect(try await bench.state(payment) == .captured)
            try await bench.put(merchant())
            bench.clock.advance(seconds: 61)
            try await runAfterMidnight(bench)
            try await expectSettledInTime(payment, bench)
        }
    }

    @Test func `a refund whose completion the database refused at midnight`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.settled()
            _ = try await bench.refund(payment, 1100)
            bench.clock.passMidnight()
            bench.engine.refuse(1)
            try await runAfterMidnight(bench)
            let refund = try #require(try await bench.refunds(of: payment).first)
            #expect(refund.state == .completed)
            #expect(refund.completed == refund.created.nextBangkokMidnight)
        }
    }

    /// Paid at the rail two minutes before midnight, without a word.
    private func paidBeforeMidnight(_ bench: Bench, _ form: Invitation.Form) async throws -> Payment {
        let midnight = bench.clock.now().nextBangkokMidnight
        bench.clock.set(midnight.adding(seconds: -180))
        let payment = try await bench.invited(form)
        bench.clock.set(midnight.adding(seconds: -120))
        try await bench.paysSilently(payment)
        return payment
    }

    @Test func `a payer who paid before midnight, of which the rail's word came after it`() async throws {
        try await Bench.with { bench in
            let payment = try await paidBeforeMidnight(bench, .qr)
            bench.clock.advance(seconds: 600)
            try await bench.gateway.noticed(payment.id)
            let found = try await bench.payment(payment.id)
            #expect(found.state == .authorized && found.settlesAt == payment.created.nextBangkokMidnight)
            try await runAfterMidnight(bench)
            try await expectSettledInTime(payment, bench)
        }
    }

    @Test func `what is settled by hand alone belongs to the day on which that was asked for`() async throws {
        try await Bench.with { bench in
            let payment = try await paidBeforeMidnight(bench, .redirect)
            bench.clock.advance(seconds: 600)
            try await bench.gateway.noticed(payment.id)
            try await runAfterMidnight(bench)
            #expect(try await bench.state(payment) == .authorized)
            _ = try await bench.gateway.capture(payment.id, of: .shop, amount: payment.amount)
            let midnight = bench.clock.now().nextBangkokMidnight
            bench.clock.passMidnight()
            try await bench.gateway.runDue()
            #expect(try await bench.payment(payment.id).settlement?.at == midnight)
        }
    }

    @Test func `a void that the bank refuses since the payer paid on another day`() async throws {
        try await Bench.with { bench in
            let payment = try await paidBeforeMidnight(bench, .qr)
            bench.clock.advance(seconds: 600)
            try await bench.gateway.noticed(payment.id)
            let report = try await bench.gateway.void(payment.id, of: .shop)
            #expect(report.payment.state == .authorized && report.refusal == "EMQRVOD")
            try await runAfterMidnight(bench)
            try await expectSettledInTime(payment, bench)
        }
    }

    @Test(arguments: [(-86_400 * 3, 0), (86_400 * 3, 60)] as [(Int64, Int64)])
    func `a rail whose clock is days wrong`(seconds: Int64, taken: Int64) async throws {
        try await Bench.with { bench in
            let payment = try await bench.invited()
            bench.clock.advance(seconds: 30)
            try await bench.paysSilently(payment)
            bench.clock.advance(seconds: 30)
            let rail = HookedPush(bench.push, clockIsOffBy: seconds)
            try await bench.another(push: rail).noticed(payment.id)
            let found = try await bench.payment(payment.id)
            #expect(found.capturedAt?.seconds(since: payment.created) == taken)
            bench.clock.passMidnight()
            try await runAfterMidnight(bench)
            try await expectSettledInTime(payment, bench)
        }
    }
}
