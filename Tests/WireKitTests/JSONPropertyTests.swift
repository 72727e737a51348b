import TestSupport
import Testing
import WireKit

@Suite("JSON survives the round trip and random damage")
struct JSONPropertyTests {
    @Test("what is printed parses to the same value", arguments: 1...20 as ClosedRange<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<100 {
            let value = Self.value(depth: 4, &generator)
            let bytes = value.encoded()
            #expect(try JSON.parse(bytes) == value)
            #expect(try JSON.parse(bytes).encoded() == bytes)
        }
    }

    @Test("ten thousand damaged documents never crash, and what still parses still round-trips")
    func mutations() throws {
        var generator = SplitMix64(seed: 2026)
        let interesting = Array("{}[]\",:\\u0dDeE+-.19tfn \n\0".utf8) + [0x80, 0xC3, 0xE2, 0xED, 0xF0, 0xFF]
        var accepted = 0
        for round in 0..<10_000 {
            var bytes = Self.documents[round % Self.documents.count]
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                Self.damage(&bytes, with: interesting, &generator)
            }
            guard let value = try? JSON.parse(bytes) else { continue }
            accepted += 1
            #expect(try JSON.parse(value.encoded()) == value)
        }
        #expect(accepted > 100 && accepted < 9_900)
    }
}

extension JSONPropertyTests {
    private static let documents: [[UInt8]] = [
        #"{"amount":"74.00","currency":"THB","source_type":"card","mode":"token","token":"tokn_test_1","n":1.50}"#,
        #"[0,-0,1e3,1E-2,12345678901234567890,0.10,[[[]]],{"a":{"b":{"c":null}}},true,false]"#,
        #"{"name":"สมชาย 😀","escape":"\"\\\/\b\f\n\r\t\u0e01\uD83D\uDE00","empty":"","":[]}"#,
        "{" + (0..<20).map { "\"m\($0)\":\($0)" }.joined(separator: ",") + "}",
    ].map { Array($0.utf8) }

    private static func damage(
        _ bytes: inout [UInt8], with interesting: [UInt8], _ generator: inout SplitMix64
    ) {
        guard let place = bytes.indices.randomElement(using: &generator) else { return }
        let byte = interesting.randomElement(using: &generator) ?? 0
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes[place] = byte
        case 2: bytes.insert(byte, at: place)
        case 3: bytes.remove(at: place)
        case 4: bytes.removeSubrange(place...)
        default: bytes.swapAt(place, Int.random(in: 0..<bytes.count, using: &generator))
        }
    }

    private static func value(depth: Int, _ generator: inout SplitMix64) -> JSON {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2:
            let texts = ["0", "-0", "1.50", "1e3", "-12.340E-7", "18446744073709551616"]
            return .number(texts.randomElement(using: &generator) ?? "0")
        case 3, 4: return .string(text(&generator))
        case 5:
            let count = Int.random(in: 0..<5, using: &generator)
            return .array((0..<count).map { _ in value(depth: depth - 1, &generator) })
        default:
            let count = Int.random(in: 0..<20, using: &generator)
            let members = (0..<count).map { index in
                (name: "\(index)" + text(&generator), value: value(depth: depth - 1, &generator))
            }
            return .object(JSONObject(members: members))
        }
    }

    private static func text(_ generator: inout SplitMix64) -> String {
        var text = String.UnicodeScalarView()
        let limits: [UInt32] = [0x30, 0x80, 0x800, 0x2030, 0x10000, 0x110000]
        for _ in 0..<Int.random(in: 0..<12, using: &generator) {
            let limit = limits.randomElement(using: &generator) ?? 0x80
            if let scalar = Unicode.Scalar(UInt32.random(in: 0..<limit, using: &generator)) { text.append(scalar) }
        }
        return String(text)
    }
}
