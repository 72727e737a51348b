import APISupport
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

/// Bodies that are no JSON object, or too large.
@Suite struct RequestBodyTests {
    @Test(arguments: [
        "", " ", "{", "}", "[]", "[{}]", "null", "true", "1", "\"text\"", "{\"amount\":1,}", "{'amount':1}",
        "{\"amount\":01}", "{\"amount\":1.}", "{\"amount\":.5}", "{\"amount\":+1}", "{\"amount\":0x10}",
        "{\"amount\":NaN}", "{\"amount\":Infinity}", "{\"amount\":1e}", "{\"a\":\"\u{1}\"}", "{\"a\":\"\\x\"}",
        "{\"a\":\"\\ud800\"}", "{} {}", "{}x", "amount=1&currency=THB", "<charge/>", "{\"amount\":1 \"currency\":2}",
    ])
    func `what is no JSON object is a bad request`(text: String) async throws {
        try await withShop { shop in
            for path in [
                "/card/v2/charge", "/card/v2/charge/x/void", "/card/v2/charge/x/settle", "/card/v2/charge/x/refund",
            ] {
                let answer = try await shop.post(path, text)
                #expect(answer.error == "400 bad_request", "\(path)")
            }
            #expect(try await shop.createToken(text).error == "400 bad_request")
        }
    }

    @Test func `a body without any bytes is a bad request`() async throws {
        try await withShop { shop in
            let answer = try await shop.send(.post, "/card/v2/charge", [("x-api-key", shop.secretKey)])
            #expect(answer.error == "400 bad_request")
        }
    }

    @Test func `a member given twice is a bad request, wherever it stands`() async throws {
        try await withShop { shop in
            let text = Body.charge(try await shop.token()).text
            for twice in [
                text.dropLast() + ",\"amount\":200.50}", text.dropLast() + ",\"x\":1,\"x\":1}",
                text.dropLast() + ",\"x\":{\"y\":1,\"y\":1}}", text.dropLast() + ",\"\\u0061mount\":1}",
                "{\"token\":null," + text.dropFirst(),
            ] {
                #expect(try await shop.post("/card/v2/charge", String(twice)).error == "400 bad_request", "\(twice)")
            }
            #expect(try await shop.post("/card/v2/charge", text).state == "Authorized success")
        }
    }

    @Test func `deep nesting is a bad request, and harms nothing`() async throws {
        try await withShop { shop in
            let text = Body.charge(try await shop.token()).text
            for depth in [100, 10_000, 30_000] {
                let deep = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
                let answer = try await shop.post("/card/v2/charge", text.dropLast() + ",\"x\":" + deep + "}")
                #expect(answer.error == "400 bad_request", "\(depth)")
            }
            #expect(try await shop.post("/card/v2/charge", text).state == "Authorized success")
        }
    }

    @Test func `65,536 bytes are read and one more is too large`() async throws {
        try await withShop { shop in
            let text = Body.charge(try await shop.token()).text
            let start = text.dropLast() + ",\"x\":\""
            func body(_ size: Int) -> String {
                start + String(repeating: "x", count: size - start.utf8.count - 2) + "\"}"
            }
            #expect(try await shop.post("/card/v2/charge", body(65_537)).status == 413)
            #expect(try await shop.post("/card/v2/charge", body(1_000_000)).status == 413)
            #expect(try await shop.post("/card/v2/charge", body(65_536)).state == "Authorized success")
        }
    }

    @Test func `a byte order mark, white space and escaped names are read`() async throws {
        try await withShop { shop in
            let text = Body.charge(try await shop.token()).text
            let spaced = "\u{FEFF} \r\n\t" + text.replacing("\"amount\"", with: "\"\\u0061moun\\u0074\"") + "\n\n"
            #expect(try await shop.post("/card/v2/charge", spaced).state == "Authorized success")
        }
    }

    @Test func `the type that a body is declared to have does not matter`() async throws {
        try await withShop { shop in
            for type in ["text/plain", "application/json;charset=UTF-8", "application/x-www-form-urlencoded"] {
                let body = Body.charge(try await shop.token()).text
                let headers = [("x-api-key", shop.secretKey), ("content-type", type)]
                #expect(
                    try await shop.send(.post, "/card/v2/charge", headers, body: body).state == "Authorized success")
            }
        }
    }

    /// In-process requests have no sender that is still writing when the answer comes.
    @Test(arguments: [65_537, 200_000, 4_000_000])
    func `a body that is too large is answered on a real connection, which goes on`(size: Int) async throws {
        try await withShop { shop in
            let (key, text) = (shop.secretKey, Body.charge(try await shop.token()).text)
            try await shop.onSocket { client in
                func post(_ body: String) async throws -> Answer {
                    try await client.execute(
                        uri: "/card/v2/charge", method: .post, headers: [HTTPField.Name("x-api-key")!: key],
                        body: ByteBuffer(string: body)
                    ) { Answer($0) }
                }
                let refused = try await post(String(repeating: "x", count: size))
                #expect(refused.status == 413)
                #expect(try await post(text).state == "Authorized success")
            }
        }
    }
}
