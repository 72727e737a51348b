import APISupport
import HTTPTypes
import Testing
import WireKit

/// Exchanges as the document's samples show them, byte for byte. See `Golden`.
@Suite struct GoldenTests {
    private func expect(
        _ answer: Answer, _ name: String, at location: SourceLocation = #_sourceLocation
    ) throws {
        #expect(answer.status == 200, sourceLocation: location)
        let type = answer.headers[.contentType]
        #expect(type == "application/json; charset=utf-8", sourceLocation: location)
        let golden = try Golden.wire(name)
        #expect(Golden.masked(answer.text) == golden, sourceLocation: location)
    }

    /// The sample's request, now and signed.
    private func sample(_ shop: Shop) async throws -> Answer {
        let file = NoticeBody(text: try Golden.wire("deposit.request"))
        let members = file.json.objectValue?.members ?? []
        let body = Body(members.map { ($0.name, String(decoding: $0.value.encoded(), as: UTF8.self)) })
        return try await shop.deposit(body.with("timestamp", Body.now))
    }

    @Test func `a deposit`() async throws {
        try await withShop { shop in
            let answer = try await sample(shop)
            try expect(answer, "deposit.response")
            #expect(answer.number.hasPrefix("DP17724276"))
            // Noon in Bangkok, a second or two later, and five minutes.
            #expect(answer.show("data.expireDate").hasPrefix("2026-03-02T05:05:0"))
        }
    }

    @Test func `a withdrawal`() async throws {
        try await withShop { shop in
            try await shop.fund()
            try expect(try await shop.withdraw(.withdrawal("unique_order_id")), "withdraw.response")
        }
    }

    @Test func `a balance`() async throws {
        try await withShop { shop in
            try await shop.fund("50251.26")
            // Less 251.26.
            try expect(try await shop.post("/balance", Body([("timestamp", Body.now)])), "balance.response")
        }
    }

    @Test func `a query and a callback`() async throws {
        try await withShop { shop in
            let deposit = try await sample(shop)
            try await shop.advance(seconds: 180)
            _ = try await shop.pay(deposit.number)
            let query = try await shop.query(("order_no", deposit.number))
            try expect(query, "query.response")
            #expect(query.show("data.created_at").hasPrefix("2026-03-02T05:00:0"))
            #expect(query.show("data.completed_at").hasPrefix("2026-03-02T05:03:0"))
            let notices = try await shop.notices()
            let callback = try Golden.wire("callback")
            let told = notices.map { Golden.masked($0.text) }
            #expect(told == [callback])
            #expect(notices[0].show("timestamp").hasPrefix("17724277"))
        }
    }

    @Test func `a signature`() async throws {
        try await withShop { shop in
            try expect(try await shop.post("/signature", try Golden.wire("signature.request")), "signature.response")
        }
    }

    @Test func `health, without a key`() async throws {
        try await withShop { shop in
            try expect(try await shop.send(.get, "/api/v1/health"), "health.response")
        }
    }

    @Test func `banks: the sample's are among them, word for word`() async throws {
        try await withShop { shop in
            let answer = try await shop.send(.get, "/api/v1/banks", [("x-api-key", shop.key)])
            #expect(answer.text.hasPrefix(#"{"code":200,"message":"Success","data":{"banks":[{"code":""#))
            for bank in [
                #"{"code":"KBANK","name":"Kasikorn Bank","name_th":"ธนาคารกสิกรไทย","active":true}"#,
                #"{"code":"SCB","name":"Siam Commercial Bank","name_th":"ธนาคารไทยพาณิชย์","active":true}"#,
            ] {
                #expect(answer.text.contains(bank))
            }
            #expect(answer["data.banks"]?.arrayValue?.count == 17)
        }
    }
}
