import APISupport
import HTTPTypes
import Testing

/// Cards of the document's section 7, by what comes of them.
enum Cards {
    static let approved = "4417706600005830"
    static let approvedMastercard = "5404888000072727"
    static let declined05 = "5596886582263266"
    static let silent = "4024007121398514"
}

extension Shop {
    /// A token for a card.
    func token(_ number: String = Cards.approved, _ change: (Body) -> Body = { $0 }) async throws -> String {
        let answer = try await createToken(change(Body.card(number)).text)
        try #require(answer.status == 200, "\(answer.text)")
        return answer.show("token")
    }

    func createToken(_ body: String, idempotencyKey: String? = nil) async throws -> Answer {
        var headers = [("content-type", "application/json"), ("x-api-key", publicKey)]
        if let idempotencyKey { headers.append(("idempotency-key", idempotencyKey)) }
        return try await send(.post, "/ui/v2/token", headers, body: body)
    }

    /// Charges a fresh token with the standard body, changed as the test wants it.
    func charge(
        _ number: String = Cards.approved, mid: String = Mid.without3DS, _ change: (Body) -> Body = { $0 }
    ) async throws -> Answer {
        try await charge(change(Body.charge(try await token(number), mid: mid)))
    }

    func charge(_ body: Body, idempotencyKey: String? = nil) async throws -> Answer {
        try await post("/card/v2/charge", body.text, idempotencyKey: idempotencyKey)
    }

    /// The id of a charge that stands as authorised.
    func authorized(_ change: (Body) -> Body = { $0 }) async throws -> String {
        let answer = try await charge(Cards.approved, change)
        try #require(answer.state == "Authorized success", "\(answer.text)")
        return answer.id
    }

    /// The id of a charge that the settlement run has settled. The clock stands after midnight.
    func settled(_ change: (Body) -> Body = { $0 }) async throws -> String {
        let id = try await authorized(change)
        try await advanceToMidnight()
        return id
    }

    func inquire(_ name: String, date: String? = nil) async throws -> Answer {
        try await get("/card/v2/charge/\(name)" + (date.map { "/" + $0 } ?? ""))
    }

    func void(_ id: String, idempotencyKey: String? = nil) async throws -> Answer {
        try await post("/card/v2/charge/\(id)/void", "{\"reason\":\"TEST VOID\"}", idempotencyKey: idempotencyKey)
    }

    func settle(_ id: String, _ amount: String, _ type: String = "full", idempotencyKey: String? = nil) async throws
        -> Answer
    {
        try await post(
            "/card/v2/charge/\(id)/settle", "{\"amount\":\(amount),\"type\":\"\(type)\"}",
            idempotencyKey: idempotencyKey)
    }

    func refund(_ id: String, _ amount: String, date: String? = nil, idempotencyKey: String? = nil) async throws
        -> Answer
    {
        let date = date.map { ",\"transaction_date\":\"\($0)\"" } ?? ""
        return try await post(
            "/card/v2/charge/\(id)/refund", "{\"amount\":\(amount),\"reason\":\"wrong product spec\"\(date)}",
            idempotencyKey: idempotencyKey)
    }

    /// The next call of the acquirer for `operation` is declined with `code`.
    func decline(_ operation: String, _ code: String) async throws {
        try await control(
            .post, "/faults",
            "{\"rail\":\"card\",\"fault\":\"decline\",\"operation\":\"\(operation)\",\"code\":\"\(code)\"}")
    }
}
