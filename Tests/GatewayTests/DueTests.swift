import Gateway
import Payments
import Rails
import Store
import Testing

@Suite struct DueTests {
    @Test func `a database that is away leaves everything for the next run`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge()
            bench.clock.passMidnight()
            bench.engine.refuse(.max)
            #expect(try await bench.gateway.runDue() == 0)
            bench.engine.refuse(0)
            try await bench.gateway.runDue()
            #expect(try await bench.state(payment) == .settled)
        }
    }

    /// A payment that can never be settled, because a transfer of its is there already, must not keep the run busy
    /// for ever, nor keep the others waiting.
    @Test func `an item that can never be done does not hold up the run`() async throws {
        try await Bench.with(verifies: false) { bench in
            let poison = try await bench.charge()
            let sound = try await bench.charge()
            let stray =
                "INSERT INTO transfers SELECT '\(poison.id.hex).settle', debit, credit, currency, 5, 'single', "
                + "NULL, NULL, created FROM transfers WHERE id = '\(poison.id.hex).hold'"
            try await bench.tamper(stray)
            bench.clock.passMidnight()
            bench.engine.stop(after: 200)
            try await bench.gateway.runDue()
            #expect(!bench.engine.hasStopped, "the run went round and round")
            #expect(try await bench.state(sound) == .settled)
        }
    }

    @Test func `a subject that is gone is forgotten`() async throws {
        try await Bench.with { bench in
            var changes = Changes(at: bench.clock.now())
            for subject in [
                Subject.payment(ID(high: 1, low: 1)), .refund(ID(high: 1, low: 2)), .token(ID(high: 1, low: 3)),
            ] {
                changes.add(.due(subject, .start))
            }
            try await bench.store.commit(changes)
            #expect(try await bench.gateway.runDue() == 3)
            #expect(try await bench.gateway.nextDue() == nil)
        }
    }

    @Test func `a finished payment that is still due is forgotten`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge(TestCard.declined[0].0)
            var changes = Changes(at: bench.clock.now())
            changes.add(.due(.payment(payment.id), .start))
            try await bench.store.commit(changes)
            try await bench.gateway.runDue()
            #expect(try await bench.gateway.nextDue() == nil)
            #expect(try await bench.payment(payment.id) == payment)
        }
    }

    /// The bank refuses the first reversal; asked again under the same name it would say the same again.
    @Test func `a reversal is sent until it is acknowledged`() async throws {
        try await Bench.with { bench in
            try await bench.faults.order(.init(kind: .decline, operation: .reverse, code: "96", count: 1))
            let payment = try await bench.charge(TestCard.silent[0])
            #expect(payment.state == .reversing)
            for _ in 0..<3 {
                bench.clock.advance(seconds: 61)
                try await bench.gateway.runDue()
            }
            #expect(try await bench.state(payment) == .reversed)
            #expect(try await bench.entries(of: payment).last == "reverse 00 1100")
        }
    }

    @Test(arguments: [SandboxFaults.Kind.timeout, .unavailable])
    func `a reversal that is not answered is sent again`(fault: SandboxFaults.Kind) async throws {
        try await Bench.with { bench in
            try await bench.faults.order(.init(kind: fault, operation: .reverse, code: nil, count: 2))
            let payment = try await bench.charge(TestCard.silent[0])
            #expect(payment.state == .reversing && payment.failureCode == "500")
            bench.clock.advance(seconds: 61)
            try await bench.gateway.runDue()
            #expect(try await bench.state(payment) == .reversing)
            bench.clock.advance(seconds: 61)
            try await bench.gateway.runDue()
            #expect(try await bench.state(payment) == .reversed)
            #expect(try await bench.entries(of: payment) == ["authorize 00 1100", "reverse 00 1100"])
        }
    }
}
