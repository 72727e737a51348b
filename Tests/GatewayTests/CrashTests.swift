import Gateway
import Payments
import Rails
import Store
import TestSupport
import Testing

/// A process that ends while it waits for the acquirer, and one that starts after it. Whatever the bank had done by
/// then, both books must tell the same story in the end.
@Suite struct CrashTests {
    /// Runs `body` on a process that ends in its first request of this kind, and starts another.
    func crash(
        _ bench: Bench, _ moment: Moment, _ kind: RailReference.Kind,
        _ body: @escaping @Sendable (Gateway) async throws -> Void
    ) async throws {
        let lost = Door()
        let dying = bench.dying(moment, kind, lost: lost)
        Task { try await body(dying) }
        await lost.visited()
        try await bench.another().takeOver()
    }

    @Test(arguments: Moment.allCases)
    func `an authorisation is found at the bank, or reversed there`(moment: Moment) async throws {
        try await Bench.with { bench in
            let command = try bench.command(await bench.token())
            try await crash(bench, moment, .authorize) { _ = try await $0.charge(command) }
            let payment = try await bench.gateway.report(on: command.reference).payment
            switch moment {
            case .before:
                #expect(payment.state == .reversed && payment.failureCode == "600")
                #expect(try await bench.entries(of: payment) == ["reverse 00 1100"])
                #expect(try await bench.books().isEmpty)
            case .after:
                #expect(payment.state == .authorized && payment.approvalCode?.count == 6)
                #expect(try await bench.entries(of: payment) == ["authorize 00 1100"])
                #expect(try await bench.books() == ["clearing:card:THB": [0, 1100]])
            }
        }
    }

    @Test func `an authorisation that arrives after its reversal is refused by the bank`() async throws {
        try await Bench.with { bench in
            let command = try bench.command(await bench.token())
            let (reached, goOn) = (Door(), Door())
            let late = HookedAcquirer(bench.gateway.rails.acquirer) { reference in
                guard reference.kind == .authorize else { return }
                Task { await reached.pass() }
                await goOn.pass()
            }
            let slow = bench.another(late)
            let charging = Task { try await slow.charge(command) }
            await reached.visited()
            try await bench.another().takeOver()
            goOn.open()
            _ = try? await charging.value
            let payment = try await bench.gateway.report(on: command.reference).payment
            #expect(payment.state == .reversed)
            #expect(try await bench.entries(of: payment) == ["reverse 00 1100", "authorize 68 1100"])
        }
    }

    @Test func `a declined authorisation is found as declined`() async throws {
        try await Bench.with { bench in
            let command = try bench.command(await bench.token(TestCard.declined[3].0))
            try await crash(bench, .after, .authorize) { _ = try await $0.charge(command) }
            let payment = try await bench.gateway.report(on: command.reference).payment
            #expect(payment.state == .declined && payment.failureCode == "05")
        }
    }

    @Test func `an authorisation that the bank cannot speak of is reversed`() async throws {
        try await Bench.with { bench in
            let command = try bench.command(await bench.token(TestCard.silent[0]))
            try await crash(bench, .after, .authorize) { _ = try await $0.charge(command) }
            let payment = try await bench.gateway.report(on: command.reference).payment
            #expect(payment.state == .reversed && payment.failureCode == "600")
            #expect(try await bench.entries(of: payment) == ["authorize 00 1100", "reverse 00 1100"])
        }
    }

    @Test(arguments: Moment.allCases)
    func `an authorisation after a challenge ends like any other`(moment: Moment) async throws {
        try await Bench.with { bench in
            let (payment, secret) = try await bench.challenged()
            _ = try await bench.gateway.beginAuthentication(secret)
            try await crash(bench, moment, .authorize) { _ = try await $0.submitCode(Secret("123456"), secret) }
            #expect(try await bench.state(payment) == (moment == .before ? .reversed : .authorized))
            #expect(try await bench.challengeCards() == 0)
        }
    }

    @Test(arguments: Moment.allCases)
    func `a reversal is sent again`(moment: Moment) async throws {
        try await Bench.with { bench in
            let command = try bench.command(await bench.token(TestCard.silent[1]))
            try await crash(bench, moment, .reverse) { _ = try await $0.charge(command) }
            let payment = try await bench.gateway.report(on: command.reference).payment
            #expect(payment.state == .reversed && payment.failureCode == "500")
            #expect(try await bench.entries(of: payment) == ["authorize 00 1100", "reverse 00 1100"])
        }
    }

    @Test(arguments: Moment.allCases)
    func `a void is carried out once`(moment: Moment) async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge()
            try await crash(bench, moment, .void) { _ = try await $0.void(payment.id, of: .shop) }
            #expect(try await bench.state(payment) == .voided)
            #expect(try await bench.entries(of: payment) == ["authorize 00 1100", "void 00 1100"])
            #expect(try await bench.books().isEmpty)
        }
    }

    @Test(arguments: Moment.allCases)
    func `a capture is carried out once, of the amount that was asked for`(moment: Moment) async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge()
            try await crash(bench, moment, .capture) {
                _ = try await $0.capture(payment.id, of: .shop, amount: baht(700))
            }
            #expect(try await bench.payment(payment.id).captured == baht(700))
            #expect(try await bench.entries(of: payment) == ["authorize 00 1100", "capture 00 700"])
        }
    }

    @Test(arguments: Moment.allCases)
    func `a refund is carried out once`(moment: Moment) async throws {
        try await Bench.with { bench in
            let payment = try await bench.settled()
            try await crash(bench, moment, .refund) {
                _ = try await $0.refund(payment.id, of: .shop, amount: baht(300), reason: "")
            }
            #expect(try await bench.refunds(of: payment).map(\.state) == [.sent])
            #expect(try await bench.entries(of: payment).suffix(2) == ["capture 00 1100", "refund 00 300"])
        }
    }

    @Test(arguments: [RailReference.Kind.void, .capture, .refund])
    func `what the bank refused before the crash is refused after it`(kind: RailReference.Kind) async throws {
        try await Bench.with { bench in
            let payment = kind == .refund ? try await bench.settled() : try await bench.charge()
            try await bench.faults.order(.init(kind: .decline, operation: .init(kind), code: "05", count: 1))
            try await crash(bench, .after, kind) { gateway in
                switch kind {
                case .void: _ = try await gateway.void(payment.id, of: .shop)
                case .capture: _ = try await gateway.capture(payment.id, of: .shop, amount: baht(700))
                default: _ = try await gateway.refund(payment.id, of: .shop, amount: baht(300), reason: "")
                }
            }
            let after = try await bench.payment(payment.id)
            #expect(after.state == payment.state && after.captured == payment.captured)
            let refunds = try await bench.refunds(of: payment)
            #expect(refunds.map(\.state) == (kind == .refund ? [.refused] : []))
            #expect(refunds.map(\.errorCode) == (kind == .refund ? ["05"] : []))
            #expect(try await bench.books()["clearing:card:THB"] == (kind == .refund ? [-1100, 0] : [0, 1100]))
        }
    }

    @Test func `a process that ends while it recovers is followed by one that finishes`() async throws {
        try await Bench.with { bench in
            let command = try bench.command(await bench.token())
            let lost = Door()
            let dying = bench.dying(.before, .authorize, lost: lost)
            Task { try await dying.charge(command) }
            await lost.visited()
            try await crash(bench, .after, .reverse) { try await $0.takeOver() }
            let payment = try await bench.gateway.report(on: command.reference).payment
            #expect(payment.state == .reversed)
            #expect(try await bench.entries(of: payment) == ["reverse 00 1100"])
        }
    }

    @Test func `what waits for its payer, or for midnight, is left alone`() async throws {
        try await Bench.with { bench in
            let waiting = try await bench.challenged().payment
            let authorized = try await bench.charge()
            bench.clock.set(Instant.start.nextBangkokMidnight.adding(seconds: -30))
            let late = try await bench.challenged().payment
            try await bench.another().takeOver()
            #expect(try await bench.payment(waiting.id) == waiting)
            #expect(try await bench.payment(authorized.id) == authorized)
            #expect(try await bench.payment(late.id) == late)
        }
    }
}
