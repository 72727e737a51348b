import Testing
import WireKit

@Suite("Form bodies are read strictly and in order")
struct FormTests {
    @Test(
        "a body gives its fields",
        arguments: [
            ("", []),
            ("a=1", [["a", "1"]]),
            ("a=1&b=2&a=3", [["a", "1"], ["b", "2"], ["a", "3"]]),
            ("a", [["a", ""]]),
            ("a=", [["a", ""]]),
            ("=1", [["", "1"]]),
            ("=", [["", ""]]),
            ("&a=1&&b=2&", [["a", "1"], ["b", "2"]]),
            ("a=b=c", [["a", "b=c"]]),
            ("a+b=c+d", [["a b", "c d"]]),
            ("a%20b=%2B%26%3D%25", [["a b", "+&=%"]]),
            ("n=%E0%B8%81%e0%b8%82", [["n", "กข"]]),
            ("n=ก", [["n", "ก"]]),
            ("n=%00", [["n", "\0"]]),
            ("u=https://shop.example/cb?x", [["u", "https://shop.example/cb?x"]]),
        ] as [(String, [[String]])])
    func valid(text: String, fields: [[String]]) throws {
        #expect(try FormBody.parse(text).map { [$0.name, $0.value] } == fields)
        #expect(try FormBody.parse(Array(text.utf8)).map { [$0.name, $0.value] } == fields)
    }

    @Test(
        "a broken body is refused with the place of its fault",
        arguments: [
            ("a=%", .badEscape, 2),
            ("a=%4", .badEscape, 2),
            ("a=%&b=1", .badEscape, 2),
            ("a=%4&1=", .badEscape, 2),
            ("a=%zz", .badEscape, 2),
            ("a=%+1", .badEscape, 2),
            ("%4=41", .badEscape, 0),
            ("a=1&b=%FF", .badUTF8, 6),
            ("a=%C0%80", .badUTF8, 2),
            ("a=%ED%A0%80", .badUTF8, 2),
            ("%E0%B8=1", .badUTF8, 0),
        ] as [(String, FormError.Kind, Int)])
    func invalid(text: String, kind: FormError.Kind, offset: Int) {
        #expect(throws: FormError(kind: kind, offset: offset)) { _ = try FormBody.parse(text) }
    }

    @Test("raw bytes that are not UTF-8 are refused")
    func rawBytes() {
        #expect(throws: FormError(kind: .badUTF8, offset: 2)) { _ = try FormBody.parse([0x61, 0x3D, 0xFF]) }
    }

    @Test("256 fields are read and one more is refused")
    func limit() throws {
        let text = String(repeating: "a=1&", count: 256)
        #expect(try FormBody.parse(text).count == 256)
        #expect(throws: FormError(kind: .tooManyFields, offset: 1024)) { _ = try FormBody.parse(text + "b=2") }
    }

    @Test(
        "fields print as a form and read back the same",
        arguments: [
            ([], ""),
            ([["a", "1"], ["a", ""]], "a=1&a="),
            ([["a b", "1+1=2&3"]], "a+b=1%2B1%3D2%263"),
            ([["n", "ก~*-._/"]], "n=%E0%B8%81%7E*-._%2F"),
            ([["", ""], ["x", "\r\n"]], "=&x=%0D%0A"),
        ] as [([[String]], String)])
    func encoding(fields: [[String]], text: String) throws {
        #expect(FormBody.encode(fields.map { (name: $0[0], value: $0[1]) }) == text)
        #expect(try FormBody.parse(text).map { [$0.name, $0.value] } == fields)
    }

    @Test("fields are found by exact name")
    func lookUp() throws {
        let fields = try FormFields(parsing: "a=1&b=2&a=3&A=4")
        #expect(fields["a"] == "1")
        #expect(fields["A"] == "4")
        #expect(fields["c"] == nil)
        #expect(fields.all("a") == ["1", "3"])
        #expect(fields.all("c") == [])
    }
}

@Suite("Percent encoding follows RFC 3986")
struct PercentEncodingTests {
    @Test(
        "only unreserved characters stay",
        arguments: [
            ("", ""), ("AZaz09-._~", "AZaz09-._~"), (" ", "%20"), ("+&=/?#", "%2B%26%3D%2F%3F%23"),
            ("ก", "%E0%B8%81"), ("100%", "100%25"), ("\0\u{7F}", "%00%7F"),
        ])
    func encode(text: String, encoded: String) {
        #expect(percentEncode(text) == encoded)
        #expect(percentDecode(encoded) == text)
    }

    @Test("a caller may let more characters through")
    func allowing() {
        #expect(percentEncode("a/b c:d", allowing: ASCIISet("abcd/:")) == "a/b%20c:d")
    }

    @Test("decoding leaves a plus and takes either case")
    func decode() {
        #expect(percentDecode("a+b%2f%2F") == "a+b//")
    }

    @Test("a broken escape gives nothing", arguments: ["%", "%4", "a%", "%g0", "%0g", "%FF", "%C0%80", "%%41"])
    func broken(text: String) {
        #expect(percentDecode(text) == nil)
    }
}
