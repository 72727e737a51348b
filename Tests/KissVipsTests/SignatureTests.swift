import Payments
import Testing

@testable import KissVips

/// The document's formula and times as text.
@Suite struct SignatureTests {
    @Test func `the document's own example comes out`() {
        let key = Secret("P2B5jwQXiw60I5ic9s8MeWniG1o9GteS")
        #expect(Signature.hex("1564895669.02", key) == "dacf1a335219b1a19e8ffc7c4b48d436")
    }

    @Test(
        arguments: [
            ("1564895669.02", 156_489_566_902), ("1564895669.2", 156_489_566_920), ("1564895669.20", 156_489_566_920),
            ("1564895669", 156_489_566_900), ("0", 0),
        ] as [(String, Int64)])
    func `a time is counted in hundredths of a second`(text: String, hundredths: Int64) {
        #expect(RequestTime(text)?.hundredths == hundredths)
        #expect(RequestTime(text)?.text == text)
    }

    @Test(arguments: [
        "", ".", "1.", ".5", "1.234", "-1", "+1", "1e9", "1,5", " 1", "1 ", "1.2.3", "1234567890123", "١٢", "0x1",
    ])
    func `anything else is no time`(text: String) {
        #expect(RequestTime(text) == nil)
    }

    @Test(arguments: [(-121, false), (-120, true), (0, true), (120, true), (121, false)] as [(Int64, Bool)])
    func `a time is fresh for two minutes either way`(seconds: Int64, isFresh: Bool) throws {
        let now = Instant(microseconds: 1_564_895_669_000_000)
        let time = try #require(RequestTime("\(1_564_895_669 + seconds)"))
        #expect(time.isFresh(at: now) == isFresh)
    }
}
