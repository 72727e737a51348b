import APISupport
import Gateway
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import KissVips
import Logging
import NIOCore
import Testing
import WireKit

@testable import mekong

/// The merchant's list of addresses that alone may call.
@Suite struct AddressTests {
    private static let operations = [
        "create_pg_deposit", "create_prompt_pay_deposit", "create_prompt_pay_qrcode", "create_transfer", "get_balance",
        "get_bank_config", "get_deposit", "get_deposit_accounts", "get_pg_deposit_by_token",
        "get_prompt_pay_qrcode_by_uuid", "get_transfer_by_id", "redeem_deposit", "update_prompt_pay_scanned_time",
    ]

    private func allow(_ shop: Shop, _ list: String) async throws {
        try await shop.control(.put, "/merchant", "{\"kissvips\":{\"ip_whitelist\":\(list)}}")
    }

    @Test(arguments: operations) func `from an address that is not on the list nothing is allowed`(
        operation: String
    ) async throws {
        try await withShop { shop in
            try await allow(shop, "[\"203.0.113.7\"]")
            #expect(try await shop.call(operation).outcome == "403 ADDRESS_NOT_ALLOWED")
        }
    }

    @Test func `a transfer that is refused for its address moves nothing`() async throws {
        try await withShop { shop in
            try await shop.fund("10")
            try await allow(shop, "[\"203.0.113.7\"]")
            #expect(try await shop.call("create_transfer", .transfer).outcome == "403 ADDRESS_NOT_ALLOWED")
            try await allow(shop, "null")
            #expect(try await shop.balance == "10.00")
        }
    }

    @Test func `who cannot sign learns nothing of the list, and no time is used up`() async throws {
        try await withShop { shop in
            try await allow(shop, "[\"203.0.113.7\"]")
            var stranger = shop
            stranger.key = "guessed"
            #expect(try await stranger.call("get_balance").outcome == "401 AUTHENTICATION_FAILED")
            let body = shop.signed().text
            #expect(try await shop.post("get_balance", body).outcome == "403 ADDRESS_NOT_ALLOWED")
            try await allow(shop, "[]")
            #expect(try await shop.post("get_balance", body).outcome == "200 OK")
        }
    }

    @Test func `an address on the list may call, itself or by the word of a trusted proxy`() async throws {
        try await withShop { shop in
            let trusting = Router(context: MekongContext.self)
            trusting.add(
                middleware: ForwardedAddressMiddleware(TrustedProxies([try AddressRange(parsing: "127.0.0.1")])))
            let gateway = shop.host.gateway
            KissVipsAPI(
                gateway: gateway, dialect: KissVips(publicURL: Sandbox.publicURL, directory: gateway.directory)
            ).addRoutes(to: trusting)
            for (router, list, forwarded, outcome) in [
                (shop.host.router(), "127.0.0.0/8", nil, "200 OK"),
                (shop.host.router(), "203.0.113.7", "203.0.113.7", "403 ADDRESS_NOT_ALLOWED"),
                (trusting, "203.0.113.7", "203.0.113.7", "200 OK"),
                (trusting, "203.0.113.7", "198.51.100.1", "403 ADDRESS_NOT_ALLOWED"),
                (trusting, "203.0.113.7", "203.0.113.7, 198.51.100.1", "403 ADDRESS_NOT_ALLOWED"),
                (trusting, "203.0.113.7", nil, "403 ADDRESS_NOT_ALLOWED"),
            ] {
                try await allow(shop, "[\"\(list)\"]")
                let body = ByteBuffer(string: shop.signed().text)
                let application = Application(router: router, logger: .quiet)
                try await application.test(.live) { client in
                    var headers: HTTPFields = [.contentType: "application/json"]
                    if let forwarded { headers[.init("x-forwarded-for")!] = forwarded }
                    let answer = try await client.execute(
                        uri: "/api/get_balance", method: .post, headers: headers, body: body
                    ) { Answer($0) }
                    #expect(answer.outcome == outcome, "\(list) \(forwarded ?? "-")")
                }
            }
        }
    }
}
