import Gateway
import Money
import Payments
import Rails
import Store
import Testing

@Suite struct CaptureTests {
    @Test func `a capture moves the money to what is not settled yet`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge()
            let report = try await bench.gateway.capture(payment.id, of: .shop, amount: baht(1100))
            #expect(report.payment.state == .captured && report.payment.captured == baht(1100))
            #expect(try await bench.entries(of: payment) == ["authorize 00 1100", "capture 00 1100"])
            #expect(try await bench.books() == ["clearing:card:THB": [-1100, 0], "unsettled:shop:THB": [1100, 0]])
        }
    }

    @Test func `a part can be captured, and the rest is free`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge()
            _ = try await bench.gateway.capture(payment.id, of: .shop, amount: baht(400))
            #expect(try await bench.entries(of: payment) == ["authorize 00 1100", "capture 00 400"])
            #expect(try await bench.books() == ["clearing:card:THB": [-400, 0], "unsettled:shop:THB": [400, 0]])
            let again = await Ending.of {
                _ = try await bench.gateway.capture(payment.id, of: .shop, amount: baht(700))
            }
            #expect(again == .fault(.refused(.wrongState(.captured))))
            bench.clock.passMidnight()
            try await bench.gateway.runDue()
            #expect(try await bench.payment(payment.id).settlement?.gross == baht(400))
        }
    }

    @Test func `an amount that cannot be captured leaves the payment as it was`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge()
            let faults: [(Money, PaymentFault)] = [
                (baht(0), .amountNotPositive), (baht(-1), .amountNotPositive),
                (baht(1101), .exceeds(remaining: baht(1100))), (Money(minorUnits: 1, .USD), .currencyMismatch),
            ]
            for (amount, fault) in faults {
                let ending = await Ending.of {
                    _ = try await bench.gateway.capture(payment.id, of: .shop, amount: amount)
                }
                #expect(ending == .fault(.refused(fault)))
            }
            #expect(try await bench.payment(payment.id) == payment)
            #expect(try await bench.entries(of: payment).count == 1)
        }
    }

    /// Asked for a part, such an acquirer would take the whole, or refuse and leave the merchant to guess.
    @Test func `an acquirer that captures only the whole is not asked for a part`() async throws {
        try await Bench.with { bench in
            let inner = bench.gateway.rails.acquirer
            let whole = HookedAcquirer(
                inner,
                capabilities: CardAcquirerCapabilities(
                    brands: inner.capabilities.brands, currencies: inner.capabilities.currencies,
                    capturesPartly: false))
            let gateway = bench.another(whole)
            let payment = try await bench.charge(through: gateway)
            let ending = await Ending.of { _ = try await gateway.capture(payment.id, of: .shop, amount: baht(400)) }
            #expect(ending != .done)
            #expect(try await bench.state(payment) == .authorized)
            #expect(try await gateway.capture(payment.id, of: .shop, amount: baht(1100)).payment.state == .captured)
        }
    }

    @Test func `a capture that the acquirer refuses leaves the payment as it was, to be captured again`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge()
            try await bench.faults.order(.init(kind: .decline, operation: .capture, code: "05", count: 1))
            let refused = try await bench.gateway.capture(payment.id, of: .shop, amount: baht(400))
            #expect(refused.payment.state == .authorized && refused.refusal == "05")
            #expect(refused.payment.captured == nil)
            let taken = try await bench.gateway.capture(payment.id, of: .shop, amount: baht(500))
            #expect(taken.payment.captured == baht(500))
        }
    }

    @Test func `a capture whose answer was lost is asked after and stands`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge()
            try await bench.faults.order(.init(kind: .timeout, operation: .capture, code: nil, count: 1))
            let report = try await bench.gateway.capture(payment.id, of: .shop, amount: baht(300))
            #expect(report.payment.state == .captured && report.payment.captured == baht(300))
            #expect(try await bench.entries(of: payment) == ["authorize 00 1100", "capture 00 300"])
        }
    }

    @Test func `a captured payment cannot be captured, and a challenged one neither`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.challenged().payment
            let ending = await Ending.of {
                _ = try await bench.gateway.capture(payment.id, of: .shop, amount: baht(1100))
            }
            #expect(ending == .fault(.refused(.wrongState(.challenged))))
        }
    }
}
