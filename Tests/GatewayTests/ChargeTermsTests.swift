import Gateway
import Money
import Payments
import Rails
import Store
import Synchronization
import Testing

/// Rates that the test moves.
final class MovingRates: RateSource {
    private let dollar = Mutex(ExchangeRate.one)

    init(_ dollar: String) throws { try move(dollar) }

    func move(_ text: String) throws {
        let rate = try ExchangeRate(parsing: text)
        dollar.withLock { $0 = rate }
    }

    func baht(per currency: Currency) -> ExchangeRate { currency == .USD ? dollar.withLock { $0 } : .one }
}

/// Terms between the gateway, the bank and the books.
@Suite struct ChargeTermsTests {
    private static let dollars = "5372074248113841"

    private static func acceptor(
        _ mid: String, _ product: Acceptor.Product, authenticated: Bool = false,
        instalments: InstalmentOffers? = nil, fee: ConvenienceFee? = nil
    ) -> Acceptor {
        Acceptor(
            mid: mid, product: product, requiresAuthentication: authenticated, currencies: [.THB],
            brands: [.visa, .mastercard], fees: sampleFees, instalments: instalments, convenienceFee: fee)
    }

    /// A merchant with an id for each kind of terms, on a gateway whose rates move.
    private static func with(
        _ body: (Bench, Gateway, Merchant, MovingRates) async throws -> Void
    ) async throws {
        try await Bench.with { bench in
            var shop = merchant()
            let fee = ConvenienceFee(rate: Rate(partsPerMillion: 250_000), vat: Rate(partsPerMillion: 70_000))
            let scheme = InstalmentOffers.Scheme(
                id: "0001", interest: .supplier, terms: [10], merchantRate: nil)
            shop.acceptors += [
                acceptor("dcc", .currencyConversion), acceptor("dcc3ds", .currencyConversion, authenticated: true),
                acceptor("fee", .fullPayment, fee: fee),
                acceptor("plans", .instalments, instalments: InstalmentOffers(schemes: [scheme], plans: [])),
            ]
            shop.campaigns = [
                Campaign(
                    id: "C", validFrom: .start, validTo: Instant.start.adding(seconds: 86_400), brands: [.visa])
            ]
            try await bench.put(shop)
            let rates = try MovingRates("33.56")
            let rails = bench.gateway.rails
            let gateway = Gateway(
                store: bench.store, vault: bench.vault, directory: bench.directory,
                rails: Rails(
                    acquirer: rails.acquirer, authenticator: rails.authenticator, cards: rails.cards, rates: rates),
                clock: bench.clock, entropy: bench.entropy, dialects: [FakeDialect()], logger: bench.gateway.logger)
            try await body(bench, gateway, shop, rates)
        }
    }

    private static func command(
        _ bench: Bench, _ shop: Merchant, _ mid: String, _ token: Secret<String>, amount: Money = baht(100_000),
        _ change: (inout RequestedTerms) -> Void = { _ in }
    ) throws -> ChargeCommand {
        var terms = RequestedTerms()
        change(&terms)
        return ChargeCommand(
            merchant: shop, dialect: FakeDialect.id, acceptor: try #require(shop.acceptor(mid)), amount: amount,
            source: .token(token), terms: terms, reference: bench.newReference(), echo: [], returnValue: [])
    }

    private static func quotedToken(_ gateway: Gateway, mid: String = "dcc") async throws -> IssuedToken {
        try await gateway.issueToken(
            for: presented(dollars), merchant: .shop, terms: CardToken.Terms(mid: mid, amount: baht(100_000)))
    }

    @Test func `a token's quote holds whatever the rate does`() async throws {
        try await Self.with { bench, gateway, shop, rates in
            let token = try await Self.quotedToken(gateway)
            #expect(token.terms.conversion?.converted == Money(minorUnits: 2_980, .USD))
            #expect(token.terms.conversion?.expires == token.expires)
            try rates.move("40")
            let command = try Self.command(bench, shop, "dcc", token.text) { $0.payerCurrency = .USD }
            let payment = try await gateway.charge(command).payment
            #expect(payment.charged == Money(minorUnits: 2_980, .USD) && payment.amount == baht(100_000))
            #expect(try await bench.entries(of: payment) == ["authorize 00 2980"])
        }
    }

    @Test func `a token without a quote is converted at the rate of the charge`() async throws {
        try await Self.with { bench, gateway, shop, rates in
            let token = try await bench.token(Self.dollars)
            try rates.move("40")
            let command = try Self.command(bench, shop, "dcc", token) { $0.payerCurrency = .USD }
            let payment = try await gateway.charge(command).payment
            #expect(try await bench.entries(of: payment) == ["authorize 00 2500"])
        }
    }

    @Test func `a quote that the payer did not take binds nobody`() async throws {
        try await Self.with { bench, gateway, shop, _ in
            let token = try await Self.quotedToken(gateway)
            let payment = try await gateway.charge(Self.command(bench, shop, "dcc", token.text)).payment
            #expect(payment.terms == .plain)
            #expect(try await bench.entries(of: payment) == ["authorize 00 100000"])
        }
    }

    @Test func `authentication keeps the terms`() async throws {
        try await Self.with { bench, gateway, shop, rates in
            let token = try await Self.quotedToken(gateway, mid: "dcc3ds")
            let command = try Self.command(bench, shop, "dcc3ds", token.text) { $0.payerCurrency = .USD }
            let report = try await gateway.charge(command)
            let secret = Secret(try #require(report.challengeSecret))
            try rates.move("40")
            _ = try await gateway.beginAuthentication(secret)
            let view = try await gateway.submitCode(Secret("123456"), secret)
            #expect(view.payment.state == .authorized && view.payment.terms == report.payment.terms)
            #expect(try await bench.entries(of: view.payment) == ["authorize 00 2980"])
        }
    }

    @Test func `capture, settlement and refunds are right in both currencies`() async throws {
        try await Self.with { bench, gateway, shop, _ in
            let token = try await Self.quotedToken(gateway)
            let command = try Self.command(bench, shop, "dcc", token.text) { $0.payerCurrency = .USD }
            let payment = try await gateway.charge(command).payment
            _ = try await gateway.capture(payment.id, of: .shop, amount: baht(50_000))
            #expect(try await bench.books()["clearing:card:USD"] == [-1_490, 0])
            bench.clock.passMidnight()
            try await gateway.runDue()
            #expect(
                try await bench.books() == [
                    "clearing:card:USD": [-1_490, 0], "fx:house:USD": [1_490, 0], "fx:house:THB": [-50_000, 0],
                    "available:shop:THB": [48_662, 0], "fees:house:THB": [1_250, 0], "vat:house:THB": [88, 0],
                ])
            for satang in [Int64(10_000), 40_000] { _ = try await bench.refund(payment, satang) }
            bench.clock.passMidnight()
            try await gateway.runDue()
            #expect(try await bench.books().isEmpty)
            #expect(
                try await bench.entries(of: payment) == [
                    "authorize 00 2980", "capture 00 1490", "refund 00 298", "refund 00 1192",
                ])
        }
    }

    @Test func `an answer that was lost is reversed in the card's currency`() async throws {
        try await Self.with { bench, gateway, shop, _ in
            let token = try await Self.quotedToken(gateway)
            try await bench.faults.order(.init(kind: .timeout, operation: .authorize, code: nil, count: 1))
            let command = try Self.command(bench, shop, "dcc", token.text) { $0.payerCurrency = .USD }
            let payment = try await gateway.charge(command).payment
            #expect(payment.state == .reversed)
            #expect(try await bench.entries(of: payment) == ["authorize 00 2980", "reverse 00 2980"])
            #expect(try await bench.books().isEmpty)
        }
    }

    @Test func `a convenience fee is charged with the amount and kept by the house`() async throws {
        try await Self.with { bench, gateway, shop, _ in
            let command = try Self.command(bench, shop, "fee", await bench.token(), amount: baht(1_000))
            let payment = try await gateway.charge(command).payment
            await expect(.fault(.refused(.wholeOnly))) {
                _ = try await gateway.capture(payment.id, of: .shop, amount: baht(999))
            }
            bench.clock.passMidnight()
            try await gateway.runDue()
            #expect(try await bench.entries(of: payment) == ["authorize 00 1268", "capture 00 1268"])
            #expect(
                try await bench.books() == [
                    "clearing:card:THB": [-1_268, 0], "available:shop:THB": [973, 0],
                    "fees:house:THB": [275, 0], "vat:house:THB": [20, 0],
                ])
            await expect(.fault(.refused(.surchargeNotRefundable))) { _ = try await bench.refund(payment, 1_000) }
        }
    }

    @Test func `what is not on offer changes nothing`() async throws {
        try await Self.with { bench, gateway, shop, _ in
            let refusals: [(String, TermsFault, (inout RequestedTerms) -> Void)] = [
                ("plans", .instalmentMissing, { _ in }),
                ("plans", .instalmentMonths, { $0.instalment = .scheme("0001", months: 9) }),
                ("plans", .instalmentUnknown, { $0.instalment = .scheme("0002", months: 10) }),
                ("dcc", .instalmentNotTaken, { $0.instalment = .scheme("0001", months: 10) }),
                ("fee", .conversionNotOffered, { $0.payerCurrency = .USD }),
                ("dcc", .payerCurrencyNotOffered, { $0.payerCurrency = .JPY }),
                ("dcc", .campaignUnknown, { $0.campaign = "D" }), ("dcc", .campaignCard, { $0.campaign = "C" }),
            ]
            let token = try await bench.token(Self.dollars)
            for (mid, fault, change) in refusals {
                let command = try Self.command(bench, shop, mid, token, change)
                await expect(.fault(.terms(fault))) { _ = try await gateway.charge(command) }
            }
            #expect(try await bench.payments().isEmpty)
            let command = try Self.command(bench, shop, "plans", token) {
                $0.instalment = .scheme("0001", months: 10)
            }
            #expect(try await gateway.charge(command).payment.state == .authorized, "the token is still free")
        }
    }

    @Test func `terms survive the store`() async throws {
        try await Self.with { bench, gateway, shop, _ in
            let token = try await bench.token()
            let command = try Self.command(bench, shop, "plans", token) {
                $0.instalment = .scheme("0001", months: 10)
                $0.campaign = "C"
            }
            let payment = try await gateway.charge(command).payment
            #expect(payment.terms.campaign == "C" && payment.terms.instalment?.months == 10)
            #expect(try await bench.payment(payment.id).terms == payment.terms)
        }
    }
}
