import Testing
import WireKit

@Suite("JSON numbers keep their digits")
struct JSONNumberTests {
    @Test(
        "a number is kept as it was written",
        arguments: [
            "0", "-0", "1", "-1", "10", "1.50", "0.0", "-0.00", "1e3", "1E3", "1e+3", "1E-03", "0e0", "1.0E+2",
            "74.00", "1564895669.02", "123456789012345678901234567890", "1e400", "0.1e1", "9223372036854775808",
        ])
    func kept(text: String) throws {
        #expect(try JSON.parse(text).numberText == text)
        #expect(try JSON.parse("{\"n\": \(text) }").objectValue?["n"]?.numberText == text)
        #expect(try JSON.parse("[\(text)]").encoded() == Array("[\(text)]".utf8))
    }

    @Test(
        "a number outside the grammar is refused",
        arguments: [
            ("-", .badNumber, 1), ("--1", .badNumber, 1), ("-a", .badNumber, 1), ("00", .badNumber, 1),
            ("01", .badNumber, 1), ("-01", .badNumber, 2), ("1.", .badNumber, 2), ("1.e1", .badNumber, 2),
            ("-.5", .badNumber, 1), ("1e", .badNumber, 2), ("1e+", .badNumber, 3), ("1ee1", .badNumber, 2),
            ("1e1.5", .trailingBytes, 3), ("1.2.3", .trailingBytes, 3), ("1,000", .trailingBytes, 1),
            ("0x10", .trailingBytes, 1), ("1_000", .trailingBytes, 1), ("1-", .trailingBytes, 1),
            ("+1", .unexpectedByte, 0), (".5", .unexpectedByte, 0), ("١", .unexpectedByte, 0),
        ] as [(String, JSONError.Kind, Int)])
    func refused(text: String, kind: JSONError.Kind, offset: Int) {
        #expect(throws: JSONError(kind: kind, offset: offset)) { try JSON.parse(text) }
    }
}
