import Gateway
import Ledger
import Money
import Payments
import Rails
import Store
import TestSupport
import Testing

@Suite struct RefundTests {
    @Test func `a refund is set aside at once and gone at the next midnight`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.settled()
            let report = try await bench.refund(payment, 1100)
            #expect(report.refunds.map(\.state) == [.sent])
            #expect(report.payment.state == .settled && report.refusal == nil)
            #expect(try await bench.available() == Balance(posted: 1070, held: 1070))
            #expect(try await bench.entries(of: payment).last == "refund 00 1100")

            bench.clock.passMidnight()
            try await bench.gateway.runDue()
            let refund = try #require(try await bench.refunds(of: payment).first)
            #expect(refund.state == .completed)
            #expect(refund.completed == refund.created.nextBangkokMidnight)
            #expect(try await bench.books().isEmpty)
            #expect(try await bench.told(of: payment).suffix(2) == ["refundSent -", "refunded -"])
            #expect(try await bench.gateway.nextDue() == nil)
        }
    }

    @Test func `partial refunds give back their shares of fee and tax`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.settled(baht(10_000))
            for satang in [Int64(2_500), 2_500, 5_000] { _ = try await bench.refund(payment, satang) }
            let refunds = try await bench.refunds(of: payment)
            let fee = refunds.reduce(0) { $0 + $1.fee.minorUnits }
            let vat = refunds.reduce(0) { $0 + $1.vat.minorUnits }
            #expect(fee == payment.settlement?.fee.minorUnits && vat == payment.settlement?.vat.minorUnits)
            bench.clock.passMidnight()
            try await bench.gateway.runDue()
            #expect(try await bench.books().isEmpty)
        }
    }

    /// 3.60 baht at 2.5 % cost 9 satang and 1 of tax; both round at the half.
    @Test func `a refund of one satang goes through, whatever was refunded before`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.settled(baht(360))
            _ = try await bench.refund(payment, 180)
            let report = try await bench.refund(payment, 1)
            #expect(report.refunds.map(\.state) == [.sent, .sent])
            _ = try await bench.refund(payment, 179)
            bench.clock.passMidnight()
            try await bench.gateway.runDue()
            #expect(try await bench.books().isEmpty)
        }
    }

    @Test func `no more can be refunded than was captured`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.settled()
            _ = try await bench.refund(payment, 600)
            await expect(.fault(.refused(.exceeds(remaining: baht(500))))) { _ = try await bench.refund(payment, 501) }
            _ = try await bench.refund(payment, 500)
            await expect(.fault(.refused(.exceeds(remaining: baht(0))))) { _ = try await bench.refund(payment, 1) }
        }
    }

    @Test func `what is not settled cannot be refunded`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge()
            await expect(.fault(.refused(.wrongState(.authorized)))) { _ = try await bench.refund(payment, 1) }
            _ = try await bench.gateway.capture(payment.id, of: .shop, amount: baht(1100))
            await expect(.fault(.refused(.wrongState(.captured)))) { _ = try await bench.refund(payment, 1) }
        }
    }

    @Test func `a refund that the acquirer refuses frees what was set aside`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.settled()
            try await bench.faults.order(.init(kind: .decline, operation: .refund, code: "05", count: 1))
            let report = try await bench.refund(payment, 1100)
            #expect(report.refusal == "05")
            #expect(report.refunds.map(\.state) == [.refused] && report.refunds[0].errorCode == "05")
            #expect(try await bench.available() == Balance(posted: 1070))
            #expect(try await bench.refund(payment, 1100).refunds.map(\.state) == [.refused, .sent])
            #expect(try await bench.entries(of: payment).suffix(2) == ["refund 05 1100", "refund 00 1100"])
        }
    }

    @Test func `a refund that fails for want of balance bars all later ones`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.settled()
            try await bench.faults.order(.init(kind: .decline, operation: .refund, code: "OBVAL", count: 1))
            #expect(try await bench.refund(payment, 100).refusal == "OBVAL")
            await expect(.fault(.refused(.refundNotAllowed))) { _ = try await bench.refund(payment, 100) }
        }
    }

    @Test func `beyond its balance the merchant owes, and the balance never goes below zero`() async throws {
        // What the test itself moves belongs to no payment: the books are not looked at.
        try await Bench.with(verifies: false) { bench in
            let (first, second) = (try await bench.settled(), try await bench.settled())
            // The merchant spends all but 1.00 baht.
            let spending = Transfer(
                id: "spent", debit: first.availableAccount, credit: first.clearingAccount, amount: baht(2040))
            var changes = Changes(at: bench.clock.now())
            changes.add(.transfer(spending))
            try await bench.store.commit(changes)

            _ = try await bench.refund(first, 1100)
            _ = try await bench.refund(second, 1100)
            #expect(try await bench.available() == Balance(posted: 100, held: 100))
            let refunds = [try await bench.refunds(of: first)[0], try await bench.refunds(of: second)[0]]
            #expect(refunds.map(\.fromAvailable) == [baht(100), baht(0)])
            #expect(refunds.map(\.fromReceivable) == [baht(970), baht(1070)])
            bench.clock.passMidnight()
            try await bench.gateway.runDue()
            let books = try await bench.books()
            #expect(books["available:shop:THB"] == nil)
            #expect(books["receivable:shop:THB"] == [-2040, 0])
        }
    }

    @Test func `of many refunds at once as many are done as the payment covers`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.settled()
            let endings = await together(30) { _ in await Ending.of { _ = try await bench.refund(payment, 400) } }
            let refunds = try await bench.refunds(of: payment)
            #expect(refunds.filter(\.stands).count == endings.count(of: .done))
            #expect((1...2).contains(refunds.count))
            let possible: [Ending] = [
                .done, .fault(.pending), .fault(.refused(.refundPending)),
                .fault(.refused(.exceeds(remaining: baht(300)))),
            ]
            #expect(endings.allSatisfy(possible.contains))
        }
    }

    @Test func `refunds of many payments at once share one balance`() async throws {
        try await Bench.with { bench in
            var payments: [Payment] = []
            for _ in 0..<20 { payments.append(try await bench.charge()) }
            bench.clock.passMidnight()
            try await bench.gateway.runDue()
            let all = payments
            _ = try await together(20) { index in try await bench.refund(all[index], 1100) }
            #expect(try await bench.available() == Balance(posted: 20 * 1070, held: 20 * 1070))
            bench.clock.passMidnight()
            try await bench.gateway.runDue()
            #expect(try await bench.books().isEmpty)
        }
    }

    @Test func `a refund whose answer was lost is asked after and stands`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.settled()
            try await bench.faults.order(.init(kind: .timeout, operation: .refund, code: nil, count: 1))
            #expect(try await bench.refund(payment, 300).refunds.map(\.state) == [.sent])
            #expect(try await bench.entries(of: payment).last == "refund 00 300")
        }
    }

    @Test func `a refund whose outcome nobody knows holds up the next until it falls due`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.settled()
            let gateway = bench.another(HookedAcquirer(bench.gateway.rails.acquirer, inquiry: { _ in .unknown }))
            try await bench.faults.order(.init(kind: .timeout, operation: .refund, code: nil, count: 1))
            let ending = await Ending.of {
                _ = try await gateway.refund(payment.id, of: .shop, amount: baht(300), reason: "")
            }
            #expect(ending == .fault(.pending))
            await expect(.fault(.refused(.refundPending))) { _ = try await bench.refund(payment, 1) }
            bench.clock.advance(seconds: 61)
            try await bench.gateway.runDue()
            #expect(try await bench.refunds(of: payment).map(\.state) == [.sent])
            #expect(try await bench.entries(of: payment).suffix(2) == ["capture 00 1100", "refund 00 300"])
        }
    }
}
