import APISupport
import Gateway
import HTTPTypes
import Payments
import Testing

@testable import mekong

/// Money that the matcher left alone, and a person has a deposit paid by.
@Suite struct LatePaymentTests {
    private func assign(_ shop: Shop, to uuid: String, line: Int64 = 1) async throws -> AssignmentStep {
        try await shop.host.gateway.assign(
            line: line, of: DemoMerchant.id, account: 1, to: uuid,
            by: Assignment(stored: "somchai", at: shop.host.clock.now()))
    }

    @Test func `a code that expired unscanned is verified late, and tells so once`() async throws {
        try await withShop { shop in
            let uuid = try await shop.newCode(.qrCode.with("amount", "1000"))
            try await shop.advance(seconds: 2_000)
            try await shop.credit("1000")
            #expect(try await shop.scan(uuid).outcome == "409 QRCODE_EXPIRED")
            #expect(try await shop.notices().isEmpty)
            let done = try await assign(shop, to: uuid)
            #expect(done.isLate)
            let code = try await shop.code(uuid)
            #expect(code.reply("prompt_pay_qrcode.status") == "V")
            #expect(code.reply("prompt_pay_qrcode.scanned_at") == "null")
            let told = try await shop.notices()
            #expect(told.map { [$0.show("uuid"), $0.show("status"), $0.show("scanned_at")] } == [[uuid, "V", "null"]])
            // Saying now that it was scanned changes nothing, and nobody is told that it is over.
            let said = try await shop.scan(uuid)
            #expect(said.outcome == "200 OK" && said.reply("prompt_pay_qrcode.status") == "V")
            #expect(said.reply("prompt_pay_qrcode.scanned_at") == "null")
            #expect(try await shop.code(uuid).text == code.text)
            let redeemed = try await shop.call("redeem_deposit", Body([("deposit_id", "1")]))
            #expect(redeemed.outcome == "409 DEPOSIT_ALREADY_REDEEMED")
        }
    }

    @Test func `a code that a person says is paid before its payer does is not over for its payer`() async throws {
        try await withShop { shop in
            let uuid = try await shop.newCode(.qrCode.with("amount", "1000"))
            try await shop.credit("1000")
            #expect(try await assign(shop, to: uuid).isLate == false)
            for seconds in [0, 2_000] {
                try await shop.advance(seconds: seconds)
                let said = try await shop.scan(uuid)
                #expect(said.outcome == "200 OK" && said.reply("prompt_pay_qrcode.status") == "V", "\(said.text)")
            }
            #expect(try await shop.notices().count == 1)
        }
    }

    @Test func `of two codes of one amount the one that a person names is verified`() async throws {
        try await withShop { shop in
            let (first, second) = (try await shop.newCode(), try await shop.newCode())
            _ = try await shop.scan(first)
            _ = try await shop.scan(second)
            #expect(try await shop.credit("1") == false)
            let done = try await assign(shop, to: second)
            #expect(!done.isLate)
            #expect(try await shop.code(second).reply("prompt_pay_qrcode.status") == "V")
            #expect(try await shop.code(first).reply("prompt_pay_qrcode.status") == "S")
            let told = try await shop.notices().map { [$0.show("uuid"), $0.show("status")] }
            #expect(told == [[second, "V"]])
        }
    }
}
