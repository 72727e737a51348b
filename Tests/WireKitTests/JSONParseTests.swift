import Testing
import WireKit

@Suite("JSON is parsed strictly")
struct JSONParseTests {
    @Test(
        "a valid text gives its value",
        arguments: [
            ("null", .null),
            ("true", .bool(true)),
            ("false", .bool(false)),
            (" \t\r\n\"\" \n", .string("")),
            ("[]", .array([])),
            ("[ ]", .array([])),
            ("{}", .object(JSONObject())),
            ("{ \n}", .object(JSONObject())),
            ("[null,[],{}]", .array([.null, .array([]), .object(JSONObject())])),
            ("{\"\":0}", .object(JSONObject(members: [("", .number("0"))]))),
            (
                "{\"a\" : 1 , \"b\" : [ 2 ] }",
                .object(JSONObject(members: [("a", .number("1")), ("b", .array([.number("2")]))]))
            ),
            ("\"\u{7F}\"", .string("\u{7F}")),
            ("\"/\\/\"", .string("//")),
            ("\"\\\"\\\\\\b\\f\\n\\r\\t\"", .string("\"\\\u{8}\u{C}\n\r\t")),
            ("\"\\u0041\\u00e9\\u00E9\\u0e3f\"", .string("Aéé฿")),
            ("\"\\u0000\"", .string("\0")),
            ("\"\\uD83D\\uDE00 \\uDBFF\\uDFFF\"", .string("😀 \u{10FFFF}")),
            ("\"\\uFFFF\"", .string("\u{FFFF}")),
            ("\"\\u2028\u{2029}\"", .string("\u{2028}\u{2029}")),
            ("\"ก็ ភ្នំពេញ\"", .string("ก็ ភ្នំពេញ")),
            ("\u{FEFF}[1]", .array([.number("1")])),
        ] as [(String, JSON)])
    func valid(text: String, value: JSON) throws {
        #expect(try JSON.parse(text) == value)
        #expect(try JSON.parse(Array(text.utf8)) == value)
    }

    @Test(
        "an invalid text is refused with the place of its fault",
        arguments: [
            ("", .unexpectedEnd, 0),
            ("  ", .unexpectedEnd, 2),
            ("\u{FEFF}", .unexpectedEnd, 3),
            ("\u{FEFF}\u{FEFF}1", .unexpectedByte, 3),
            ("[", .unexpectedEnd, 1),
            ("[1", .unexpectedEnd, 2),
            ("[1,", .unexpectedEnd, 3),
            ("{", .unexpectedEnd, 1),
            ("{\"a\"", .unexpectedEnd, 4),
            ("{\"a\":", .unexpectedEnd, 5),
            ("{\"a\":1", .unexpectedEnd, 6),
            ("{\"a\":1,", .unexpectedEnd, 7),
            ("\"", .unexpectedEnd, 1),
            ("\"\\", .unexpectedEnd, 2),
            ("\"\\\"", .unexpectedEnd, 3),
            ("\"\\u12", .unexpectedEnd, 5),
            ("tru", .unexpectedEnd, 3),
            ("[1,]", .unexpectedByte, 3),
            ("[,1]", .unexpectedByte, 1),
            ("[1,,2]", .unexpectedByte, 3),
            ("[1 2]", .unexpectedByte, 3),
            ("[1}", .unexpectedByte, 2),
            ("{\"a\":1,}", .unexpectedByte, 7),
            ("{,}", .unexpectedByte, 1),
            ("{\"a\" 1}", .unexpectedByte, 5),
            ("{\"a\",1}", .unexpectedByte, 4),
            ("{\"a\":}", .unexpectedByte, 5),
            ("{a:1}", .unexpectedByte, 1),
            ("{'a':1}", .unexpectedByte, 1),
            ("{1:1}", .unexpectedByte, 1),
            ("{\"a\":1]", .unexpectedByte, 6),
            ("]", .unexpectedByte, 0),
            ("True", .unexpectedByte, 0),
            ("trux", .unexpectedByte, 3),
            ("nulL", .unexpectedByte, 3),
            ("NaN", .unexpectedByte, 0),
            ("Infinity", .unexpectedByte, 0),
            ("undefined", .unexpectedByte, 0),
            ("// x\n1", .unexpectedByte, 0),
            ("[1/**/]", .unexpectedByte, 2),
            ("\u{A0}1", .unexpectedByte, 0),
            ("\u{C}1", .unexpectedByte, 0),
            ("\0", .unexpectedByte, 0),
            ("1 2", .trailingBytes, 2),
            ("1x", .trailingBytes, 1),
            ("{}}", .trailingBytes, 2),
            ("[]]", .trailingBytes, 2),
            ("nullnull", .trailingBytes, 4),
            ("\"a\"\0", .trailingBytes, 3),
            ("{}#", .trailingBytes, 2),
        ] as [(String, JSONError.Kind, Int)])
    func invalid(text: String, kind: JSONError.Kind, offset: Int) {
        #expect(throws: JSONError(kind: kind, offset: offset)) { try JSON.parse(text) }
    }

    @Test(
        "a broken string is refused",
        arguments: [
            ("\"a\nb\"", 2),
            ("\"\t\"", 1),
            ("\"\0\"", 1),
            ("\"\u{1F}\"", 1),
            ("\"\\a\"", 1),
            ("\"\\x41\"", 1),
            ("\"\\'\"", 1),
            ("\"\\U0041\"", 1),
            ("\"\\\n\"", 1),
            ("\"\\u00g0\"", 5),
            ("\"\\u+041\"", 3),
            ("\"\\uD800\"", 1),
            ("\"x\\uDC00\"", 2),
            ("\"\\uD83D\\n\"", 1),
            ("\"\\uD83Dx\"", 1),
            ("\"\\uD83D\\u0041\"", 1),
            ("\"\\uD83D\\uD83D\\uDE00\"", 1),
            ("\"\\uDE00\\uD83D\"", 1),
            ("{\"\\uD800\":1}", 2),
        ] as [(String, Int)])
    func brokenStrings(text: String, offset: Int) {
        #expect(throws: JSONError(kind: .badString, offset: offset)) { try JSON.parse(text) }
    }

    @Test("a slice of a larger buffer is never read beyond its end", arguments: 0..<12)
    func slices(length: Int) {
        let whole = Array(#"{"a":[true]}"#.utf8)
        whole.withUnsafeBytes { buffer in
            let cut = UnsafeRawBufferPointer(rebasing: buffer[..<length])
            #expect(throws: JSONError(kind: .unexpectedEnd, offset: length)) { try JSON.parse(cut) }
        }
    }
}
