import TestSupport
import Testing
import WireKit

@Suite("Bytes print as hex and base 64 and read back")
struct EncodingTests {
    @Test(
        "hex prints in lower case",
        arguments: [
            ([], ""), ([0x00], "00"), ([0x0F, 0xF0, 0xAB], "0ff0ab"), ([0xDE, 0xAD, 0xBE, 0xEF], "deadbeef"),
        ] as [([UInt8], String)])
    func hex(bytes: [UInt8], text: String) {
        #expect(Hex.encode(bytes) == text)
        #expect(Hex.encode(AnySequence(bytes)) == text)
        #expect(Hex.decode(text) == bytes)
        #expect(Hex.decode(text.uppercased()) == bytes)
    }

    @Test(
        "text that is not hex gives nothing",
        arguments: [
            "0", "000", "0g", "g0", " 00", "00 ", "0x00", "é", "//", "::",
        ])
    func badHex(text: String) {
        #expect(Hex.decode(text) == nil)
    }

    @Test(
        "base 64 gives the vectors of RFC 4648",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ])
    func base64(text: String, encoded: String) {
        #expect(Base64.encode(text.utf8) == encoded)
        #expect(Base64.decode(encoded) == Array(text.utf8))
        let unpadded = String(encoded.prefix { $0 != "=" })
        #expect(Base64.encodeURL(text.utf8) == unpadded)
        #expect(Base64.decodeURL(unpadded) == Array(text.utf8))
    }

    @Test("the two alphabets differ in their last two characters")
    func alphabets() {
        #expect(Base64.encode([0xFB, 0xFF, 0xBF] as [UInt8]) == "+/+/")
        #expect(Base64.encodeURL([0xFB, 0xFF, 0xBF] as [UInt8]) == "-_-_")
        #expect(Base64.decode("-_-_") == nil)
        #expect(Base64.decodeURL("+/+/") == nil)
    }

    @Test(
        "text that is not base 64 gives nothing",
        arguments: [
            "Z", "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "====", "=", "Z===", "Zg==Zg==", "Zm=v",
            "Zm9v\n", " Zm9v", "Zm9!", "Zm9é",
        ])
    func badBase64(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test("text that is not unpadded base 64 gives nothing", arguments: ["Z", "Zg==", "Zh", "Zm9", "Zm9vY", "Zm9v "])
    func badBase64URL(text: String) {
        #expect(Base64.decodeURL(text) == nil)
    }

    @Test("random bytes survive every encoding", arguments: 0...66)
    func roundTrip(length: Int) {
        var generator = SplitMix64(seed: UInt64(length))
        let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
        #expect(Hex.decode(Hex.encode(bytes)) == bytes)
        #expect(Base64.decode(Base64.encode(bytes)) == bytes)
        #expect(Base64.decodeURL(Base64.encodeURL(bytes)) == bytes)
    }
}

@Suite("Constant-time comparison means equality of bytes")
struct ConstantTimeTests {
    @Test(
        "it agrees with plain comparison",
        arguments: [
            ("", ""), ("a", "a"), ("a", "b"), ("a", ""), ("", "a"), ("abc", "abd"), ("xbc", "abc"), ("abc", "abcd"),
            ("abcd", "abc"), ("a\0", "a"), ("ก", "ก"), ("ก", "ข"), ("cc1152742bc4a1169341", "cc1152742bc4a1169342"),
        ])
    func agrees(left: String, right: String) {
        let same = Array(left.utf8) == Array(right.utf8)
        #expect(constantTimeEquals(left, right) == same)
        #expect(constantTimeEquals(Array(left.utf8), Array(right.utf8)) == same)
        #expect(constantTimeEquals(left.utf8, ContiguousArray(right.utf8)) == same)
    }

    @Test("texts that only look alike are different")
    func canonicalEquivalence() {
        #expect("\u{E9}" == "e\u{301}")
        #expect(!constantTimeEquals("\u{E9}", "e\u{301}"))
    }

    @Test("a difference in any one bit is seen", arguments: 0..<256)
    func everyBit(bit: Int) {
        let bytes = [UInt8](repeating: 0x5A, count: 32)
        var other = bytes
        other[bit / 8] ^= 1 << UInt8(bit % 8)
        #expect(!constantTimeEquals(bytes, other))
    }
}

@Suite("HTML escaping leaves nothing that opens a tag, a reference or an attribute")
struct HTMLEscapingTests {
    @Test(
        "the five characters become references",
        arguments: [
            ("", ""), ("plain ร้าน", "plain ร้าน"), ("&<>\"'", "&amp;&lt;&gt;&quot;&#39;"), ("&amp;", "&amp;amp;"),
            ("<script>alert('x')</script>", "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"),
            ("ก&ข", "ก&amp;ข"), ("<\u{338}", "&lt;\u{338}"),
        ])
    func escapes(text: String, escaped: String) {
        #expect(htmlEscaped(text) == escaped)
    }
}
