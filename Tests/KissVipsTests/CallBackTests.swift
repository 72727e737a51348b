import APISupport
import HTTPTypes
import Testing
import Webhooks
import WireKit

@testable import mekong

/// Appendix E: what is told, when, how often, and its exact bytes.
@Suite struct CallBackTests {
    private func statuses(_ shop: Shop) async throws -> [String] {
        try await shop.notices().map { $0.show("status") }
    }

    @Test func `a transfer tells that it is started, and that it is done`() async throws {
        try await withShop { shop in
            try await shop.fund("10")
            _ = try await shop.done("create_transfer", .transfer)
            #expect(try await statuses(shop) == [])
            try await shop.advance(seconds: 5)
            try await shop.advance(seconds: 600)
            #expect(
                try await shop.notices().map(\.text) == [
                    "{\"transfer_id\":1,\"amount\":5,\"status\":\"Q\"}",
                    "{\"transfer_id\":1,\"amount\":5,\"status\":\"S\"}",
                ])
        }
    }

    @Test func `one that fails tells so`() async throws {
        try await withShop { shop in
            try await shop.fund("10")
            _ = try await shop.done("create_transfer", .transfer.with("amount", "1.5"))
            try await shop.control(.post, "/payouts/1", "{\"outcome\":\"failed\"}")
            #expect(
                try await shop.notices().map(\.text) == [
                    "{\"transfer_id\":1,\"amount\":1.5,\"status\":\"Q\"}",
                    "{\"transfer_id\":1,\"amount\":1.5,\"status\":\"F\"}",
                ])
        }
    }

    @Test func `without an address nothing is told`() async throws {
        try await withShop { shop in
            try await shop.fund("10")
            _ = try await shop.done("create_transfer", .transfer.without("callback_url"))
            try await shop.advance(seconds: 5)
            #expect(try await shop.transferStatus("1") == "S")
            #expect(try await shop.notices().isEmpty)
        }
    }

    @Test func `a QR code tells when it is verified, and nothing else`() async throws {
        try await withShop { shop in
            let uuid = try await shop.newCode(.qrCode.with("amount", "1000").with("ref", text: "é\"\\"))
            _ = try await shop.newCode()
            _ = try await shop.scan(uuid)
            #expect(try await shop.notices().isEmpty)
            try await shop.credit("1000")
            try await shop.advance(seconds: 4_000)
            let told = try await shop.notices()
            #expect(told.count == 1)
            let code = try await shop.code(uuid)
            let times = ["created_at", "scanned_at", "verified_at"].map { code.reply("prompt_pay_qrcode." + $0) }
            #expect(
                told.first?.text
                    == "{\"uuid\":\"\(uuid)\",\"amount\":\"1000.00\",\"ref\":\"é\\\"\\\\\",\"status\":\"V\","
                    + "\"created_at\":\"\(times[0])\",\"scanned_at\":\"\(times[1])\",\"verified_at\":\"\(times[2])\"}")
            #expect(times == times.sorted())
        }
    }

    @Test func `a call back is sent once, whatever the merchant's server says`() async throws {
        try await withShop { shop in
            try await Sink.serving([.internalServerError]) { sink, url in
                let uuid = try await shop.newCode(.qrCode.with("callback_url", text: url))
                _ = try await shop.scan(uuid)
                try await shop.credit("1")
                for _ in 0..<3 {
                    await shop.host.worker.deliverDue()
                    try await shop.advance(seconds: 90_000)
                }
                #expect(sink.deliveries.count == 1)
                #expect(sink.deliveries.first?.header("content-type").hasPrefix("application/json") == true)
                #expect(sink.deliveries.first?.header("webhook-id") != "-")
                // A person may send it again.
                let id = try await shop.control(.get, "/webhooks").show("0.id")
                _ = try await shop.ask(.post, "/webhooks/\(id)/replay", "{}")
                await shop.host.worker.deliverDue()
                #expect(sink.deliveries.count == 2)
                #expect(Set(sink.deliveries.map(\.body)).count == 1)
            }
        }
    }
}
