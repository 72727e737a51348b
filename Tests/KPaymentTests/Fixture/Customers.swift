import APISupport
import HTTPTypes
import Testing

extension Shop {
    static let customers = "/card/v2/customer"

    /// 6.2.1, with a token where one is given.
    func createCustomer(
        _ token: String?, idempotencyKey: String? = nil, _ change: (Body) -> Body = { $0 }
    ) async throws -> Answer {
        var body = Body([
            ("email", "\"somrak@gmail.com\""), ("name", "\"Somrak Raktrakoon\""), ("mode", "\"token\""),
        ])
        if let token { body = body.with("token", text: token) }
        return try await post(Self.customers, change(body).text, idempotencyKey: idempotencyKey)
    }

    func delete(_ path: String) async throws -> Answer {
        try await send(.delete, path, [("x-api-key", secretKey)])
    }

    /// A token that has been charged with success.
    func chargedToken(_ number: String = Cards.approved) async throws -> String {
        let token = try await token(number)
        try #require(try await charge(Body.charge(token)).state == "Authorized success")
        return token
    }

    /// The answer to a customer with one card.
    func savedCustomer() async throws -> Answer {
        let answer = try await createCustomer(try await chargedToken())
        try #require(answer.status == 200, "\(answer.text)")
        return answer
    }

    /// A charge that verifies a card: an amount of 1 under a merchant id with 3-D Secure.
    func register(
        _ number: String = Cards.approved, mid: String = Mid.full, _ change: (Body) -> Body = { $0 }
    ) async throws -> Answer {
        try await charge(number, mid: mid) { change($0.with("amount", "1").with("mode", "\"register3d\"")) }
    }
}
