import APISupport
import Crypto
import Foundation
import HTTPTypes
import Testing

/// WebHook Notify (6.5.2): what a merchant is told, and how it is signed. What leads to each state is walked through by
/// the other tests.
@Suite struct WebhookTests {
    @Test(arguments: [
        (Cards.approved, "Authorized success null null"), (Cards.declined05, "Declined fail 05 Do Not Honor"),
        (Cards.silent, "Reversed fail 500 Timeout"),
    ])
    func `every result of an authorisation without 3-D Secure is told once`(card: String, state: String) async throws {
        try await withShop { shop in
            try await shop.listen()
            let answer = try await shop.charge(card)
            let notices = try await shop.notices()
            #expect(
                notices.map { $0.show("transaction_state", "status", "failure_code", "failure_message") } == [state])
            #expect(notices.first?.id == answer.id)
        }
    }

    @Test func `without a notify URL nothing is kept to be told`() async throws {
        try await withShop { shop in
            _ = try await shop.charge()
            try await shop.listen()
            #expect(try await shop.notices().isEmpty, "what happened before is not told later")
            try await shop.set("{\"kpayment\":{\"notify_url\":null}}")
            _ = try await shop.charge()
            #expect(try await shop.notices().isEmpty)
        }
    }

    @Test func `what is refused is not told`() async throws {
        try await withShop { shop in
            try await shop.listen()
            _ = try await shop.charge { $0.with("amount", "0") }
            _ = try await shop.charge { $0.with("token", text: "tokn_test_0") }
            _ = try await shop.charge(mid: Shop.Mid.full)
            #expect(try await shop.notices().isEmpty)
        }
    }

    @Test func `a merchant is told of no other's charges`() async throws {
        try await withShop { shop in
            try await shop.listen()
            let rival = try await shop.rival()
            _ = try await rival.charge(mid: Shop.rivalMid)
            #expect(try await shop.notices().isEmpty)
        }
    }

    @Test func `a delivery has the headers of Standard Webhooks and the bytes of the commit`() async throws {
        try await Sink.serving { sink, url in
            try await withShop { shop in
                try await shop.set("{\"kpayment\":{\"notify_url\":\"\(url)\"}}")
                let charge = try await shop.charge { $0.with("description", text: "ค่าสินค้า \"1\"") }
                let body = try #require(try await shop.notices().first).text
                _ = try await shop.void(charge.id)
                await shop.deliverDue()
                let delivery = try #require(sink.deliveries.first)
                #expect(sink.deliveries.count == 1 && delivery.body == body)
                #expect(delivery.header("content-type").hasPrefix("application/json"))
                #expect(delivery.header("webhook-signature") == Self.signature(of: delivery, key: shop.secretKey))
                #expect(delivery.header("webhook-id").hasPrefix("msg_"))
                let seconds = try #require(TimeInterval(delivery.header("webhook-timestamp")))
                #expect(
                    abs(seconds - Date().timeIntervalSince1970) < 3_600, "real time, whatever the sandbox's clock says")
            }
        }
    }

    @Test func `what failed is sent again with the same id and bytes until it is taken`() async throws {
        try await Sink.serving([.internalServerError, .found, .badRequest]) { sink, url in
            try await withShop { shop in
                try await shop.set("{\"kpayment\":{\"notify_url\":\"\(url)\"}}")
                _ = try await shop.charge()
                await shop.deliverDue()
                for seconds in [6, 31, 121, 601] { try await shop.advance(seconds: seconds) }
                #expect(sink.deliveries.count == 4)
                #expect(Set(sink.deliveries.map(\.body)).count == 1)
                #expect(Set(sink.deliveries.map { $0.header("webhook-id") }).count == 1)
                for delivery in sink.deliveries {
                    #expect(delivery.header("webhook-signature") == Self.signature(of: delivery, key: shop.secretKey))
                }
            }
        }
    }

    /// HMAC-SHA256 of id, time and body with the merchant's secret key.
    private static func signature(of delivery: Sink.Delivery, key: String) -> String {
        let signed = delivery.header("webhook-id") + "." + delivery.header("webhook-timestamp") + "." + delivery.body
        let mac = HMAC<SHA256>.authenticationCode(for: Data(signed.utf8), using: SymmetricKey(data: Data(key.utf8)))
        return "v1," + Data(mac).base64EncodedString()
    }
}
