import Gateway
import Payments
import Rails
import Store
import Testing

/// Misbehaviour of the acquirer at authorisation; see the void, capture and refund tests for theirs.
@Suite struct FaultTests {
    @Test func `an authorisation without an answer is reversed`() async throws {
        try await Bench.with { bench in
            try await bench.faults.order(.init(kind: .timeout, operation: .authorize, code: nil, count: 1))
            let payment = try await bench.charge()
            #expect(payment.state == .reversed && payment.failureCode == "500")
            #expect(try await bench.entries(of: payment) == ["authorize 00 1100", "reverse 00 1100"])
            #expect(try await bench.charge().state == .authorized)
        }
    }

    @Test(arguments: ["01", "14", "91", "96", "OBVAL"])
    func `an ordered decline ends the payment with its code`(code: String) async throws {
        try await Bench.with { bench in
            try await bench.faults.order(.init(kind: .decline, operation: .authorize, code: code, count: 2))
            for _ in 0..<2 {
                let payment = try await bench.charge()
                #expect(payment.state == .declined && payment.failureCode == code)
            }
            #expect(try await bench.charge().state == .authorized)
        }
    }

    @Test func `an acquirer that cannot be reached declines with 91 and knows of nothing`() async throws {
        try await Bench.with { bench in
            try await bench.faults.order(.init(kind: .unavailable, operation: nil, code: nil, count: 1))
            let payment = try await bench.charge()
            #expect(payment.state == .declined && payment.failureCode == "91")
            #expect(try await bench.entries(of: payment).isEmpty)
        }
    }

    @Test func `a fault without an operation is for whatever comes next, a named one waits for its own`() async throws {
        try await Bench.with { bench in
            try await bench.faults.order(.init(kind: .decline, operation: .void, code: "12", count: 1))
            try await bench.faults.order(.init(kind: .decline, operation: nil, code: "96", count: 1))
            #expect(try await bench.charge().failureCode == "96")
            let payment = try await bench.charge()
            #expect(try await bench.gateway.void(payment.id, of: .shop).refusal == "12")
            try await bench.faults.order(.init(kind: .decline, operation: nil, code: nil, count: 5))
            try await bench.faults.clear()
            #expect(try await bench.charge().state == .authorized)
        }
    }

    /// Its answer was lost on the way, but the bank can be asked.
    @Test(arguments: [(TestCard.visa, PaymentState.authorized), (TestCard.declined[0].0, .declined)])
    func `a lost answer that the bank can repeat is not reversed`(card: String, state: PaymentState) async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge(card, through: bench.another(Forgetful(bench.gateway.rails.acquirer)))
            #expect(payment.state == state)
            #expect(try await bench.entries(of: payment).count == 1)
        }
    }
}

/// An acquirer whose answers to authorisations are all lost.
private struct Forgetful: CardAcquirer {
    let inner: any CardAcquirer
    var capabilities: CardAcquirerCapabilities { inner.capabilities }

    init(_ inner: any CardAcquirer) { self.inner = inner }

    func authorize(_ request: AuthorizationRequest) async -> RailOutcome<RailApproval> {
        _ = await inner.authorize(request)
        return .unknown(reason: "lost")
    }

    func perform(_ request: FollowUpRequest) async -> RailOutcome<RailApproval> { await inner.perform(request) }
    func inquire(_ reference: RailReference) async -> RailInquiry { await inner.inquire(reference) }
}
