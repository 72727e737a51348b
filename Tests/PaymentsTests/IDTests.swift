import Foundation
import Payments
import TestSupport
import Testing

@Suite struct IDTests {
    @Test func `an id prints as 32 digits and reads back`() {
        #expect(paymentID.hex == paymentHex)
        #expect("\(paymentID)" == paymentHex)
        #expect(ID<Payment>(hex: paymentHex) == paymentID)
        var random = SplitMix64(seed: 1)
        for _ in 0..<500 {
            let id = ID<Payment>(high: random.next(), low: random.next())
            #expect(ID<Payment>(hex: id.hex) == id)
        }
    }

    @Test(arguments: [
        "", "0", "0123456789abcdeffedcba987654321", "0123456789abcdeffedcba98765432100",
        "0123456789ABCDEFfedcba9876543210", "0123456789abcdeg0123456789abcdef", " 123456789abcdeffedcba9876543210",
        "0x23456789abcdeffedcba9876543210", "٠123456789abcdeffedcba9876543210", "-123456789abcdeffedcba9876543210",
    ])
    func `anything else is no id`(text: String) {
        #expect(ID<Payment>(hex: text) == nil)
    }

    @Test func `ids made later are greater, and so is their text`() {
        var random = SplitMix64(seed: 2)
        var earlier = ID<Payment>(at: Instant(microseconds: 0), random: (.max, .max))
        for microseconds in [Int64(1), 2, 1_000, 1_769_828_400_000_000, 1_769_828_400_000_001, 4_000_000_000_000_000] {
            let later = ID<Payment>(
                at: Instant(microseconds: microseconds), random: (random.next(), random.next()))
            #expect(earlier < later && earlier.hex < later.hex)
            earlier = ID(at: Instant(microseconds: microseconds), random: (.max, .max))
        }
    }

    @Test func `76 bits of an id are random`() {
        let none = ID<Payment>(at: noon, random: (0, 0))
        let all = ID<Payment>(at: noon, random: (.max, .max))
        #expect((none.high ^ all.high).nonzeroBitCount + (none.low ^ all.low).nonzeroBitCount == 76)
        #expect(all.high >> 12 == UInt64(noon.microseconds))
    }

    @Test func `an id is a string in JSON, and a bad one is refused`() throws {
        let bytes = try JSONEncoder().encode([paymentID])
        #expect(String(decoding: bytes, as: UTF8.self) == "[\"\(paymentHex)\"]")
        #expect(try JSONDecoder().decode([ID<Payment>].self, from: bytes) == [paymentID])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([ID<Payment>].self, from: Data(#"["xyz"]"#.utf8))
        }
    }
}
