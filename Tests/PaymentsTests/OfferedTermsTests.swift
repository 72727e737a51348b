import Money
import Payments
import Testing

/// What of a request for terms is on offer, and what becomes of it with a card.
@Suite struct OfferedTermsTests {
    @Test func `nothing asked for is nothing agreed`() throws {
        let offered = try Offers.offered(RequestedTerms(), Offers.acceptor(.fullPayment))
        #expect(try offered.agreed(with: Offers.visa, quote: nil) == .plain)
    }

    // Campaigns

    @Test(arguments: [(Int64(0), true), (9, true), (10, false), (-1, false)])
    func `a campaign runs from its start to just before its end`(seconds: Int64, runs: Bool) throws {
        let asked = Offers.requested { $0.campaign = "A" }
        let now = noon.adding(seconds: seconds)
        if runs {
            let terms = try Offers.offered(asked, Offers.acceptor(.fullPayment), at: now)
                .agreed(with: Offers.jcb, quote: nil)
            #expect(terms.campaign == "A")
        } else {
            #expect(throws: TermsFault.campaignUnknown) {
                try Offers.offered(asked, Offers.acceptor(.fullPayment), at: now)
            }
        }
    }

    @Test(arguments: [
        (Offers.visa, true), (CardNumber("4417706700005830")!, false), (Offers.mastercard, false), (Offers.jcb, false),
    ])
    func `a card takes part by its brand and first digits`(card: CardNumber, takesPart: Bool) throws {
        let asked = Offers.requested { $0.campaign = "B" }
        let offered = try Offers.offered(asked, Offers.acceptor(.fullPayment))
        if takesPart {
            #expect(try offered.agreed(with: card, quote: nil).campaign == "B")
        } else {
            #expect(throws: TermsFault.campaignCard) { try offered.agreed(with: card, quote: nil) }
        }
    }

    @Test func `another id is unknown`() {
        #expect(throws: TermsFault.campaignUnknown) {
            try Offers.offered(Offers.requested { $0.campaign = "C" }, Offers.acceptor(.fullPayment))
        }
    }

    // Currency conversion

    private static func quote(_ amount: Money = baht(1_500)) throws -> Conversion? {
        try Conversion.quote(amount, in: .USD, at: ExchangeRate(parsing: "33.56"), until: noon)
    }

    @Test func `the payer's choice decides about the quote`() throws {
        let acceptor = Offers.acceptor(.currencyConversion)
        let quote = try Self.quote()
        for (choice, expected) in [(Currency?.none, Conversion?.none), (.THB, nil), (.USD, quote)] {
            let offered = try Offers.offered(Offers.requested { $0.payerCurrency = choice }, acceptor)
            #expect(try offered.agreed(with: Offers.visa, quote: quote).conversion == expected)
        }
    }

    @Test func `a currency that was not quoted is refused`() throws {
        let acceptor = Offers.acceptor(.currencyConversion)
        let yen = try Offers.offered(Offers.requested { $0.payerCurrency = .JPY }, acceptor)
        let quote = try Self.quote()
        #expect(throws: TermsFault.payerCurrencyNotOffered) { try yen.agreed(with: Offers.visa, quote: quote) }
        #expect(throws: TermsFault.payerCurrencyNotOffered) { try yen.agreed(with: Offers.visa, quote: nil) }
    }

    @Test(arguments: [Currency.THB, .USD]) func `only an id for it converts, and none with a fee`(currency: Currency) {
        let asked = Offers.requested { $0.payerCurrency = currency }
        let fee = ConvenienceFee(rate: Rate(partsPerMillion: 1), vat: Rate(partsPerMillion: 1))
        for acceptor in [Offers.acceptor(.fullPayment), Offers.acceptor(.currencyConversion, fee: fee)] {
            #expect(throws: TermsFault.conversionNotOffered) { try Offers.offered(asked, acceptor) }
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

    @Test(arguments: [(Offers.visa, true), (Offers.mastercard, true), (Offers.jcb, false)])
    func `the brands that pay a fee pay it`(card: CardNumber, pays: Bool) throws {
        let offered = try Offers.offered(RequestedTerms(), Offers.acceptor(.fullPayment, fee: Self.fee), baht(1_000))
        let surcharge = try offered.agreed(with: card, quote: nil).surcharge
        let expected = try Surcharge(on: baht(1_000), fee: baht(250), vat: baht(18))
        #expect(surcharge == (pays ? expected : nil))
        #expect(expected.total == baht(1_268))
    }

    @Test func `a fee of nothing is none, and one that does not fit is refused`() throws {
        let acceptor = Offers.acceptor(.fullPayment, fee: Self.fee)
        let little = try Offers.offered(RequestedTerms(), acceptor, baht(2))
        #expect(try little.agreed(with: Offers.visa, quote: nil).surcharge == nil)
        let much = try Offers.offered(RequestedTerms(), acceptor, baht(Int64.max))
        #expect(throws: TermsFault.overflow) { try much.agreed(with: Offers.visa, quote: nil) }
    }

    // Verification

    @Test func `a verification has a campaign at most`() throws {
        let asked = Offers.requested {
            $0.isVerification = true
            $0.campaign = "A"
        }
        for product in [Acceptor.Product.instalments, .currencyConversion, .fullPayment] {
            let terms = try Offers.offered(asked, Offers.acceptor(product, fee: Self.fee))
                .agreed(with: Offers.visa, quote: try Self.quote())
            #expect(terms == PaymentTerms(isVerification: true, campaign: "A"))
        }
    }
}
