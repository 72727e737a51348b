import EMVQR
import TestSupport
import Testing

@Suite struct MutationTests {
    @Test func `a changed payload is refused or says what it is read as`() throws {
        var random = SplitMix64(seed: 54)
        var accepted = 0
        for round in 0..<40_000 {
            var text = Array(Sample.all[round % Sample.all.count].unicodeScalars)
            for _ in 0..<Int.random(in: 1...3, using: &random) { mutate(&text, &random) }
            var body = ""
            body.unicodeScalars.append(contentsOf: text)
            // Half of them get a true checksum again, so that more than the checksum is tried.
            if Bool.random(using: &random) { body = Sample.sealed(String(body.dropLast(8))) }
            guard let payload = try? EMVPayload(decoding: body) else { continue }
            accepted += 1
            let written = try EMVPayload(payload.fields).text
            #expect(Array(written.utf8) == Array(body.utf8))
            expectStable(body)
        }
        #expect(accepted > 100)
    }

    /// What a scheme reads comes back from what it writes.
    private func expectStable(_ text: String) {
        if let code = try? PromptPayQR(decoding: text) { #expect((try? PromptPayQR(decoding: code.payload)) == code) }
        if let code = try? BillPaymentQR(decoding: text) {
            #expect((try? BillPaymentQR(decoding: code.payload)) == code)
        }
        if let code = try? KHQRCode(decoding: text) { #expect((try? KHQRCode(decoding: code.payload)) == code) }
    }

    private func mutate(_ text: inout [Unicode.Scalar], _ random: inout SplitMix64) {
        guard text.count > 1 else { return }
        let (first, second) = (
            Int.random(in: 0..<text.count, using: &random), Int.random(in: 0..<text.count, using: &random)
        )
        let other: Unicode.Scalar =
            [
                "0", "1", "2", "9", "A", "z", " ", "\n", "\r", "\u{0}", "é", "\u{301}", "ក", "🙂",
            ].randomElement(using: &random) ?? "0"
        switch Int.random(in: 0..<5, using: &random) {
        case 0: text[first] = other
        case 1: text.insert(other, at: first)
        case 2: text.remove(at: first)
        case 3: text.swapAt(first, second)
        default: text.removeLast(min(text.count, first / 4))
        }
    }
}
