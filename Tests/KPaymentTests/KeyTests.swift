import APISupport
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import mekong

/// Who may call: `x-api-key`, and the addresses that a merchant allows.
@Suite struct KeyTests {
    private static let calls: [(HTTPRequest.Method, String)] = [
        (.post, "/card/v2/charge"), (.get, "/card/v2/charge/x"), (.get, "/card/v2/charge/x/20260302"),
        (.post, "/card/v2/charge/x/Settle"), (.post, "/card/v2/charge/x/Refund"), (.post, "/qr/v2/qr/x/Void"),
        (.post, "/qr/v2/qr/x/Cancel"), (.post, "/card/v2/charge/x/void"), (.post, "/card/v2/charge/x/Void"),
        (.post, "/card/v2/charge/x/settle"),
        (.post, "/card/v2/charge/x/refund"),
    ]

    @Test(
        arguments: [
            [], [("x-api-key", "")], [("x-api-key", "wrong")],
            [("x-api-key", "skey_test_41Bbw6At8dJjVyKV3ZaXghhLpRro5oAtr")],
            [("x-api-key", DemoMerchant.kpaymentPublicKey)], [("x-api-key", DemoMerchant.kpaymentSecretKey + "x")],
            [("authorization", "Bearer " + DemoMerchant.kpaymentSecretKey)],
            // user name: the demo merchant's secret key
            [("authorization", "Basic c2tleV90ZXN0XzQxQmJ3NkF0OGRKalZ5S1YzWmFYZ2hoTHBScm81b0F0Ujo=")],
        ] as [[(String, String)]])
    func `without the secret key every call fails to authenticate`(headers: [(String, String)]) async throws {
        try await withShop { shop in
            for (method, path) in Self.calls {
                let answer = try await shop.send(method, path, headers, body: method == .post ? "{}" : nil)
                #expect(answer.error == "401 authentication_failure", "\(path)")
                #expect(answer.message.hasPrefix("Failure to properly authenticate yourself"))
            }
        }
    }

    @Test(arguments: ["", "wrong", DemoMerchant.kpaymentSecretKey])
    func `a token is made with the public key alone`(key: String) async throws {
        try await withShop { shop in
            let answer = try await shop.send(
                .post, "/ui/v2/token", [("x-api-key", key)], body: Body.card(Cards.approved).text)
            #expect(answer.error == "401 authentication_failure")
        }
    }

    @Test(arguments: ["Basic bm90OnJlYWQ=", "Basic c2tleV90ZXN0Og==", "Nonsense"])
    func `what else the authorization header says does not matter`(value: String) async throws {
        try await withShop { shop in
            let headers = [("X-API-KEY", shop.secretKey), ("Authorization", value)]
            let body = Body.charge(try await shop.token()).text
            #expect(try await shop.send(.post, "/card/v2/charge", headers, body: body).state == "Authorized success")
        }
    }

    @Test func `from an address that is not on the list nothing is allowed but tokens`() async throws {
        try await withShop { shop in
            let token = try await shop.token()
            try await shop.set("{\"kpayment\":{\"ip_whitelist\":[\"203.0.113.7\"]}}")
            for (method, path) in Self.calls {
                let answer = try await shop.send(
                    method, path, [("x-api-key", shop.secretKey)], body: method == .post ? "{}" : nil)
                #expect(answer.error == "400 ip_not_allow", "\(path)")
            }
            #expect(try await shop.createToken(Body.card(Cards.approved).text).status == 200, "a payer's browser calls")
            let stranger = try await shop.send(.post, "/card/v2/charge", [("x-api-key", "wrong")], body: "{}")
            #expect(stranger.error == "401 authentication_failure", "a stranger learns nothing of the list")
            try await shop.set("{\"kpayment\":{\"ip_whitelist\":null}}")
            #expect(try await shop.charge(Body.charge(token)).state == "Authorized success")
        }
    }

    @Test(arguments: ["\"203.0.113.7\",\"127.0.0.1\",\"::1\"", "\"10.0.0.0/8\",\"127.0.0.0/8\",\"::/64\""])
    func `from an address on the list, or in a block on it, everything is allowed`(list: String) async throws {
        try await withShop { shop in
            try await shop.set("{\"kpayment\":{\"ip_whitelist\":[\(list)]}}")
            let key = shop.secretKey
            try await shop.onSocket { client in
                let answer = try await client.execute(
                    uri: "/card/v2/charge/x", method: .get, headers: [HTTPField.Name("x-api-key")!: key]
                ) { Answer($0) }
                #expect(answer.error == "404 charge_id_not_exist")
            }
        }
    }
}
