import Money
import Payments
import Testing

/// Which instalments are on offer.
@Suite struct InstalmentOfferTests {
    @Test func `a scheme is taken with its term`() throws {
        let asked = Offers.requested { $0.instalment = .scheme("0001", months: 10) }
        let terms = try Offers.offered(asked, Offers.acceptor(.instalments)).agreed(with: Offers.jcb, quote: nil)
        let expected = Instalment(
            offer: "0001", months: 10, interest: .merchant, merchantRate: Rate(partsPerMillion: 30_000))
        #expect(terms == PaymentTerms(instalment: expected))
    }

    @Test(arguments: [Int64(1_000), 1_500, 2_000]) func `a plan is taken between its prices`(satang: Int64) throws {
        let asked = Offers.requested { $0.instalment = .plan(Offers.key(), months: 3) }
        let terms = try Offers.offered(asked, Offers.acceptor(.instalments), baht(satang))
            .agreed(with: Offers.visa, quote: nil)
        #expect(terms.instalment?.months == 3 && terms.instalment?.interest == .supplier)
        #expect(terms.instalment?.offer == "999/003/99903/123456")
    }

    static let refusals: [(InstalmentChoice?, Acceptor, Money, TermsFault)] = [
        (nil, Offers.acceptor(.instalments), baht(1_500), .instalmentMissing),
        (.scheme("0001", months: 3), Offers.acceptor(.fullPayment), baht(1_500), .instalmentNotTaken),
        (.plan(Offers.key(), months: 3), Offers.acceptor(.currencyConversion), baht(1_500), .instalmentNotTaken),
        (.scheme("0001", months: 3), Offers.acceptor(.instalments, offers: false), baht(1_500), .instalmentUnknown),
        (.scheme("0002", months: 3), Offers.acceptor(.instalments), baht(1_500), .instalmentUnknown),
        (.scheme("0001", months: 4), Offers.acceptor(.instalments), baht(1_500), .instalmentMonths),
        (.scheme("0001", months: 0), Offers.acceptor(.instalments), baht(1_500), .instalmentMonths),
        (.scheme("0001", months: 3), Offers.acceptor(.instalments), Money(minorUnits: 1_500, .USD), .instalmentPrice),
        (.plan(Offers.key(.merchant), months: 3), Offers.acceptor(.instalments), baht(1_500), .instalmentUnknown),
        (
            .plan(Offers.key(productType: "30"), months: 3), Offers.acceptor(.instalments), baht(1_500),
            .instalmentUnknown
        ),
        (.plan(Offers.key(model: "12345X"), months: 3), Offers.acceptor(.instalments), baht(1_500), .instalmentUnknown),
        (.plan(Offers.key(), months: 6), Offers.acceptor(.instalments), baht(1_500), .instalmentMonths),
        (.plan(Offers.key(), months: 3), Offers.acceptor(.instalments), baht(999), .instalmentPrice),
        (.plan(Offers.key(), months: 3), Offers.acceptor(.instalments), baht(2_001), .instalmentPrice),
        (
            .plan(Offers.key(), months: 3),
            Offers.acceptor(.instalments, plans: [Offers.plan(days: Offers.days(-9, -1))]), baht(1_500),
            .instalmentNotToday
        ),
        (
            .plan(Offers.key(), months: 3),
            Offers.acceptor(.instalments, plans: [Offers.plan(days: Offers.days(1, 9))]), baht(1_500),
            .instalmentNotToday
        ),
    ]

    @Test(arguments: refusals.indices) func `an instalment that is not on offer is refused, and why`(
        index: Int
    ) {
        let (choice, acceptor, amount, fault) = Self.refusals[index]
        #expect(throws: fault) {
            try Offers.offered(Offers.requested { $0.instalment = choice }, acceptor, amount)
        }
    }

    @Test func `of several plans with one key the one that fits is taken`() throws {
        let acceptor = Offers.acceptor(
            .instalments,
            plans: [
                Offers.plan(days: Offers.days(-9, -1)), Offers.plan(prices: (1, 999)), Offers.plan(.supplier, [6]),
                Offers.plan(.supplier, [10]),
            ])
        let asked = Offers.requested { $0.instalment = .plan(Offers.key(), months: 10) }
        #expect(try Offers.offered(asked, acceptor).agreed(with: Offers.visa, quote: nil).instalment?.months == 10)
    }

    @Test func `a plan's days are Bangkok's`() throws {
        let asked = Offers.requested { $0.instalment = .plan(Offers.key(), months: 3) }
        let acceptor = Offers.acceptor(.instalments)
        let midnight = CivilDay(bangkok: noon).bangkokMidnight
        let last = noon.nextBangkokMidnight
        for instant in [midnight, Instant(microseconds: last.microseconds - 1)] {
            _ = try Offers.offered(asked, acceptor, at: instant)
        }
        for instant in [Instant(microseconds: midnight.microseconds - 1), last] {
            #expect(throws: TermsFault.instalmentNotToday) { try Offers.offered(asked, acceptor, at: instant) }
        }
    }

    @Test(arguments: [
        ("3", "003", true), ("0", "000", true), ("", "", true), ("3", "30", false), ("X3", "X03", false),
        ("A", "a", false), ("", "0", false),
    ])
    func `codes of digits are the same where their numbers are`(one: String, other: String, isSame: Bool) {
        #expect((Offers.key(productType: one) == Offers.key(productType: other)) == isSame)
    }

    @Test func `an offer tells its terms for a price, from every plan that fits it`() throws {
        let plans = [Offers.plan(), Offers.plan(days: Offers.days(1, 9))]
        let acceptor = Offers.acceptor(.instalments, plans: plans)
        let day = CivilDay(bangkok: noon)
        #expect(try acceptor.instalmentTerms(of: .scheme("0001"), for: baht(1_500), on: day).contains(10))
        let terms = try acceptor.instalmentTerms(of: .plan(Offers.key()), for: baht(1_500), on: day)
        #expect(terms == terms.sorted() && terms.contains(3))
        for months in terms {
            let offered = try acceptor.instalment(.plan(Offers.key(), months: months), for: baht(1_500), on: day)
            #expect(offered?.months == months)
        }
    }

    @Test func `what is not on offer has no terms, and why`() {
        let day = CivilDay(bangkok: noon)
        let cases: [(InstalmentOffer, Acceptor, Money, TermsFault)] = [
            (.scheme("0002"), Offers.acceptor(.instalments), baht(1_500), .instalmentUnknown),
            (.scheme("0001"), Offers.acceptor(.fullPayment), baht(1_500), .instalmentNotTaken),
            (.scheme("0001"), Offers.acceptor(.instalments, offers: false), baht(1_500), .instalmentUnknown),
            (.scheme("0001"), Offers.acceptor(.instalments), Money(minorUnits: 1_500, .USD), .instalmentPrice),
            (.plan(Offers.key()), Offers.acceptor(.instalments), baht(999), .instalmentPrice),
            (.plan(Offers.key(.merchant)), Offers.acceptor(.instalments), baht(1_500), .instalmentUnknown),
        ]
        for (offer, acceptor, price, fault) in cases {
            #expect(throws: fault) { try acceptor.instalmentTerms(of: offer, for: price, on: day) }
        }
    }
}
