import Testing
import WireKit

@Suite("The JSON writer prints members in the order they are written")
struct JSONWriterTests {
    @Test("an object of every kind of member")
    func members() {
        var writer = JSONWriter()
        writer.object { body in
            body.member("text", "a\"b")
            body.member("absent", nil)
            body.member("present", Optional("x"))
            body.member("yes", true)
            body.member("amount", number: "1.50")
            body.member("long", Int64.min)
            body.member("count", 3)
            body.memberNull("nothing")
            body.memberObject("object") { $0.member("id", "1") }
            body.memberArray("array") { array in
                array.element("a")
                array.element(number: "2")
                array.elementObject { _ in }
                array.array { $0.element(json: .null) }
            }
            body.member("json", json: .array([.bool(false)]))
            body.member(named: "na\"me", json: .string("v"))
        }
        let expected =
            #"{"text":"a\"b","absent":null,"present":"x","yes":true,"amount":1.50,"#
            + #""long":-9223372036854775808,"count":3,"nothing":null,"object":{"id":"1"},"#
            + #""array":["a",2,{},[null]],"json":[false],"na\"me":"v"}"#
        #expect(String(decoding: writer.bytes, as: UTF8.self) == expected)
    }

    @Test("nothing but the two brackets is printed for an empty container")
    func empty() {
        var object = JSONWriter(capacity: 0)
        object.object { _ in }
        #expect(object.bytes == Array("{}".utf8))
        var array = JSONWriter(capacity: 0)
        array.array { _ in }
        #expect(array.bytes == Array("[]".utf8))
    }

    @Test("a comma stands after a nested container that is not the last")
    func commasAfterNesting() {
        var writer = JSONWriter()
        writer.array { array in
            array.elementObject { $0.memberArray("a") { _ in } }
            array.elementObject { object in
                object.memberObject("b") { _ in }
                object.memberNull("c")
            }
            array.element("d")
        }
        #expect(String(decoding: writer.bytes, as: UTF8.self) == #"[{"a":[]},{"b":{},"c":null},"d"]"#)
    }

    @Test(
        "a string is escaped where it must be and nowhere else",
        arguments: [
            ("", #""""#),
            ("plain", #""plain""#),
            ("\"", #""\"""#),
            ("\\", #""\\""#),
            ("a\u{8}\u{C}\n\r\tz", #""a\b\f\n\r\tz""#),
            ("\0\u{1}\u{B}\u{1F}", #""\u0000\u0001\u000b\u001f""#),
            ("\u{7F}", "\"\u{7F}\""),
            ("a/b<c>&'", #""a/b<c>&'""#),
            ("\u{2028}", #""\u2028""#),
            ("x\u{2029}y", #""x\u2029y""#),
            ("\u{2027}\u{202A}€", "\"\u{2027}\u{202A}€\""),
            ("ร้าน ហាង 😀", "\"ร้าน ហាង 😀\""),
            ("\"\"", #""\"\"""#),
        ])
    func escapes(text: String, printed: String) throws {
        #expect(String(decoding: JSON.string(text).encoded(), as: UTF8.self) == printed)
        #expect(try JSON.parse(printed) == .string(text))
        let named = JSON.object(JSONObject(members: [(text, .null)]))
        #expect(String(decoding: named.encoded(), as: UTF8.self) == "{\(printed):null}")
    }

    @Test("a parsed value prints without white space and otherwise as it was")
    func compact() throws {
        let value = try JSON.parse(" { \"b\" : [ 1.50 , -0 , 1e3 ] , \"a\" : { } , \"t\" : true } ")
        #expect(String(decoding: value.encoded(), as: UTF8.self) == #"{"b":[1.50,-0,1e3],"a":{},"t":true}"#)
    }
}
