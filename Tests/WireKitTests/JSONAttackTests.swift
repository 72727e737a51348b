import Testing
import WireKit

@Suite("Hostile JSON is refused")
struct JSONAttackTests {
    @Test(
        "bytes that are not UTF-8 are refused",
        arguments: [
            [0x80], [0xBF], [0xC0, 0x80], [0xC0, 0xAF], [0xC1, 0xBF], [0xC3], [0xC3, 0x28],
            [0xE0, 0x80, 0xAF], [0xE0, 0x9F, 0xBF], [0xE2, 0x80], [0xE2, 0x28, 0xA1],
            [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80],
            [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x98],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80],
            [0xFE], [0xFF], [0x61, 0xE9, 0x62],
        ] as [[UInt8]])
    func badUTF8(bytes: [UInt8]) {
        let quote = UInt8(ascii: "\"")
        let error = JSONError(kind: .badUTF8, offset: 0)
        #expect(throws: error) { try JSON.parse([quote] + bytes + [quote]) }
        #expect(throws: error) { try JSON.parse([quote] + bytes + Array("\\n\"".utf8)) }
        #expect(throws: error) { try JSON.parse(Array("\"\\u00e9".utf8) + bytes + Array("\\u00e9\"".utf8)) }
        #expect(throws: JSONError(kind: .badUTF8, offset: 1)) {
            try JSON.parse(Array("{\"".utf8) + bytes + Array("\":1}".utf8))
        }
        #expect(throws: JSONError.self) { try JSON.parse(bytes) }
    }

    @Test(
        "UTF-16 and UTF-32 texts are refused",
        arguments: [
            [0xFF, 0xFE, 0x5B, 0x00, 0x5D, 0x00], [0xFE, 0xFF, 0x00, 0x5B, 0x00, 0x5D], [0x5B, 0x00, 0x5D, 0x00],
            [0x00, 0x00, 0x00, 0x31], [0xEF, 0xBB], [0xEF, 0xBB, 0x31],
        ] as [[UInt8]])
    func otherEncodings(bytes: [UInt8]) {
        #expect(throws: JSONError.self) { try JSON.parse(bytes) }
    }

    @Test(
        "a member given twice is an error, wherever it stands",
        arguments: [
            (#"{"a":1,"a":1}"#, "a", 7),
            (#"{"a":1,"b":2,"a":null}"#, "a", 13),
            (#"{"x":{"a":1,"\u0061":2}}"#, "a", 12),
            (#"[{"":1},{"":1,"":2}]"#, "", 14),
        ])
    func duplicates(text: String, name: String, offset: Int) {
        #expect(throws: JSONError(kind: .duplicateMember(name), offset: offset)) { try JSON.parse(text) }
    }

    @Test("a repeated name is found among few members and among many", arguments: [2, 15, 16, 17, 18, 100, 3000])
    func duplicatesAmongMany(count: Int) throws {
        let members = (0..<count).map { "\"m\($0)\":\($0)" }
        let parsed = try JSON.parse("{\(members.joined(separator: ","))}")
        #expect(parsed.objectValue?.members.count == count)
        for repeated in [0, count / 2, count - 1] {
            let text = "{\(members.joined(separator: ",")),\"m\(repeated)\":0}"
            let offset = members.joined(separator: ",").utf8.count + 2
            #expect(throws: JSONError(kind: .duplicateMember("m\(repeated)"), offset: offset)) {
                try JSON.parse(text)
            }
        }
    }

    @Test("names that only look alike are two members")
    func canonicalEquivalence() throws {
        let composed = "caf\u{E9}"
        let decomposed = "cafe\u{301}"
        let object = try #require(try JSON.parse("{\"\(composed)\":1,\"\(decomposed)\":2}").objectValue)
        #expect(object[composed] == .number("1"))
        #expect(object[decomposed] == .number("2"))
        #expect(JSON.string(composed) != JSON.string(decomposed))
        let padding = (0..<20).map { "\"\($0)\":0," }.joined()
        #expect(throws: Never.self) { try JSON.parse("{\(padding)\"\(composed)\":1,\"\(decomposed)\":2}") }
    }

    @Test("nesting is allowed to the limit and no further", arguments: [1, 2, 32, 100])
    func depth(limit: Int) throws {
        let arrays = String(repeating: "[", count: limit) + String(repeating: "]", count: limit)
        let objects = String(repeating: "{\"a\":", count: limit - 1) + "{}" + String(repeating: "}", count: limit - 1)
        #expect(throws: Never.self) { try JSON.parse(arrays, maximumDepth: limit) }
        #expect(throws: Never.self) { try JSON.parse(objects, maximumDepth: limit) }
        #expect(throws: JSONError(kind: .tooDeep, offset: limit)) {
            try JSON.parse("[" + arrays + "]", maximumDepth: limit)
        }
        #expect(throws: JSONError(kind: .tooDeep, offset: limit * 5)) {
            try JSON.parse("{\"a\":" + objects + "}", maximumDepth: limit)
        }
    }

    @Test("a million opening brackets are refused at the default limit")
    func bracketFlood() {
        let flood = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
        #expect(throws: JSONError(kind: .tooDeep, offset: 32)) { try JSON.parse(flood) }
    }

    @Test("a limit of zero allows scalars alone")
    func depthZero() {
        #expect(throws: Never.self) { try JSON.parse("1", maximumDepth: 0) }
        #expect(throws: JSONError(kind: .tooDeep, offset: 0)) { try JSON.parse("[]", maximumDepth: 0) }
    }
}
