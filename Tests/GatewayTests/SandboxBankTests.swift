import Gateway
import Money
import Payments
import Rails
import Testing

@Suite struct SandboxBankTests {
    func request(
        _ kind: RailReference.Kind, _ satang: Int64 = 1100, of id: ID<Payment> = ID(high: 1, low: 1),
        attempt: String = "1"
    ) -> FollowUpRequest {
        FollowUpRequest(
            reference: RailReference(kind, of: id, attempt: attempt), acceptor: Mid.direct, amount: baht(satang))
    }

    func authorization(_ satang: Int64 = 1100, of id: ID<Payment> = ID(high: 1, low: 1)) -> AuthorizationRequest {
        AuthorizationRequest(
            reference: RailReference(.authorize, of: id), acceptor: Mid.direct, amount: baht(satang),
            card: presented(TestCard.visa), authentication: nil)
    }

    func code(_ outcome: RailOutcome<RailApproval>) -> String {
        switch outcome {
        case .approved: "00"
        case .declined(let code): code
        case .unknown: "?"
        }
    }

    @Test func `the same request again gets the same answer and is one line in the books`() async throws {
        try await Bench.with { bench in
            let bank = bench.gateway.rails.acquirer
            var approvals: Set<String> = []
            for _ in 0..<3 {
                guard case .approved(let approval) = await bank.authorize(authorization()) else {
                    Issue.record("declined")
                    return
                }
                approvals.insert(approval.code)
            }
            #expect(approvals.count == 1)
            let entries = try await bench.bank.entries(of: ID(high: 1, low: 1))
            #expect(entries.count == 1)
        }
    }

    /// What the bank was asked before, what it is asked now, and what it says.
    static let rules: [(String, [(RailReference.Kind, Int64)], RailReference.Kind, Int64, String)] = [
        ("a void of nothing", [], .void, 1100, "25"), ("a capture of nothing", [], .capture, 1100, "25"),
        ("a refund of nothing", [], .refund, 1100, "25"), ("a reversal of nothing", [], .reverse, 1100, "00"),
        ("a void", [(.authorize, 1100)], .void, 1100, "00"),
        ("a void of what is captured", [(.authorize, 1100), (.capture, 1100)], .void, 1100, "25"),
        ("a capture of a part", [(.authorize, 1100)], .capture, 1, "00"),
        ("a capture of more", [(.authorize, 1100)], .capture, 1101, "25"),
        ("a second capture", [(.authorize, 1100), (.capture, 100)], .capture, 100, "25"),
        ("a capture of what is void", [(.authorize, 1100), (.void, 1100)], .capture, 1100, "25"),
        ("a capture of what is reversed", [(.authorize, 1100), (.reverse, 1100)], .capture, 1100, "25"),
        ("a refund of what is not captured", [(.authorize, 1100)], .refund, 1, "25"),
        ("a refund", [(.authorize, 1100), (.capture, 500)], .refund, 500, "00"),
        ("a refund of more", [(.authorize, 1100), (.capture, 500)], .refund, 501, "25"),
        ("a refund of the rest", [(.authorize, 1100), (.capture, 500), (.refund, 400)], .refund, 100, "00"),
        ("a refund of more than the rest", [(.authorize, 1100), (.capture, 500), (.refund, 400)], .refund, 101, "25"),
    ]

    @Test(arguments: rules)
    func `the bank goes by its own books`(
        what: String, before: [(RailReference.Kind, Int64)], kind: RailReference.Kind, satang: Int64, expected: String
    ) async throws {
        try await Bench.with { bench in
            let bank = bench.gateway.rails.acquirer
            for (kind, satang) in before {
                if kind == .authorize {
                    #expect(code(await bank.authorize(authorization(satang))) == "00")
                } else {
                    #expect(code(await bank.perform(request(kind, satang))) == "00")
                }
            }
            #expect(code(await bank.perform(request(kind, satang, attempt: "2"))) == expected)
        }
    }

    @Test func `an authorisation that its reversal has overtaken is refused`() async throws {
        try await Bench.with { bench in
            let bank = bench.gateway.rails.acquirer
            #expect(code(await bank.perform(request(.reverse))) == "00")
            #expect(code(await bank.authorize(authorization())) == "68")
        }
    }

    @Test func `the bank can be asked what became of a request, but not of one it never answered`() async throws {
        try await Bench.with { bench in
            let bank = bench.gateway.rails.acquirer
            let reference = RailReference(.authorize, of: ID<Payment>(high: 1, low: 1))
            guard case .notFound = await bank.inquire(reference) else {
                Issue.record("found")
                return
            }
            try await bench.faults.order(.init(kind: .timeout, operation: .authorize, code: nil, count: 1))
            #expect(code(await bank.authorize(authorization())) == "?")
            guard case .unknown = await bank.inquire(reference) else {
                Issue.record("known")
                return
            }
        }
    }

    @Test func `every listed card is taken, whatever its check digit`() {
        let cards = TestCards()
        let listed = TestCard.declined.map(\.0) + TestCard.silent + [TestCard.visa, "9100009764000010"]
        for number in listed { #expect(cards.accepts(CardNumber(number)!)) }
        #expect(!cards.accepts(CardNumber("4242424242424242")!))
        #expect(cards.issuer(of: CardNumber(TestCard.visa)!) == "Kasikornbank Public Company Limited")
        #expect(cards.issuer(of: CardNumber("4242424242424242")!) == nil)
    }

    @Test func `every currency but the baht has a rate of its own`() {
        let rates = SandboxRates()
        #expect(rates.baht(per: .THB) == .one)
        for currency in Currency.allCases where currency != .THB { #expect(rates.baht(per: currency) != .one) }
    }

    @Test func `the books are the bank's own, and stay when it is opened again`() async throws {
        try await Bench.with { bench in
            let payment = try await bench.charge()
            let again = try SandboxBank(path: bench.folder + "/banks.sqlite")
            #expect(try await again.entries(of: payment.id) == bench.bank.entries(of: payment.id))
            try await bench.bank.reset()
            #expect(try await again.entries(of: payment.id).isEmpty)
            try again.close()
        }
    }
}
