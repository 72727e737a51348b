import Gateway
import Ledger
import Money
import Payments
import Rails
import Store
import TestSupport
import Testing

@Suite struct SettlementTests {
    @Test func `one run captures what was authorised and settles it, as of midnight`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge()
            bench.clock.passMidnight()
            try await bench.gateway.runDue()
            let settled = try await bench.payment(payment.id)
            #expect(settled.state == .settled)
            #expect(settled.settlement?.at == payment.created.nextBangkokMidnight)
            #expect(settled.settlement?.fee == baht(28) && settled.settlement?.vat == baht(2))
            #expect(settled.settlement?.net == baht(1070))
            #expect(try await bench.entries(of: payment) == ["authorize 00 1100", "capture 00 1100"])
            #expect(
                try await bench.books() == [
                    "clearing:card:THB": [-1100, 0], "available:shop:THB": [1070, 0], "fees:house:THB": [28, 0],
                    "vat:house:THB": [2, 0],
                ])
            #expect(try await bench.available() == Balance(posted: 1070))
            #expect(try await bench.told(of: payment) == ["authorized -", "capturing -", "captured -", "settled -"])
            #expect(try await bench.gateway.nextDue() == nil)
        }
    }

    @Test func `before midnight nothing is due, at midnight everything is`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge()
            bench.clock.set(Instant(microseconds: Instant.start.nextBangkokMidnight.microseconds - 50))
            #expect(try await bench.gateway.runDue() == 0)
            #expect(try await bench.state(payment) == .authorized)
            bench.clock.set(Instant.start.nextBangkokMidnight)
            #expect(try await bench.gateway.runDue() > 0)
            #expect(try await bench.state(payment) == .settled)
        }
    }

    @Test func `what was captured by hand is settled with its day, whatever the merchant id does by itself`()
        async throws
    {
        try await Bench.with { bench in
            let payment = try await bench.charge(mid: Mid.manual)
            _ = try await bench.gateway.capture(payment.id, of: .shop, amount: baht(1000))
            bench.clock.passMidnight()
            try await bench.gateway.runDue()
            #expect(try await bench.payment(payment.id).settlement?.gross == baht(1000))
        }
    }

    @Test func `a merchant id that does not capture by itself leaves an authorisation for another day`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge(mid: Mid.manual)
            for _ in 0..<3 {
                bench.clock.passMidnight()
                try await bench.gateway.runDue()
                #expect(try await bench.state(payment) == .authorized)
            }
            _ = try await bench.gateway.capture(payment.id, of: .shop, amount: baht(1100))
            let day = bench.clock.now()
            bench.clock.passMidnight()
            try await bench.gateway.runDue()
            #expect(try await bench.payment(payment.id).settlement?.at == day.nextBangkokMidnight)
        }
    }

    @Test func `a run that comes days late settles each payment with its own day`() async throws {
        try await Bench.with { bench in
            var payments: [Payment] = []
            for _ in 0..<3 {
                payments.append(try await bench.charge())
                bench.clock.advance(seconds: 86_400)
            }
            bench.clock.advance(seconds: 86_400 * 5)
            try await bench.gateway.runDue()
            for payment in payments {
                #expect(
                    try await bench.payment(payment.id).settlement?.at == payment.created.nextBangkokMidnight)
            }
        }
    }

    @Test func `hundreds of payments settle in one run, to the satang`() async throws {
        try await Bench.with { bench in
            _ = try await together(600) { index in try await bench.charge(TestCard.visa, baht(Int64(100 + index))) }
            bench.clock.passMidnight()
            try await bench.gateway.runDue()
            let payments = try await bench.payments()
            #expect(Set(payments.map(\.state)) == [.settled])
            let net = payments.reduce(0) { $0 + ($1.settlement?.net.minorUnits ?? 0) }
            #expect(try await bench.available() == Balance(posted: net))
            #expect(try await bench.books()["unsettled:shop:THB"] == nil)
        }
    }

    @Test func `two processes that run at once settle each payment once`() async throws {
        try await Bench.with { bench in
            _ = try await together(50) { _ in try await bench.charge() }
            bench.clock.passMidnight()
            _ = try await together(4) { _ in try await bench.another().runDue() }
            // What one of them put off because another was at it falls due again.
            bench.clock.advance(seconds: 120)
            try await bench.gateway.runDue()
            let payments = try await bench.payments()
            #expect(Set(payments.map(\.state)) == [.settled])
            for payment in payments {
                #expect(try await bench.entries(of: payment) == ["authorize 00 1100", "capture 00 1100"])
            }
            #expect(try await bench.available() == Balance(posted: 50 * 1070))
        }
    }

    @Test func `each merchant gets its own money, in each currency`() async throws {
        try await Bench.with { bench in
            try await bench.charge(TestCard.visa, Money(minorUnits: 10_000, .JPY))
            try await bench.charge(by: merchant(.rival))
            bench.clock.passMidnight()
            try await bench.gateway.runDue()
            let books = try await bench.books()
            #expect(books["available:shop:JPY"] == [9_732, 0] && books["fees:house:JPY"] == [250, 0])
            #expect(books["available:rival:THB"] == [1_070, 0])
            #expect(books["available:shop:THB"] == nil)
        }
    }

    @Test func `the rate of the day is kept with the settlement`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.settled(Money(minorUnits: 1_000, .USD))
            #expect(payment.settlement?.rate == (try ExchangeRate(parsing: "33.56")))
        }
    }
}
