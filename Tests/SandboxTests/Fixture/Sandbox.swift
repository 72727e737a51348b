import APISupport
import HTTPTypes
import Testing

@testable import mekong

extension JSONText {
    var id: String { show("id") }
}

/// The sandbox's merchant, who speaks K-Payment.
extension Sandbox {
    static let full = "401001001001001"
    static let without3DS = "401001001001002"

    /// Charges 200.50 baht to a card.
    func charge(
        _ number: String = "4417706600005830", mid: String = without3DS, amount: String = "200.50",
        currency: String = "THB", reference: String? = nil
    ) async throws -> Answer {
        let token = try await send(
            .post, "/ui/v2/token", [("x-api-key", DemoMerchant.kpaymentPublicKey)],
            body: "{\"number\":\"\(number)\",\"name\":\"SOMCHAI J\",\"expiry\":\"12/30\",\"cvv\":\"123\"}")
        try #require(token.status == 200, "\(token.text)")
        let reference = reference ?? String(token.show("token").suffix(24))
        return try await post(
            "/card/v2/charge",
            """
            {"amount":\(amount),"currency":"\(currency)","description":"d","source_type":"card","mode":"token",\
            "token":"\(token.show("token"))","reference_order":"\(reference)",\
            "additional_data":{"mid":"\(mid)"}}
            """)
    }

    func inquire(_ name: String) async throws -> Answer {
        try await send(.get, "/card/v2/charge/\(name)", [("x-api-key", DemoMerchant.kpaymentSecretKey)])
    }

    func post(_ path: String, _ body: String) async throws -> Answer {
        try await send(.post, path, [("x-api-key", DemoMerchant.kpaymentSecretKey)], body: body)
    }

    func void(_ charge: Answer) async throws -> Answer {
        try await post("/card/v2/charge/\(charge.id)/void", "{\"reason\":\"r\"}")
    }
}
