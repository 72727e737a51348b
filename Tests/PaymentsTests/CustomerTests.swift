import Money
import Payments
import Testing

/// What is decided of customers and the cards that they keep.
@Suite struct CustomerTests {
    private static func cardID(_ number: UInt64) -> ID<CardFace> { ID(high: 1, low: number) }

    private func card(_ number: UInt64) throws -> SavedCard {
        SavedCard(
            face: CardFace(id: Self.cardID(number), brand: .visa, masked: "441770*****5830", issuer: nil),
            customer: ID(high: 9, low: 9), holder: "SOMCHAI J", expiry: try #require(CardExpiry("12/30")),
            sealedCard: [1], created: Instant(microseconds: Int64(number)))
    }

    private func customer(_ defaultCard: UInt64?) -> Customer {
        Customer(
            id: ID(high: 9, low: 9), version: 3, merchant: MerchantID(rawValue: "shop"),
            dialect: DialectID(rawValue: "fake"), email: "a@b", name: "A", defaultCard: defaultCard.map(Self.cardID),
            created: Instant(microseconds: 0))
    }

    @Test func `an update changes what is given and leaves the rest`() throws {
        let cards = [try card(1), try card(2)]
        let next = try customer(1).updated(name: "B", defaultCard: Self.cardID(2), cards: cards)
        #expect((next.email, next.name) == ("a@b", "B"))
        #expect(next.defaultCard == Self.cardID(2))
        #expect(next.version == 4)
    }

    @Test func `only a card of theirs becomes the default`() throws {
        let cards = [try card(1)]
        #expect(throws: CustomerFault.cardUnknown) {
            try customer(1).updated(defaultCard: Self.cardID(2), cards: cards)
        }
    }

    @Test(arguments: [(nil, 2), (1, 1)] as [(UInt64?, UInt64)])
    func `a new card pays by default only where none did`(before: UInt64?, after: UInt64) throws {
        let next = customer(before).attaching(try card(2))
        #expect(next.defaultCard == Self.cardID(after))
        #expect(next.version == 4)
    }

    @Test(arguments: [(1, 1, 2), (2, 1, 2), (1, 2, 1), (3, 3, 1)] as [(UInt64, UInt64, UInt64)])
    func `the default moves on to the oldest card when it is removed`(
        defaultCard: UInt64, removed: UInt64, after: UInt64
    ) throws {
        let cards = try [1, 2, 3].map(card)
        let next = try customer(defaultCard).removing(Self.cardID(removed), from: cards)
        #expect(next.defaultCard == Self.cardID(after))
    }

    @Test func `the last card leaves no default`() throws {
        let next = try customer(1).removing(Self.cardID(1), from: [try card(1)])
        #expect(next.defaultCard == nil)
    }

    @Test func `a card of nobody's is not removed`() throws {
        let cards = [try card(1)]
        #expect(throws: CustomerFault.cardUnknown) { try customer(1).removing(Self.cardID(2), from: cards) }
    }

    /// The last days, as midnights in Bangkok in seconds since 1970.
    @Test(
        arguments: [
            ("12/30", 1_924_880_400), ("02/28", 1_835_370_000), ("02/27", 1_803_747_600), ("01/00", 949_251_600),
            ("12/99", 4_102_333_200),
        ] as [(String, Int64)])
    func `a card's last day begins at midnight in Bangkok`(text: String, seconds: Int64) throws {
        let expiry = try #require(CardExpiry(text))
        #expect(expiry.lastDay == Instant(microseconds: seconds * 1_000_000))
    }

    @Test(arguments: PaymentState.allCases, [false, true])
    func `a card is kept after an approval that stood, or a verification`(state: PaymentState, verifies: Bool) {
        let face = CardFace(id: Self.cardID(1), brand: .visa, masked: "", issuer: nil)
        let payment = Payment(
            id: ID(high: 1, low: 1), version: 1, merchant: MerchantID(rawValue: "shop"),
            dialect: DialectID(rawValue: "fake"), acceptor: "", amount: Money(minorUnits: 100, .THB), state: state,
            method: .card(face), terms: PaymentTerms(isVerification: verifies), created: Instant(microseconds: 0),
            echo: [])
        let proving: [PaymentState] = [.authorized, .voiding, .capturing, .captured, .settled]
        #expect(payment.provesCard == (proving.contains(state) || (verifies && state == .voided)))
    }

    @Test func `what only verified a card is never captured`() throws {
        let face = CardFace(id: Self.cardID(1), brand: .visa, masked: "", issuer: nil)
        let payment = Payment(
            id: ID(high: 1, low: 1), version: 1, merchant: MerchantID(rawValue: "shop"),
            dialect: DialectID(rawValue: "fake"), acceptor: "", amount: Money(minorUnits: 100, .THB),
            state: .authorized, method: .card(face), terms: PaymentTerms(isVerification: true),
            created: Instant(microseconds: 0), echo: [])
        #expect(throws: PaymentFault.wrongState(.authorized)) {
            try payment.captureRequested(payment.amount, at: Instant(microseconds: 1))
        }
    }
}
