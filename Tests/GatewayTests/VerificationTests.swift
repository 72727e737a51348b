import Gateway
import Money
import Payments
import Rails
import Store
import Testing

/// Charges that only show that a card is its holder's.
@Suite struct VerificationTests {
    private func challenged(_ bench: Bench, _ card: String = TestCard.visa) async throws -> (Payment, Secret<String>) {
        var terms = RequestedTerms()
        terms.isVerification = true
        let command = try bench.command(.token(await bench.token(card)), 100, mid: Mid.secure, terms: terms)
        let report = try await bench.gateway.charge(command)
        return (report.payment, Secret(try #require(report.challengeSecret)))
    }

    private func authenticate(_ gateway: Gateway, _ secret: Secret<String>) async throws {
        _ = try await gateway.beginAuthentication(secret)
        _ = try await gateway.submitCode(Secret("123456"), secret)
    }

    @Test func `it is voided in the same breath`() async throws {
        try await Bench.with { bench in
            let (payment, secret) = try await challenged(bench)
            try await authenticate(bench.gateway, secret)
            #expect(try await bench.state(payment) == .voided)
            #expect(try await bench.entries(of: payment) == ["authorize 00 100", "void 00 100"])
            #expect(try await bench.books().isEmpty)
            bench.clock.passMidnight()
            try await bench.gateway.runDue()
            #expect(try await bench.state(payment) == .voided)
        }
    }

    @Test(arguments: Moment.allCases, [RailReference.Kind.authorize, .void])
    func `a process that ends between approval and void leaves the void to the next`(
        moment: Moment, kind: RailReference.Kind
    ) async throws {
        try await Bench.with { bench in
            let (payment, secret) = try await challenged(bench)
            try await CrashTests().crash(bench, moment, kind) { gateway in
                _ = try await gateway.beginAuthentication(secret)
                _ = try await gateway.submitCode(Secret("123456"), secret)
            }
            let isReversed = moment == .before && kind == .authorize
            #expect(try await bench.state(payment) == (isReversed ? .reversed : .voided))
            #expect(try await bench.books().isEmpty)
        }
    }

    @Test(arguments: 0..<4)
    func `a database that refuses one commit does not leave the approval standing`(commit: Int) async throws {
        try await Bench.with { bench in
            let (payment, secret) = try await challenged(bench)
            _ = try await bench.gateway.beginAuthentication(secret)
            bench.engine.refuse(1, after: commit)
            _ = try? await bench.gateway.submitCode(Secret("123456"), secret)
            for _ in 0..<3 {
                bench.clock.advance(seconds: 61)
                try await bench.gateway.runDue()
            }
            let state = try await bench.state(payment)
            #expect(commit == 0 ? state == .authenticating : state == .voided)
        }
    }

    @Test func `a void whose answer is lost is asked after and stands`() async throws {
        try await Bench.with { bench in
            let (payment, secret) = try await challenged(bench)
            try await bench.faults.order(.init(kind: .timeout, operation: .void, code: nil, count: 1))
            try await authenticate(bench.gateway, secret)
            #expect(try await bench.state(payment) == .voided)
            #expect(try await bench.entries(of: payment) == ["authorize 00 100", "void 00 100"])
            #expect(try await bench.books().isEmpty)
        }
    }

    @Test func `a void that the acquirer refuses is tried again at the cut-off, and nothing is captured`() async throws
    {
        try await Bench.with { bench in
            let (payment, secret) = try await challenged(bench)
            try await bench.faults.order(.init(kind: .decline, operation: .void, code: "05", count: 1))
            try await authenticate(bench.gateway, secret)
            #expect(try await bench.state(payment) == .authorized)
            bench.clock.passMidnight()
            try await bench.gateway.runDue()
            #expect(try await bench.state(payment) == .voided)
            #expect(try await bench.books().isEmpty)
        }
    }

    @Test func `it gives back what it took of the day`() async throws {
        try await Bench.with { bench in
            try await bench.put(merchant(limits: Limits(countPerDay: 1)))
            let (_, secret) = try await challenged(bench)
            try await authenticate(bench.gateway, secret)
            #expect(try await bench.charge().state == .authorized)
        }
    }

    @Test func `a foreign card, and a merchant id without authentication, are refused`() async throws {
        try await Bench.with { bench in
            var terms = RequestedTerms()
            terms.isVerification = true
            let foreign = try bench.command(
                .token(await bench.token("5372074248113841")), 100, mid: Mid.secure, terms: terms)
            let direct = try bench.command(.token(await bench.token()), 100, terms: terms)
            let first = await bench.fault { _ = try await bench.gateway.charge(foreign) }
            let second = await bench.fault { _ = try await bench.gateway.charge(direct) }
            #expect(first == .cardForeign && second == .verificationNotAllowed)
        }
    }
}
