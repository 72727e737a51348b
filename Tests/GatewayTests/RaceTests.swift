import Gateway
import Payments
import Rails
import Store
import Testing

/// An acquirer that takes so long that the gateway has asked after the payment, and decided, before it answers.
@Suite struct RaceTests {
    /// A gateway whose acquirer, once the bank has done a request of this kind, takes a minute to say so.
    func slow(_ bench: Bench, _ kind: RailReference.Kind) -> Gateway {
        let acquirer = HookedAcquirer(
            bench.gateway.rails.acquirer,
            after: { reference in
                guard reference.kind == kind else { return }
                bench.clock.advance(seconds: 61)
                _ = try? await bench.gateway.runDue()
            })
        return bench.another(acquirer)
    }

    @Test func `a charge that was finished meanwhile is answered as it has become`() async throws {
        try await Bench.with { bench in
            let command = try bench.command(await bench.token())
            let ending = await Ending.of {
                let report = try await slow(bench, .authorize).charge(command)
                #expect(report.payment.state == .authorized)
            }
            #expect(ending == .done)
            let payment = try await bench.gateway.report(on: command.reference).payment
            #expect(payment.state == .authorized)
            #expect(try await bench.entries(of: payment) == ["authorize 00 1100"])
        }
    }

    @Test func `a charge that was reversed meanwhile is answered as reversed`() async throws {
        try await Bench.with { bench in
            let command = try bench.command(await bench.token(TestCard.silent[0]))
            let ending = await Ending.of {
                let report = try await slow(bench, .authorize).charge(command)
                #expect(report.payment.state == .reversed)
            }
            #expect(ending == .done)
            #expect(try await bench.gateway.report(on: command.reference).payment.state == .reversed)
        }
    }

    @Test func `a void that was finished meanwhile is answered as it has become`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge()
            let ending = await Ending.of {
                let report = try await slow(bench, .void).void(payment.id, of: .shop)
                #expect(report.payment.state == .voided)
            }
            #expect(ending == .done)
            #expect(try await bench.state(payment) == .voided)
        }
    }

    @Test func `a capture that was finished meanwhile is answered as it has become`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge()
            let ending = await Ending.of {
                let report = try await slow(bench, .capture).capture(payment.id, of: .shop, amount: baht(1100))
                #expect(report.payment.state == .captured)
            }
            #expect(ending == .done)
        }
    }

    @Test func `a refund that was finished meanwhile is answered as it has become`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.settled()
            let ending = await Ending.of {
                let report = try await slow(bench, .refund)
                    .refund(payment.id, of: .shop, amount: baht(100), reason: "")
                #expect(report.refunds.map(\.state) == [.sent])
            }
            #expect(ending == .done)
            #expect(try await bench.refunds(of: payment).map(\.state) == [.sent])
        }
    }

    @Test func `a challenged payment that was finished meanwhile is shown as it has become`() async throws {
        try await Bench.with { bench in
            let (_, secret) = try await bench.challenged()
            _ = try await bench.gateway.beginAuthentication(secret)
            let ending = await Ending.of {
                let view = try await slow(bench, .authorize).submitCode(Secret("123456"), secret)
                #expect(view.payment.state == .authorized)
            }
            #expect(ending == .done)
        }
    }
}
