import APISupport
import HTTPTypes
import Testing
import WireKit

/// `POST /signature`.
@Suite struct HelperTests {
    @Test func `what the helper signs is taken`() async throws {
        try await withShop { shop in
            let body = Body.deposit().with("name", text: "สมชาย \"J\"\n")
            let helped = try await shop.post("/signature", "{\"params\":\(body.text)}")
            let signature = helped.show("data.signature")
            #expect(try await shop.deposit(body, signature).status == 200)
            #expect(helped.show("data.payload") == payload(of: signature, shop.key))
        }
    }

    @Test func `a key in the body stands in for the header's`() async throws {
        try await withShop { shop in
            let rival = try await shop.rival()
            let body = "{\"params\":{\"b\":1,\"a\":2},\"api_key\":\"\(rival.key)\"}"
            for headers in [[], [("x-api-key", shop.key)]] {
                let answer = try await shop.send(.post, "/api/v1/signature", headers, body: body)
                #expect(payload(of: answer.show("data.signature"), rival.key) == #"{"a":2,"b":1}"#)
                #expect(!answer.text.contains(rival.key))
            }
            let wrong = try await shop.post("/signature", "{\"params\":{},\"api_key\":\"x\"}")
            #expect(wrong.error == "401 Invalid API key")
        }
    }

    @Test func `a signature among the parameters is not signed`() async throws {
        try await withShop { shop in
            let answer = try await shop.post("/signature", #"{"params":{"signature":"x","a":1}}"#)
            #expect(answer.show("data.payload") == #"{"a":1}"#)
        }
    }

    @Test func `digits stay as they were written`() async throws {
        try await withShop { shop in
            let answer = try await shop.post(
                "/signature", #"{"params":{"a":1000.10,"b":1e2,"c":123456789012345678901}}"#)
            #expect(answer.show("data.payload") == #"{"a":1000.10,"b":1e2,"c":123456789012345678901}"#)
        }
    }

    @Test(arguments: [
        ("{}", "params is required"), ("{\"params\":null}", "params is required"),
        ("{\"params\":[]}", "Invalid params: an object is expected"),
        ("{\"params\":\"x\"}", "Invalid params: an object is expected"),
        ("{\"params\":{},\"api_key\":5}", "Invalid api_key: a string is expected, not number"),
    ])
    func `what cannot be signed is refused`(body: String, message: String) async throws {
        try await withShop { shop in
            let answer = try await shop.post("/signature", body)
            #expect(answer.error == "400 " + message)
        }
    }
}
