import Gateway
import Payments
import Rails
import Store
import TestSupport
import Testing

@Suite struct VoidTests {
    @Test func `an authorisation that is voided sets nothing aside any more`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge()
            let report = try await bench.gateway.void(payment.id, of: .shop)
            #expect(report.payment.state == .voided && report.refusal == nil)
            #expect(try await bench.entries(of: payment) == ["authorize 00 1100", "void 00 1100"])
            #expect(try await bench.books().isEmpty)
            #expect(try await bench.told(of: payment) == ["authorized -", "voiding -", "voided -"])
            #expect(try await bench.gateway.nextDue() == nil)
        }
    }

    @Test func `what is not authorised cannot be voided`() async throws {
        try await Bench.with { bench in
            let declined = try await bench.charge(TestCard.declined[0].0)
            let captured = try await bench.charge()
            _ = try await bench.gateway.capture(captured.id, of: .shop, amount: baht(1100))
            let voided = try await bench.charge()
            _ = try await bench.gateway.void(voided.id, of: .shop)
            let challenged = try await bench.challenged().payment
            for (payment, state) in [
                (declined, PaymentState.declined), (captured, .captured), (voided, .voided),
                (challenged, .challenged),
            ] {
                let ending = await Ending.of { _ = try await bench.gateway.void(payment.id, of: .shop) }
                #expect(ending == .fault(.refused(.wrongState(state))))
                #expect(try await bench.state(payment) == state)
            }
        }
    }

    @Test func `another merchant's payment is not found`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge()
            for ending in [
                await Ending.of { _ = try await bench.gateway.void(payment.id, of: .rival) },
                await Ending.of { _ = try await bench.gateway.capture(payment.id, of: .rival, amount: baht(1)) },
                await Ending.of {
                    _ = try await bench.gateway.refund(payment.id, of: .rival, amount: baht(1), reason: "")
                },
                await Ending.of { _ = try await bench.gateway.void(ID(high: 1, low: 1), of: .shop) },
            ] {
                #expect(ending == .fault(.notFound))
            }
        }
    }

    @Test func `a void that the acquirer refuses leaves the payment as it was, to be voided again`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge()
            try await bench.faults.order(.init(kind: .decline, operation: .void, code: "12", count: 1))
            let refused = try await bench.gateway.void(payment.id, of: .shop)
            #expect(refused.payment.state == .authorized && refused.refusal == "12")
            #expect(refused.payment.failureCode == nil)
            #expect(try await bench.told(of: payment).last == "voidRefused 12")
            #expect(try await bench.books() == ["clearing:card:THB": [0, 1100]])
            #expect(try await bench.gateway.void(payment.id, of: .shop).payment.state == .voided)
            #expect(try await bench.entries(of: payment) == ["authorize 00 1100", "void 12 1100", "void 00 1100"])
        }
    }

    @Test func `a void whose answer was lost is asked after and stands`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge()
            try await bench.faults.order(.init(kind: .timeout, operation: .void, code: nil, count: 1))
            #expect(try await bench.gateway.void(payment.id, of: .shop).payment.state == .voided)
            #expect(try await bench.entries(of: payment) == ["authorize 00 1100", "void 00 1100"])
        }
    }

    @Test func `an acquirer that cannot be reached refuses with 91`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge()
            try await bench.faults.order(.init(kind: .unavailable, operation: .void, code: nil, count: 1))
            let refused = try await bench.gateway.void(payment.id, of: .shop)
            #expect(refused.payment.state == .authorized && refused.refusal == "91")
            #expect(try await bench.entries(of: payment) == ["authorize 00 1100"])
        }
    }

    @Test func `a void whose outcome nobody knows is pending until it falls due`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge()
            let deaf = HookedAcquirer(bench.gateway.rails.acquirer, inquiry: { _ in .unknown })
            try await bench.faults.order(.init(kind: .timeout, operation: .void, code: nil, count: 1))
            let gateway = bench.another(deaf)
            await expect(.fault(.pending)) { _ = try await gateway.void(payment.id, of: .shop) }
            #expect(try await bench.state(payment) == .voiding)
            await expect(.fault(.pending)) { _ = try await gateway.void(payment.id, of: .shop) }
            bench.clock.advance(seconds: 61)
            try await gateway.runDue()
            #expect(try await bench.state(payment) == .voiding)
            bench.clock.advance(seconds: 61)
            try await bench.gateway.runDue()
            #expect(try await bench.state(payment) == .voided)
            #expect(try await bench.entries(of: payment) == ["authorize 00 1100", "void 00 1100"])
        }
    }

    @Test func `of many voids at once one is done`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge()
            let endings = await together(30) { _ in
                await Ending.of { _ = try await bench.gateway.void(payment.id, of: .shop) }
            }
            #expect(endings.count(of: .done) == 1)
            let possible: [Ending] = [.done, .fault(.pending), .fault(.refused(.wrongState(.voided)))]
            #expect(endings.allSatisfy(possible.contains))
            #expect(try await bench.entries(of: payment).count == 2)
        }
    }

    @Test func `of a void and a capture at once exactly one is done`() async throws {
        try await Bench.with { bench in
            for _ in 0..<15 {
                let payment = try await bench.charge()
                let endings = await together(2) { index in
                    await Ending.of {
                        if index == 0 {
                            _ = try await bench.gateway.void(payment.id, of: .shop)
                        } else {
                            _ = try await bench.gateway.capture(payment.id, of: .shop, amount: baht(1100))
                        }
                    }
                }
                #expect(endings.count(of: .done) == 1)
                let state = try await bench.state(payment)
                #expect(state == (endings[0] == .done ? .voided : .captured))
                let kind = state == .voided ? "void" : "capture"
                #expect(try await bench.entries(of: payment) == ["authorize 00 1100", "\(kind) 00 1100"])
            }
        }
    }
}
