import Money
import Payments
import Testing

/// What of a request for terms is on offer, and what becomes of it with a card.
@Suite struct OfferedTermsTests {
    private static func days(_ first: Int64, _ last: Int64) -> (CivilDay, CivilDay) {
        let today = CivilDay(bangkok: noon).number
        return (CivilDay(number: today + first), CivilDay(number: today + last))
    }

    private static func plan(
        _ interest: Instalment.InterestPayer = .supplier, _ terms: [Int] = [3, 10], days: (CivilDay, CivilDay) = days(0, 0),
        prices: (Int64, Int64) = (1_000, 2_000)
    ) -> InstalmentOffers.Plan {
        InstalmentOffers.Plan(
            promotion: "P", validFrom: days.0, validTo: days.1, interest: interest, product: "ALL", supplier: "99903",
            productType: "003", model: "123456", planID: "999", modelName: "M", minimumPrice: baht(prices.0),
            maximumPrice: baht(prices.1), terms: terms, merchantRate: Rate(partsPerMillion: 7))
    }

    private static func key(
        _ interest: Instalment.InterestPayer = .supplier, productType: String = "3", model: String = "123456"
    ) -> InstalmentPlanKey {
        InstalmentPlanKey(
            planID: "999", interest: interest, productType: productType, supplier: "99903", model: model)
    }

    private static func acceptor(
        _ product: Acceptor.Product, plans: [InstalmentOffers.Plan] = [plan()], fee: ConvenienceFee? = nil,
        offers: Bool = true
    ) -> Acceptor {
        let schemes = [
            InstalmentOffers.Scheme(
                id: "0001", interest: .merchant, terms: [3, 10], merchantRate: Rate(partsPerMillion: 30_000))
        ]
        return Acceptor(
            mid: "401", product: product, requiresAuthentication: false, currencies: [.THB, .USD], fees: sampleFees,
            instalments: offers ? InstalmentOffers(schemes: schemes, plans: plans) : nil, convenienceFee: fee)
    }

    private static let campaigns = [
        Campaign(id: "A", validFrom: noon, validTo: noon.adding(seconds: 10)),
        Campaign(
            id: "B", validFrom: noon, validTo: noon.adding(seconds: 10), brands: [.visa, .unionpay],
            prefixes: ["44177066", "5404"]),
    ]

    private static func merchant(_ acceptor: Acceptor) -> Merchant {
        Merchant(
            id: MerchantID(rawValue: "shop"), name: "Shop", acceptors: [acceptor], campaigns: campaigns, dialects: [:])
    }

    private static func requested(
        _ change: (inout RequestedTerms) -> Void
    ) -> RequestedTerms {
        var terms = RequestedTerms()
        change(&terms)
        return terms
    }

    private static func offered(
        _ terms: RequestedTerms, _ acceptor: Acceptor, _ amount: Money = baht(1_500), at now: Instant = noon
    ) throws(TermsFault) -> OfferedTerms {
        try terms.offered(by: merchant(acceptor), acceptor, for: amount, at: now)
    }

    private static let visa = CardNumber("4417706600005830")!
    private static let mastercard = CardNumber("5404888000072727")!
    private static let jcb = CardNumber("3564580000056476")!

    @Test func `nothing asked for is nothing agreed`() throws {
        let offered = try Self.offered(RequestedTerms(), Self.acceptor(.fullPayment))
        #expect(try offered.agreed(with: Self.visa, quote: nil) == .plain)
    }

    // Instalments

    @Test func `a scheme is taken with its term`() throws {
        let asked = Self.requested { $0.instalment = .scheme("0001", months: 10) }
        let terms = try Self.offered(asked, Self.acceptor(.instalments)).agreed(with: Self.jcb, quote: nil)
        let expected = Instalment(
            offer: "0001", months: 10, interest: .merchant, merchantRate: Rate(partsPerMillion: 30_000))
        #expect(terms == PaymentTerms(instalment: expected))
    }

    @Test(arguments: [Int64(1_000), 1_500, 2_000]) func `a plan is taken between its prices`(satang: Int64) throws {
        let asked = Self.requested { $0.instalment = .plan(Self.key(), months: 3) }
        let terms = try Self.offered(asked, Self.acceptor(.instalments), baht(satang))
            .agreed(with: Self.visa, quote: nil)
        #expect(terms.instalment?.months == 3 && terms.instalment?.interest == .supplier)
        #expect(terms.instalment?.offer == "999/003/99903/123456")
    }

    static let refusals: [(InstalmentChoice?, Acceptor, Money, TermsFault)] = [
        (nil, acceptor(.instalments), baht(1_500), .instalmentMissing),
        (.scheme("0001", months: 3), acceptor(.fullPayment), baht(1_500), .instalmentNotTaken),
        (.plan(key(), months: 3), acceptor(.currencyConversion), baht(1_500), .instalmentNotTaken),
        (.scheme("0001", months: 3), acceptor(.instalments, offers: false), baht(1_500), .instalmentUnknown),
        (.scheme("0002", months: 3), acceptor(.instalments), baht(1_500), .instalmentUnknown),
        (.scheme("0001", months: 4), acceptor(.instalments), baht(1_500), .instalmentMonths),
        (.scheme("0001", months: 0), acceptor(.instalments), baht(1_500), .instalmentMonths),
        (.scheme("0001", months: 3), acceptor(.instalments), Money(minorUnits: 1_500, .USD), .instalmentPrice),
        (.plan(key(.merchant), months: 3), acceptor(.instalments), baht(1_500), .instalmentUnknown),
        (.plan(key(productType: "30"), months: 3), acceptor(.instalments), baht(1_500), .instalmentUnknown),
        (.plan(key(model: "12345X"), months: 3), acceptor(.instalments), baht(1_500), .instalmentUnknown),
        (.plan(key(), months: 6), acceptor(.instalments), baht(1_500), .instalmentMonths),
        (.plan(key(), months: 3), acceptor(.instalments), baht(999), .instalmentPrice),
        (.plan(key(), months: 3), acceptor(.instalments), baht(2_001), .instalmentPrice),
        (
            .plan(key(), months: 3), acceptor(.instalments, plans: [plan(days: days(-9, -1))]), baht(1_500),
            .instalmentNotToday
        ),
        (
            .plan(key(), months: 3), acceptor(.instalments, plans: [plan(days: days(1, 9))]), baht(1_500),
            .instalmentNotToday
        ),
    ]

    @Test(arguments: refusals.indices) func `an instalment that is not on offer is refused, and why`(
        index: Int
    ) {
        let (choice, acceptor, amount, fault) = Self.refusals[index]
        #expect(throws: fault) {
            try Self.offered(Self.requested { $0.instalment = choice }, acceptor, amount)
        }
    }

    @Test func `of several plans with one key the one that fits is taken`() throws {
        let acceptor = Self.acceptor(
            .instalments,
            plans: [
                Self.plan(days: Self.days(-9, -1)), Self.plan(prices: (1, 999)), Self.plan(.supplier, [6]),
                Self.plan(.supplier, [10]),
            ])
        let asked = Self.requested { $0.instalment = .plan(Self.key(), months: 10) }
        #expect(try Self.offered(asked, acceptor).agreed(with: Self.visa, quote: nil).instalment?.months == 10)
    }

    @Test func `a plan's days are Bangkok's`() throws {
        let asked = Self.requested { $0.instalment = .plan(Self.key(), months: 3) }
        let acceptor = Self.acceptor(.instalments)
        let midnight = CivilDay(bangkok: noon).bangkokMidnight
        let last = noon.nextBangkokMidnight
        for instant in [midnight, Instant(microseconds: last.microseconds - 1)] {
            _ = try Self.offered(asked, acceptor, at: instant)
        }
        for instant in [Instant(microseconds: midnight.microseconds - 1), last] {
            #expect(throws: TermsFault.instalmentNotToday) { try Self.offered(asked, acceptor, at: instant) }
        }
    }

    @Test(arguments: [
        ("3", "003", true), ("0", "000", true), ("", "", true), ("3", "30", false), ("X3", "X03", false),
        ("A", "a", false), ("", "0", false),
    ])
    func `codes of digits are the same where their numbers are`(one: String, other: String, isSame: Bool) {
        #expect((Self.key(productType: one) == Self.key(productType: other)) == isSame)
    }

    // Campaigns

    @Test(arguments: [(Int64(0), true), (9, true), (10, false), (-1, false)])
    func `a campaign runs from its start to just before its end`(seconds: Int64, runs: Bool) throws {
        let asked = Self.requested { $0.campaign = "A" }
        let now = noon.adding(seconds: seconds)
        if runs {
            let terms = try Self.offered(asked, Self.acceptor(.fullPayment), at: now)
                .agreed(with: Self.jcb, quote: nil)
            #expect(terms.campaign == "A")
        } else {
            #expect(throws: TermsFault.campaignUnknown) {
                try Self.offered(asked, Self.acceptor(.fullPayment), at: now)
            }
        }
    }

    @Test(arguments: [
        (visa, true), (CardNumber("4417706700005830")!, false), (mastercard, false), (jcb, false),
    ])
    func `a card takes part by its brand and first digits`(card: CardNumber, takesPart: Bool) throws {
        let asked = Self.requested { $0.campaign = "B" }
        let offered = try Self.offered(asked, Self.acceptor(.fullPayment))
        if takesPart {
            #expect(try offered.agreed(with: card, quote: nil).campaign == "B")
        } else {
            #expect(throws: TermsFault.campaignCard) { try offered.agreed(with: card, quote: nil) }
        }
    }

    @Test func `another id is unknown`() {
        #expect(throws: TermsFault.campaignUnknown) {
            try Self.offered(Self.requested { $0.campaign = "C" }, Self.acceptor(.fullPayment))
        }
    }

    // Currency conversion

    private static func quote(_ amount: Money = baht(1_500)) throws -> Conversion? {
        try Conversion.quote(amount, in: .USD, at: ExchangeRate(parsing: "33.56"), until: noon)
    }

    @Test func `the payer's choice decides about the quote`() throws {
        let acceptor = Self.acceptor(.currencyConversion)
        let quote = try Self.quote()
        for (choice, expected) in [(Currency?.none, Conversion?.none), (.THB, nil), (.USD, quote)] {
            let offered = try Self.offered(Self.requested { $0.payerCurrency = choice }, acceptor)
            #expect(try offered.agreed(with: Self.visa, quote: quote).conversion == expected)
        }
    }

    @Test func `a currency that was not quoted is refused`() throws {
        let acceptor = Self.acceptor(.currencyConversion)
        let yen = try Self.offered(Self.requested { $0.payerCurrency = .JPY }, acceptor)
        let quote = try Self.quote()
        #expect(throws: TermsFault.payerCurrencyNotOffered) { try yen.agreed(with: Self.visa, quote: quote) }
        #expect(throws: TermsFault.payerCurrencyNotOffered) { try yen.agreed(with: Self.visa, quote: nil) }
    }

    @Test(arguments: [Currency.THB, .USD]) func `only an id for it converts, and none with a fee`(currency: Currency) {
        let asked = Self.requested { $0.payerCurrency = currency }
        let fee = ConvenienceFee(rate: Rate(partsPerMillion: 1), vat: Rate(partsPerMillion: 1))
        for acceptor in [Self.acceptor(.fullPayment), Self.acceptor(.currencyConversion, fee: fee)] {
            #expect(throws: TermsFault.conversionNotOffered) { try Self.offered(asked, acceptor) }
        }
    }

    @Test func `a quote has four decimals and is worth something`() throws {
        let rate = try ExchangeRate(parsing: "33.56785")
        let quote = try #require(try Conversion.quote(baht(100_000), in: .USD, at: rate, until: noon))
        #expect(quote.rate.text == "33.5678")
        #expect(quote.converted == Money(minorUnits: 2_979, .USD))
        #expect(try Conversion.quote(baht(16), in: .USD, at: rate, until: noon) == nil)
        #expect(try Conversion.quote(baht(17), in: .USD, at: rate, until: noon)?.converted.minorUnits == 1)
    }

    // Convenience fee

    private static let fee = ConvenienceFee(rate: Rate(partsPerMillion: 250_000), vat: Rate(partsPerMillion: 70_000))

    @Test(arguments: [(visa, true), (mastercard, true), (jcb, false)])
    func `the brands that pay a fee pay it`(card: CardNumber, pays: Bool) throws {
        let offered = try Self.offered(RequestedTerms(), Self.acceptor(.fullPayment, fee: Self.fee), baht(1_000))
        let surcharge = try offered.agreed(with: card, quote: nil).surcharge
        let expected = try Surcharge(on: baht(1_000), fee: baht(250), vat: baht(18))
        #expect(surcharge == (pays ? expected : nil))
        #expect(expected.total == baht(1_268))
    }

    @Test func `a fee of nothing is none, and one that does not fit is refused`() throws {
        let acceptor = Self.acceptor(.fullPayment, fee: Self.fee)
        let little = try Self.offered(RequestedTerms(), acceptor, baht(2))
        #expect(try little.agreed(with: Self.visa, quote: nil).surcharge == nil)
        let much = try Self.offered(RequestedTerms(), acceptor, baht(Int64.max))
        #expect(throws: TermsFault.overflow) { try much.agreed(with: Self.visa, quote: nil) }
    }

    // Verification

    @Test func `a verification has a campaign at most`() throws {
        let asked = Self.requested {
            $0.isVerification = true
            $0.campaign = "A"
        }
        for product in [Acceptor.Product.instalments, .currencyConversion, .fullPayment] {
            let terms = try Self.offered(asked, Self.acceptor(product, fee: Self.fee))
                .agreed(with: Self.visa, quote: try Self.quote())
            #expect(terms == PaymentTerms(isVerification: true, campaign: "A"))
        }
    }
}
