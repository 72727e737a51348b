import APISupport
import Foundation
import Gateway
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Payments
import Testing
import WireKit

@testable import JWTPay
@testable import mekong

/// The document's table of errors, row by row, and which comes first.
@Suite struct ErrorTableTests {
    private static let signed = ["/deposit", "/withdraw", "/balance", "/order/query", "/signature"]

    @Test(arguments: signed) func `401 without a key, or with one that is nobody's`(path: String) async throws {
        try await withShop { shop in
            let body = Body.deposit().signed(with: shop.key).text
            let type = ("content-type", "application/json")
            for headers in [[type], [type, ("x-api-key", "")], [type, ("x-api-key", shop.key + "x")]] {
                let answer = try await shop.send(.post, "/api/v1" + path, headers, body: body)
                #expect(answer.error == "401 Invalid API key")
            }
            let other = DemoMerchant.kpaymentSecretKey
            let answer = try await shop.send(.post, "/api/v1" + path, [type, ("x-api-key", other)], body: body)
            #expect(answer.error == "401 Invalid API key", "another API's key")
        }
    }

    @Test func `401 where the list of banks is asked for without a key`() async throws {
        try await withShop { shop in
            let answer = try await shop.send(.get, "/api/v1/banks")
            #expect(answer.error == "401 Invalid API key")
        }
    }

    @Test(arguments: signed) func `403 from an address that is not on the list`(path: String) async throws {
        try await withShop { shop in
            try await shop.control(.put, "/merchant", #"{"jwtpay":{"ip_whitelist":["203.0.113.7"]}}"#)
            #expect(try await shop.post(path, Body.deposit()).error == "403 IP not in whitelist")
            try await shop.control(.put, "/merchant", #"{"jwtpay":{"ip_whitelist":null}}"#)
            #expect(try await shop.post(path, Body.deposit()).status != 403)
        }
    }

    @Test func `an address on the list may call, itself or by the word of a trusted proxy`() async throws {
        try await withShop { shop in
            let trusting = Router(context: MekongContext.self)
            trusting.add(
                middleware: ForwardedAddressMiddleware(TrustedProxies([try AddressRange(parsing: "127.0.0.1")])))
            let gateway = shop.host.gateway
            JWTPayAPI(gateway: gateway, dialect: JWTPay(directory: gateway.directory)).addRoutes(to: trusting)
            let body = Body([("timestamp", Body.now)]).signed(with: shop.key).text
            for (router, list, forwarded, status) in [
                (shop.host.router(), "127.0.0.1", nil, 200), (shop.host.router(), "203.0.113.7", "203.0.113.7", 403),
                (trusting, "203.0.113.7", "203.0.113.7", 200), (trusting, "203.0.113.7", "198.51.100.1", 403),
                (trusting, "203.0.113.7", "203.0.113.7, 198.51.100.1", 403), (trusting, "203.0.113.7", nil, 403),
            ] {
                try await shop.control(.put, "/merchant", "{\"jwtpay\":{\"ip_whitelist\":[\"\(list)\"]}}")
                let application = Application(router: router, logger: .quiet)
                try await application.test(.live) { client in
                    var headers: HTTPFields = [.contentType: "application/json", .init("x-api-key")!: shop.key]
                    if let forwarded { headers[.init("x-forwarded-for")!] = forwarded }
                    let answer = try await client.execute(
                        uri: "/api/v1/balance", method: .post, headers: headers, body: ByteBuffer(string: body)
                    ) { Answer($0) }
                    #expect(answer.status == status, "\(list) \(forwarded ?? "-")")
                }
            }
        }
    }

    @Test(arguments: signed.dropLast()) func `403 where another merchant is named, in any operation`(
        path: String
    ) async throws {
        try await withShop { shop in
            let body = Body.withdrawal().with("merchantId", text: "rival")
            let answer = try await shop.post(path, body)
            #expect(answer.error == "403 merchantId does not match API key")
        }
    }

    @Test(arguments: ["999", "true", "{}", "[\"demo\"]", "[]"])
    func `a merchant who is named by what is no string is refused, in any operation, and nothing moves`(
        raw: String
    ) async throws {
        try await withShop { shop in
            try await shop.fund()
            let before = try await shop.balance()
            for path in Self.signed.dropLast() {
                let answer = try await shop.post(path, Body.withdrawal().with("merchantId", raw))
                #expect(answer.status == 400, "\(path)")
                #expect(answer.show("message").hasPrefix("Invalid merchantId: a string is expected"), "\(path)")
            }
            #expect(try await shop.balance() == before)
        }
    }

    @Test(arguments: ["null", "\"\"", "\"demo\""])
    func `operations that need no merchant's name take the right one, or none`(raw: String) async throws {
        try await withShop { shop async throws in
            let body = Body([("timestamp", Body.now)]).with("merchantId", raw)
            #expect(try await shop.post("/balance", body).status == 200)
        }
    }

    @Test(arguments: [-301, 600, -86_400, 1_000_000_000]) func `400 for a timestamp that is not of now`(
        seconds: Int
    ) async throws {
        try await withShop { shop in
            let time = String(Int(Date().timeIntervalSince1970) + seconds)
            for raw in [time, quoted(time)] {
                let answer = try await shop.deposit(Body.deposit().with("timestamp", raw))
                #expect(answer.status == 400 && answer.show("message").hasPrefix("Invalid timestamp"))
            }
            try await shop.expectNothing()
        }
    }

    @Test(arguments: [-120, 0, 290]) func `a timestamp within five minutes is taken, as a number or as text`(
        seconds: Int
    ) async throws {
        try await withShop { shop in
            let time = String(Int(Date().timeIntervalSince1970) + seconds)
            let answer = try await shop.deposit(Body.deposit("A").with("timestamp", time))
            #expect(answer.status == 200)
            #expect(try await shop.deposit(Body.deposit("B").with("timestamp", quoted(time))).status == 200)
        }
    }

    @Test func `milliseconds are no Unix time`() async throws {
        try await withShop { shop in
            let answer = try await shop.deposit(Body.deposit().with("timestamp", Body.now + "000"))
            #expect(answer.status == 400 && answer.show("message").contains("timestamp"))
        }
    }

    @Test func `freshness is by real time, wherever the sandbox's clock stands`() async throws {
        try await withShop { shop in
            try await shop.advance(seconds: 86_400)
            #expect(try await shop.deposit().status == 200)
        }
    }

    /// Each request has every fault from its own on.
    @Test func `key, address, merchant, signature, timestamp, members: told in this order`() async throws {
        try await withShop { shop in
            let bad = Body.deposit().with("amount", "0").with("timestamp", "1").with("merchantId", text: "rival")
            let wrong = bad.with("signature", text: "x")
            try await shop.control(.put, "/merchant", #"{"jwtpay":{"ip_whitelist":["203.0.113.7"]}}"#)
            let stranger = try await shop.send(.post, "/api/v1/deposit", [("x-api-key", "x")], body: wrong.text)
            #expect(stranger.status == 401)
            #expect(try await shop.post("/deposit", wrong.text).error == "403 IP not in whitelist")
            try await shop.control(.put, "/merchant", #"{"jwtpay":null}"#)
            #expect(try await shop.post("/deposit", wrong.text).error == "403 merchantId does not match API key")
            let mine = bad.with("merchantId", text: "demo")
            #expect(
                try await shop.post("/deposit", mine.with("signature", text: "x").text).error == "400 Invalid signature"
            )
            #expect(try await shop.deposit(mine).show("message").contains("timestamp"))
            #expect(try await shop.deposit(mine.with("timestamp", Body.now)).show("message").contains("amount"))
        }
    }

    @Test(arguments: ["", "{", "[]", "null", "5", "\"x\"", "{\"a\":1,\"a\":2}", "a=1&b=2", "\u{0}"])
    func `400 for what is no JSON object`(body: String) async throws {
        try await withShop { shop in
            for path in Self.signed {
                let answer = try await shop.post(path, body)
                #expect(answer.error == "400 Invalid JSON", "\(path)")
            }
        }
    }

    @Test func `413 for a body beyond bounds`() async throws {
        try await withShop { shop in
            let body = Body.deposit().with("name", text: String(repeating: "x", count: 70_000))
            let answer = try await shop.deposit(body)
            #expect(answer.error == "413 Request body is too large")
        }
    }

    @Test func `a deeply nested body is refused, not followed`() async throws {
        try await withShop { shop in
            let nested = String(repeating: "[", count: 20_000) + String(repeating: "]", count: 20_000)
            let answer = try await shop.post("/deposit", "{\"a\":\(nested)}")
            #expect(answer.error == "400 Invalid JSON")
        }
    }

    @Test(arguments: [
        (GatewayFault.unavailable, "503 Service unavailable"), (.pending, "503 Service unavailable"),
        (.insufficientBalance, "400 Insufficient balance"), (.referenceTaken, "400 transactionId already exists"),
        (.notFound, "404 Order not found"), (.refused(.overflow), "400 Invalid amount: out of range"),
    ])
    func `what the core refuses is told in this API's words`(fault: GatewayFault, told: String) throws {
        let error = try #require(JWTPayError(fault))
        #expect("\(error.status.code) \(error.message)" == told)
    }

    @Test func `500 for what nobody foresaw, and no word of what it was`() {
        #expect(JWTPayError(CancellationError()) == nil && JWTPayError(GatewayFault.tokenUsed) == nil)
        #expect(JWTPayError.unforeseen.message == "Internal server error")
        #expect(JWTPayError.unforeseen.status == .internalServerError)
    }
}
