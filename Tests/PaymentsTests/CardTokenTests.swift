import Payments
import Testing

@Suite struct CardTokenTests {
    @Test func `a key begins with milliseconds, so that keys are ordered by time`() {
        #expect(CardToken.keyPrefix(Instant(microseconds: 0x0102_0304_0506 * 1_000 + 999)) == [1, 2, 3, 4, 5, 6])
        #expect(CardToken.keyPrefix(Instant(microseconds: 0)) == [0, 0, 0, 0, 0, 0])
        #expect(CardToken.keyPrefix(Instant(microseconds: -5_000)) == [0, 0, 0, 0, 0, 0])
        let prefixes = [0, 1, 255, 256, 65_536, 1_769_828_400_000].map {
            CardToken.keyPrefix(Instant(microseconds: $0 * 1_000))
        }
        for (earlier, later) in zip(prefixes, prefixes.dropFirst()) {
            #expect(earlier.lexicographicallyPrecedes(later))
        }
    }

    /// The payer's word, the merchant's, and what comes of them.
    @Test(
        arguments: [
            (nil, nil, nil), (nil, false, nil), (nil, true, nil),
            (true, true, nil), (true, false, nil), (true, nil, .unanswered),
            (false, nil, nil), (false, false, nil), (false, true, .notGiven),
        ] as [(Bool?, Bool?, ConsentFault?)])
    func `a card is kept where the payer agrees and the merchant says so`(
        payer: Bool?, merchant: Bool?, fault: ConsentFault?
    ) {
        let terms = CardToken.Terms(remembers: payer)
        let found: ConsentFault?
        do throws(ConsentFault) {
            try terms.requireConsent(toKeep: merchant)
            found = nil
        } catch {
            found = error
        }
        #expect(found == fault)
    }
}
