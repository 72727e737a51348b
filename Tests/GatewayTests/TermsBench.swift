import Gateway
import Money
import Payments
import Rails
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

/// A merchant with an id for each kind of terms, and short ways to charge under them.
enum TermsBench {
    static let dollars = "5372074248113841"

    static func acceptor(
        _ mid: String, _ product: Acceptor.Product, authenticated: Bool = false,
        instalments: InstalmentOffers? = nil, fee: ConvenienceFee? = nil
    ) -> Acceptor {
        Acceptor(
            mid: mid, product: product, requiresAuthentication: authenticated, currencies: [.THB],
            brands: [.visa, .mastercard], fees: sampleFees, instalments: instalments, convenienceFee: fee)
    }

    /// A merchant with an id for each kind of terms, on a gateway whose rates move.
    static func with(
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

    static func command(
        _ bench: Bench, _ shop: Merchant, _ mid: String, _ token: Secret<String>, amount: Money = baht(100_000),
        _ change: (inout RequestedTerms) -> Void = { _ in }
    ) throws -> ChargeCommand {
        var terms = RequestedTerms()
        change(&terms)
        return ChargeCommand(
            merchant: shop, dialect: FakeDialect.id, acceptor: try #require(shop.acceptor(mid)), amount: amount,
            source: .token(token), terms: terms, reference: bench.newReference(), echo: [], returnValue: [])
    }

    static func quotedToken(_ gateway: Gateway, mid: String = "dcc") async throws -> IssuedToken {
        try await gateway.issueToken(
            for: presented(dollars), merchant: .shop, terms: CardToken.Terms(mid: mid, amount: baht(100_000)))
    }
}
