import Gateway
import Payments
import Rails
import Store
import TestSupport
import Testing

/// Push rails that do not answer, and processes that end while they wait for one.
@Suite struct InvitationCrashTests {
    private func crash(
        _ bench: Bench, _ moment: Moment, _ kind: RailReference.Kind,
        _ body: @escaping @Sendable (Gateway) async throws -> Void
    ) async throws {
        let lost = Door()
        let dying = bench.dyingPush(moment, kind, lost: lost)
        Task { try await body(dying) }
        await lost.visited()
        try await bench.another().takeOver()
    }

    @Test(arguments: Moment.allCases)
    func `an invitation that nobody was shown is taken back`(moment: Moment) async throws {
        try await Bench.with { bench in
            let command = try bench.invitation()
            try await crash(bench, moment, .present) { _ = try await $0.present(command) }
            let payment = try await bench.gateway.report(on: command.reference).payment
            #expect(payment.state == .cancelled && payment.failureCode == "500")
            #expect(try await bench.payer.pay(payment.id) == (moment == .before ? .notFound : .cancelled))
        }
    }

    @Test(arguments: Moment.allCases)
    func `a cancellation goes on in another process`(moment: Moment) async throws {
        try await Bench.with { bench in
            let payment = try await bench.invited()
            try await crash(bench, moment, .cancel) { _ = try await $0.cancel(payment.id, of: .shop) }
            #expect(try await bench.state(payment) == .cancelled)
            #expect(try await bench.entries(of: payment).count(of: "cancel 00 1100") == 1)
        }
    }

    @Test(arguments: Moment.allCases)
    func `a void goes on in another process, once at the bank`(moment: Moment) async throws {
        try await Bench.with { bench in
            let payment = try await bench.pays(try await bench.invited())
            try await crash(bench, moment, .void) { _ = try await $0.void(payment.id, of: .shop) }
            #expect(try await bench.state(payment) == .voided)
            #expect(try await bench.entries(of: payment).count(of: "void 00 1100") == 1)
        }
    }

    @Test func `money that arrives while a cancellation is cut off wins`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.invited()
            let lost = Door()
            let dying = bench.dyingPush(.before, .cancel, lost: lost)
            Task { try await dying.cancel(payment.id, of: .shop) }
            await lost.visited()
            #expect(try await bench.state(payment) == .cancelling)
            try await bench.paysSilently(payment)
            try await bench.another().takeOver()
            #expect(try await bench.state(payment) == .authorized)
        }
    }

    @Test func `a presentation that is not answered shows later what was made`() async throws {
        try await Bench.with { bench in
            let silent = bench.another(push: HookedPush(bench.push, isSilent: { $0 == .present }))
            let order = try await bench.order(reference: bench.reference("R-of-order"))
            let command = try bench.invitation(order, reference: bench.reference("R-of-order"))
            let first = try await silent.present(command).payment
            #expect(first.state == .presenting)
            // A name of its own would name nothing: the order has this attempt.
            let other = try bench.invitation(order)
            await expect(.fault(.order(.underWay(first.id)))) { _ = try await bench.gateway.present(other) }
            let payment = try await bench.gateway.present(command).payment
            #expect(payment.state == .presented)
            #expect(try await bench.payments().count == 1)
            #expect(try await bench.pays(payment).state == .authorized)
        }
    }

    @Test func `a rail that answers nothing leaves everything open, and is asked again`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.invited()
            let silent = bench.another(push: HookedPush(bench.push, isSilent: { _ in true }))
            await expect(.fault(.pending)) { _ = try await silent.cancel(payment.id, of: .shop) }
            #expect(try await bench.state(payment) == .cancelling)
            await expect(.fault(.pending)) { _ = try await bench.gateway.cancel(payment.id, of: .shop) }
            bench.clock.advance(seconds: 61)
            try await silent.runDue()
            #expect(try await bench.state(payment) == .cancelling)
            bench.clock.advance(seconds: 61)
            try await bench.gateway.takeOver()
            bench.clock.advance(seconds: 61)
            try await silent.runDue()
            let report = try await bench.gateway.report(on: payment.id, of: .shop, dialect: FakeDialect.id)
            #expect(report.payment.state == .cancelled)
        }
    }

    @Test func `a refused cancellation leaves the invitation open`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.invited()
            try await bench.faults.order(
                SandboxFaults.Fault(rail: .qr, kind: .decline, operation: .cancel, code: "EMIU", count: 1))
            let report = try await bench.gateway.cancel(payment.id, of: .shop)
            #expect(report.payment.state == .presented && report.refusal == "EMIU")
            #expect(try await bench.pays(payment).state == .authorized)
        }
    }

    @Test func `a refusal after a lost answer is not believed: the bank has made the invitation`() async throws {
        try await Bench.with { bench in
            for kind in [SandboxFaults.Kind.timeout, .unavailable] {
                try await bench.faults.order(
                    SandboxFaults.Fault(rail: .qr, kind: kind, operation: .present, code: nil, count: 1))
            }
            let order = try await bench.order(reference: bench.reference("R-of-order"))
            let command = try bench.invitation(order, reference: bench.reference("R-of-order"))
            let payment = try await bench.gateway.present(command).payment
            #expect(payment.state == .presenting)
            // Whoever asks for the order's QR again gets the same one.
            let again = try await bench.gateway.present(command).payment
            #expect(again.id == payment.id && again.state == .presented && again.payload != nil)
            #expect(try await bench.pays(again).state == .authorized)
            #expect(try await bench.order(order.id).isPaid)
        }
    }

    @Test func `what nobody was shown does not stand open when the bank refuses to take it back`() async throws {
        try await Bench.with { bench in
            try await bench.faults.order(
                SandboxFaults.Fault(rail: .qr, kind: .timeout, operation: .present, code: nil, count: 2))
            let payment = try await bench.gateway.present(try bench.invitation()).payment
            #expect(payment.state == .presenting)
            try await bench.faults.order(
                SandboxFaults.Fault(rail: .qr, kind: .decline, operation: .cancel, code: "EMIU", count: 1))
            for _ in 0..<4 {
                bench.clock.advance(seconds: 61)
                try await bench.gateway.runDue()
            }
            #expect(try await bench.state(payment) == .cancelled)
            #expect(try await bench.books().isEmpty)
        }
    }
}
