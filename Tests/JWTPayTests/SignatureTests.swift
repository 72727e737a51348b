import APISupport
import Foundation
import HTTPTypes
import Testing
import WireKit

/// `signature`: an HS256 JWT over the parameters sorted by name.
@Suite struct SignatureTests {
    @Test func `an independent implementation's tokens are ours`() async throws {
        let file = NoticeBody(text: try Golden.file("jwt-vectors"))
        try await withShop { shop in
            #expect(shop.key == file.show("key"))
            let vectors = try #require(file["vectors"]?.arrayValue)
            #expect(vectors.count == 3)
            for vector in vectors {
                let params = try #require(vector.objectValue?["params"])
                let answer = try await shop.post(
                    "/signature", "{\"params\":" + String(decoding: params.encoded(), as: UTF8.self) + "}")
                #expect(answer.show("data.signature") == vector.objectValue?["signature"]?.stringValue)
            }
        }
    }

    /// What may be spelled differently on the two sides.
    @Test(arguments: [
        ("1000", "1000.0"), ("1000.0", "1000"), ("1000", "1e3"), ("1E+3", "1000.00"), ("10.50", "10.5"),
        ("100000e-2", "1000"),
    ])
    func `numbers are compared by their value`(sent: String, signed: String) async throws {
        try await withShop { shop in
            let body = Body.deposit(amount: sent)
            let signature = token(over: body.with("amount", signed).sorted.text, shop.key)
            let answer = try await shop.deposit(body, signature)
            #expect(answer.status == 200)
        }
    }

    @Test(arguments: [
        ("1000", "1000.01"), ("1000", "\"1000\""), ("1000", "-1000"), ("1000", "10000"), ("1000", "1e300"),
        ("1000", "1e9999999999999999999999"), ("0.1", "0.10000000000000000001"), ("1000", "null"),
    ])
    func `another number is another request`(sent: String, signed: String) async throws {
        try await withShop { shop in
            let body = Body.deposit(amount: sent)
            let signature = token(over: body.with("amount", signed).sorted.text, shop.key)
            let answer = try await shop.deposit(body, signature)
            #expect(answer.error == "400 Invalid signature")
        }
    }

    @Test func `the order of the payload's members does not matter, nor does what else is signed`() async throws {
        try await withShop { shop in
            let body = Body.deposit().with("note", "{\"b\":[1,null,true],\"a\":\"\\u0e01\"}")
            let signature = token(over: body.with("note", "{\"a\":\"ก\",\"b\":[1.0,null,true]}").text, shop.key)
            let answer = try await shop.deposit(body, signature)
            #expect(answer.status == 200)
        }
    }

    @Test(arguments: [
        #"{"alg":"HS256"}"#, #"{"typ":"jwt","alg":"HS256"}"#, #"{"alg":"HS256","typ":"JWT","kid":"1"}"#,
    ])
    func `a header that says no more than it must, or more, is taken`(header: String) async throws {
        try await withShop { shop in
            let body = Body.deposit()
            let answer = try await shop.deposit(body, token(over: body.sorted.text, shop.key, header: header))
            #expect(answer.status == 200)
        }
    }

    @Test(arguments: [
        #"{"alg":"none","typ":"JWT"}"#, #"{"alg":"NONE"}"#, #"{"alg":"RS256","typ":"JWT"}"#,
        #"{"alg":"HS512","typ":"JWT"}"#, #"{"alg":"HS384"}"#, #"{"alg":"hs256"}"#, #"{"typ":"JWT"}"#, #"{"alg":null}"#,
        #"{"alg":"HS256","typ":"JWE"}"#, #"{"alg":"HS256","typ":1}"#, #"{"alg":"HS256","typ":null}"#,
        #"{"alg":"HS256","crit":["b64"],"b64":false}"#, #"{"alg":"HS256","crit":[]}"#,
        #"{"alg":"HS256","alg":"none"}"#, "[]", "", "{", "null",
    ])
    func `a header of another kind is refused, though the MAC is right`(header: String) async throws {
        try await withShop { shop in
            let body = Body.deposit()
            let answer = try await shop.deposit(body, token(over: body.sorted.text, shop.key, header: header))
            #expect(answer.error == "400 Invalid signature")
        }
    }

    /// What is done to a right token.
    @Test(arguments: [
        "drop the MAC", "drop the dot too", "another key", "pad", "a space", "four parts", "a bit", "standard alphabet",
        "a number", "nothing", "null", "empty", "an object",
    ])
    func `a malformed or foreign token is refused`(what: String) async throws {
        try await withShop { shop in
            let body = Body.deposit()
            let right = token(over: body.sorted.text, shop.key)
            let parts = right.split(separator: ".").map(String.init)
            let raw: String? =
                switch what {
                case "drop the MAC": quoted("\(parts[0]).\(parts[1]).")
                case "drop the dot too": quoted("\(parts[0]).\(parts[1])")
                case "another key": quoted(token(over: body.sorted.text, shop.key + "x"))
                case "pad": quoted(right + "=")
                case "a space": quoted(" " + right)
                case "four parts": quoted(right + ".x")
                case "a bit": quoted(right.dropLast(2) + (right.hasSuffix("AA") ? "QA" : "AA"))
                case "standard alphabet": quoted("\(parts[0]).\(parts[1]).++++")
                case "a number": "5"
                case "nothing": nil
                case "null": "null"
                case "empty": "\"\""
                default: "{}"
                }
            let sent = raw.map { body.with("signature", $0) } ?? body
            let answer = try await shop.post("/deposit", sent.text)
            #expect(answer.error == "400 Invalid signature")
            // The right one was good all along.
            #expect(try await shop.deposit(body, right).status == 200)
        }
    }

    @Test func `a payload with a member more or less, or another value, is refused`() async throws {
        try await withShop { shop in
            let body = Body.deposit()
            let others = [
                body.with("iat", Body.now), body.without("name"), body.with("name", text: "John  Doe"),
                body.with("name", "null"), body.with("type", text: "qr"), body.with("timestamp", quoted(Body.now)),
                body.with("signature", text: "x"), Body([]),
            ]
            for other in others {
                let answer = try await shop.deposit(body, token(over: other.sorted.text, shop.key))
                #expect(answer.error == "400 Invalid signature", "\(other.text)")
            }
            for payload in ["[]", "null", "1", "", "{", body.sorted.text + " x"] {
                #expect(try await shop.deposit(body, token(over: payload, shop.key)).error == "400 Invalid signature")
            }
            #expect(try await shop.notices().isEmpty)
            #expect(try await shop.query(("agent_order_no", "T-1")).status == 404, "nothing was made")
        }
    }

    @Test func `canonically equal texts are not equal`() async throws {
        try await withShop { shop in
            let body = Body.deposit().with("name", "\"e\\u0301\"")
            let signature = token(over: body.with("name", "\"\\u00e9\"").sorted.text, shop.key)
            let answer = try await shop.deposit(body, signature)
            #expect(answer.error == "400 Invalid signature")
        }
    }

    @Test(arguments: ["/withdraw", "/balance", "/order/query"]) func `every operation that moves or tells asks for it`(
        path: String
    ) async throws {
        try await withShop { shop in
            let body = Body.withdrawal()
            let answer = try await shop.post(path, body.text)
            #expect(answer.error == "400 Invalid signature")
            #expect(try await shop.post(path, body.signed(with: "other").text).error == "400 Invalid signature")
        }
    }
}

extension Shop {
    func deposit(_ body: Body, _ signature: String) async throws -> Answer {
        try await post("/deposit", body.with("signature", text: signature).text)
    }
}
