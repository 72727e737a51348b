import APISupport
import Gateway
import HTTPTypes
import KissVips
import Payments
import Testing
import WireKit

@testable import mekong

/// An account's own QR code (`qrcode_url` of get_deposit_accounts), paid with `POST /sandbox/qr/pay`.
@Suite struct AccountCodeTests {
    private func code(_ number: Int64, of shop: Shop) throws -> String {
        let found = shop.host.gateway.directory.merchant(DemoMerchant.id)?.collectionAccount(number)
        let account = try #require(found)
        return try #require(KissVips.accountPayload(account))
    }

    @Test(arguments: [Int64(1), 2]) func `each payment is a credit on that account`(number: Int64) async throws {
        try await withShop { shop in
            let qr = try code(number, of: shop)
            let payer = #""payer":{"bank":"KTB","account_no":"1110434783","name":"SOMCHAI J"}"#
            for _ in 0..<2 {
                let paid = try await shop.ask(.post, "/qr/pay", #"{"qr":"\#(qr)","amount":"50.00",\#(payer)}"#)
                #expect(paid.status == 200, "\(paid.text)")
                #expect(paid.text == #"{"status":"paid","amount":"50.00","currency":"THB","matched":false}"#)
            }
            let found = try await shop.done("get_deposit", .deposit)
            #expect(found["response.deposits"]?.arrayValue?.count == 2)
            _ = try await shop.done("redeem_deposit", Body([("deposit_id", found.reply("deposits.0.id"))]))
            #expect(try await shop.balance == "50.00")
        }
    }

    @Test(arguments: [
        "", #","amount":null"#, #","amount":"0""#, #","amount":"-5""#, #","amount":"1.001""#, #","amount":[]"#,
    ])
    func `no amount stands in it, so one must be said`(member: String) async throws {
        try await withShop { shop in
            let qr = try code(1, of: shop)
            #expect(try await shop.ask(.post, "/qr/pay", "{\"qr\":\"\(qr)\"\(member)}").status == 422)
        }
    }

    @Test func `the code of an account that is closed, or of nobody, is no code`() async throws {
        try await withShop { shop in
            let qr = try code(1, of: shop)
            try await shop.changeMerchant { $0.collectionAccounts?[0].isActive = false }
            #expect(try await shop.ask(.post, "/qr/pay", "{\"qr\":\"\(qr)\",\"amount\":\"5\"}").status == 404)
            #expect(try await shop.ask(.post, "/qr/pay", "{\"qr\":\"\(qr)x\",\"amount\":\"5\"}").status == 404)
        }
    }

    @Test(arguments: [#""payer":{"bank":"NOPE"}"#, #""payer":5"#, #""channel":"nope""#])
    func `from nobody's bank nothing arrives`(member: String) async throws {
        try await withShop { shop in
            let qr = try code(1, of: shop)
            #expect(try await shop.ask(.post, "/qr/pay", #"{"qr":"\#(qr)","amount":"5",\#(member)}"#).status == 422)
        }
    }
}
