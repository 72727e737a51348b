import APISupport
import Crypto
import Foundation
import Testing

/// Orders, QR codes and wallets as the document's samples show them, byte for byte. See `Golden`.
@Suite struct PushGoldenTests {
    private func expect(
        _ text: String, _ name: String, at location: SourceLocation = #_sourceLocation
    ) throws {
        let golden = try Golden.wire(name)
        #expect(Golden.masked(text) == golden, sourceLocation: location)
    }

    @Test func `6.3 an order, made and inquired`() async throws {
        try await withShop { shop in
            let order = try await shop.order()
            try expect(order.text, "order.response")
            let inquired = try await shop.get("/qr/v2/order/\(order.id)")
            try expect(inquired.text, "order.response")
        }
    }

    @Test func `6.4 the inquiry and the void of a QR payment, and its webhook`() async throws {
        try await withShop { shop in
            try await shop.listen()
            let id = try await shop.paid()
            let inquired = try await shop.inquireQR(id)
            try expect(inquired.text, "qr-inquiry.response")
            let voided = try await shop.voidQR(id)
            try expect(voided.text, "qr-void.response")
            let notices = try await shop.notices()
            try expect(try #require(notices.first).text, "webhook-qr")
            #expect(notices.count == 1)
            let signed = id + "200.0000THBsuccessAuthorized" + shop.secretKey
            let checksum = SHA256.hash(data: Data(signed.utf8)).map { String(format: "%02x", $0) }.joined()
            #expect(notices.first?.show("checksum") == checksum)
        }
    }

    @Test func `6.4.3 the cancellation of a QR`() async throws {
        try await withShop { shop in
            let qr = try await shop.presented()
            let cancelled = try await shop.cancelQR(qr.show("source.id"))
            try expect(cancelled.text, "qr-cancel.response")
        }
    }

    @Test func `6.5.4 the webhook of a wallet's charge`() async throws {
        try await withShop { shop in
            try await shop.listen()
            let charge = try await shop.redirect(
                Body.redirect().with("ref_1", text: "reference_1").with("ref_2", text: "reference_2")
                    .with("ref_3", text: "reference_3"))
            _ = try await shop.scan(charge.id)
            try expect(try #require(try await shop.notices().first).text, "webhook-redirect")
        }
    }
}
