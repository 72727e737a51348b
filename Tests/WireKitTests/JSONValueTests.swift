import Testing
import WireKit

@Suite("JSON values answer for their own kind only")
struct JSONValueTests {
    @Test(
        "a value has the name of its kind",
        arguments: [
            ("null", "null"), ("true", "boolean"), ("1", "number"), ("\"1\"", "string"), ("[]", "array"),
            ("{}", "object"),
        ])
    func kindNames(text: String, name: String) throws {
        let value = try JSON.parse(text)
        #expect(value.kindName == name)
        #expect(value.isNull == (name == "null"))
        #expect((value.boolValue != nil) == (name == "boolean"))
        #expect((value.numberText != nil) == (name == "number"))
        #expect((value.stringValue != nil) == (name == "string"))
        #expect((value.arrayValue != nil) == (name == "array"))
        #expect((value.objectValue != nil) == (name == "object"))
    }

    @Test("an object keeps the order of the wire and is searched by name")
    func object() throws {
        let object = try #require(try JSON.parse(#"{"z":1,"a":null,"m":"x"}"#).objectValue)
        #expect(object.names == ["z", "a", "m"])
        #expect(object["m"]?.stringValue == "x")
        #expect(object["a"]?.isNull == true)
        #expect(object["M"] == nil)
        #expect(!object.isEmpty)
        #expect(JSONObject().isEmpty)
    }

    @Test(
        "values differ in kind, in digits and in the order of members",
        arguments: [
            ("1", "\"1\""), ("1.0", "1.00"), ("null", "false"), ("[1,2]", "[2,1]"),
            (#"{"a":1,"b":2}"#, #"{"b":2,"a":1}"#),
            ("[]", "{}"), (#"{"a":1}"#, #"{"a":2}"#), (#"{"a":1}"#, #"{"a":1,"b":2}"#),
        ])
    func differences(left: String, right: String) throws {
        #expect(try JSON.parse(left) != JSON.parse(right))
        #expect(try JSON.parse(left) == JSON.parse(left))
    }
}
