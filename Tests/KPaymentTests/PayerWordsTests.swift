import Checkout
import Testing

@testable import KPayment

/// What this dialect's own pages say, in every language.
@Suite struct PayerWordsTests {
    private static func isKhmer(_ text: String) -> Bool {
        text.unicodeScalars.contains { (0x1780...0x17FF).contains($0.value) }
    }

    private static func isThai(_ text: String) -> Bool {
        text.unicodeScalars.contains { (0xE00...0xE7F).contains($0.value) }
    }

    @Test(arguments: PayerFailure.allCases)
    func `why a payment came to nothing is said in every language`(failure: PayerFailure) {
        for language in Language.allCases {
            let text = failure.advice(language)
            #expect(!text.isEmpty)
            #expect(Self.isThai(text) == (language == .thai) && Self.isKhmer(text) == (language == .khmer), "\(text)")
        }
    }

    @Test(arguments: Language.allCases) func `a result is in the page's language`(language: Language) {
        let words = Words(language.rawValue)
        #expect(words.challenge.language == language)
        #expect(Self.isThai(words.back) == (language == .thai) && Self.isKhmer(words.back) == (language == .khmer))
    }
}
