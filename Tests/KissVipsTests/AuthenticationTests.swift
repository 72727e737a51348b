import APISupport
import Gateway
import HTTPTypes
import Payments
import TestSupport
import Testing
import WireKit

/// Table 2: what every request must have. `get_balance` has nothing else.
@Suite struct AuthenticationTests {
    private func status(_ shop: Shop, _ body: Body) async throws -> String {
        try await shop.post("get_balance", body.text).outcome
    }

    @Test func `a signed request is answered`() async throws {
        try await withShop { shop async throws in
            #expect(try await status(shop, shop.signed()) == "200 OK")
        }
    }

    @Test func `the sandbox tells the credentials of its contract`() async throws {
        try await withShop { shop in
            let shown = try await shop.control(.get, "/credentials").show("kissvips")
            #expect(shown == #"{"merchant_code":"DEMO","api_key":"P2B5jwQXiw60I5ic9s8MeWniG1o9GteS"}"#)
        }
    }

    @Test(arguments: ["merchant_code", "time", "signature"])
    func `what is missing or empty is named`(name: String) async throws {
        try await withShop { shop async throws in
            for body in [
                shop.signed().without(name), shop.signed().with(name, "null"), shop.signed().with(name, "\"\""),
            ] {
                let answer = try await shop.post("get_balance", body.text)
                #expect(answer.outcome == "400 MISSING_PARAMETER")
                #expect(answer.message.hasSuffix(name))
            }
        }
    }

    @Test(arguments: [
        ("merchant_code", "\"12345678901234567\""), ("merchant_code", "true"), ("merchant_code", "[]"),
        ("merchant_code", "\"DE\\u0000MO\""), ("time", "true"), ("time", "{}"), ("time", "\"now\""), ("time", "1e9"),
        ("time", "1.234"), ("time", "-5"), ("signature", "1.5"),
        ("signature", "\"\(String(repeating: "a", count: 33))\""),
    ])
    func `what is malformed is named`(name: String, value: String) async throws {
        try await withShop { shop async throws in
            let answer = try await shop.post("get_balance", shop.signed().with(name, value).text)
            #expect(answer.outcome == "400 INVALID_PARAMETER")
            #expect(answer.message.contains(name))
        }
    }

    @Test func `a wrong signature and a wrong merchant are refused alike`() async throws {
        try await withShop { shop async throws in
            let time = shop.newTime()
            var stranger = shop
            stranger.code = "NOBODY"
            var forger = shop
            forger.key = "guessed"
            var thief = shop
            // An API key names nobody.
            thief.code = String(shop.key.prefix(16))
            let refusals = [
                try await shop.post(
                    "get_balance", shop.signed(time).with("signature", text: shop.signature(time).uppercased()).text),
                try await shop.post("get_balance", shop.signed(time).with("signature", text: "").text),
                try await forger.call("get_balance"), try await stranger.call("get_balance"),
                try await thief.call("get_balance"),
                try await shop.post("get_balance", shop.signed(time).with("time", "1").text),
            ]
            #expect(
                refusals.map(\.outcome) == [
                    "401 AUTHENTICATION_FAILED", "400 MISSING_PARAMETER", "401 AUTHENTICATION_FAILED",
                    "401 AUTHENTICATION_FAILED", "401 AUTHENTICATION_FAILED", "401 AUTHENTICATION_FAILED",
                ])
            #expect(refusals[2].text == refusals[3].text)
            // None of it has used the time up.
            #expect(try await status(shop, shop.signed(time)) == "200 OK")
        }
    }

    @Test func `a time is used once, however it is spelled`() async throws {
        try await withShop { shop async throws in
            let second = String(shop.newTime().prefix(10))
            #expect(try await status(shop, shop.signed(second)) == "200 OK")
            for again in [second, second + ".0", second + ".00", "\"\(second)\"", "0" + second] {
                let time = again.filter { $0 != "\"" }
                let body = shop.signed(time).with("time", text: time)
                #expect(try await status(shop, body) == "401 TIME_ALREADY_USED", "\(again)")
            }
            #expect(try await status(shop, shop.signed(second + ".1")) == "200 OK")
            #expect(try await status(shop, shop.signed(second + ".10")) == "401 TIME_ALREADY_USED")
        }
    }

    @Test func `a time that another merchant has used is free`() async throws {
        try await withShop { shop async throws in
            let rival = try await shop.rival()
            let time = shop.newTime()
            #expect(try await status(shop, shop.signed(time)) == "200 OK")
            #expect(try await status(rival, rival.signed(time)) == "200 OK")
            #expect(try await status(rival, rival.signed(time)) == "401 TIME_ALREADY_USED")
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `of many requests with one time one is answered`(database: DatabaseKind) async throws {
        try await withShop(on: database) { shop async throws in
            let body = shop.signed().text
            let outcomes = try await together(50) { _ in try await shop.post("get_balance", body).outcome }
            #expect(outcomes.count(of: "200 OK") == 1)
            #expect(outcomes.count(of: "401 TIME_ALREADY_USED") == 49)
        }
    }

    @Test(arguments: [-125, 600] as [Int64])
    func `a time that is far from now is refused`(seconds: Int64) async throws {
        try await withShop { shop async throws in
            let now = SystemClock().now().microseconds / 1_000_000
            #expect(try await status(shop, shop.signed("\(now + seconds)")) == "401 TIME_OUT_OF_RANGE")
        }
    }

    @Test func `the sandbox's clock locks no client out`() async throws {
        try await withShop { shop async throws in
            try await shop.advance(seconds: 400_000)
            #expect(try await status(shop, shop.signed()) == "200 OK")
        }
    }

    @Test func `a form is a request too, its time hashed as it is written`() async throws {
        try await withShop { shop async throws in
            // A second that is over, so that no other request has this time.
            let time = "\((Int64(shop.newTime().prefix(10)) ?? 0) - 10).50"
            let form = FormBody.encode([
                ("merchant_code", shop.code), ("time", time), ("signature", shop.signature(time)),
            ])
            let type = ("content-type", "application/x-www-form-urlencoded")
            #expect(try await shop.send(.post, "/api/get_balance", [type], body: form).outcome == "200 OK")
            #expect(
                try await shop.send(.post, "/api/get_balance", [type], body: form).outcome == "401 TIME_ALREADY_USED")
            // Without a type its first byte tells.
            let other = FormBody.encode(shop.signed().members.map { ($0.name, $0.raw.filter { $0 != "\"" }) })
            #expect(try await shop.send(.post, "/api/get_balance", [], body: other).outcome == "200 OK")
            #expect(try await shop.send(.post, "/api/get_balance", [], body: shop.signed().text).outcome == "200 OK")
        }
    }

    @Test(arguments: [
        "", "{", "[]", "null", "\"text\"", "{\"time\":1,\"time\":2}", "{\"merchant_code\":\"\\ud800\"}", "{} {}",
    ])
    func `a body that is no object is refused`(body: String) async throws {
        try await withShop { shop async throws in
            #expect(try await shop.post("get_balance", body).outcome == "400 INVALID_REQUEST")
        }
    }

    @Test(arguments: ["time=1&time=2", "a=%zz", "a=%ff", "a[]=1&a=2"])
    func `a form that says a thing twice, or cannot be read, is refused`(body: String) async throws {
        try await withShop { shop async throws in
            let type = ("content-type", "application/x-www-form-urlencoded; charset=utf-8")
            #expect(try await shop.send(.post, "/api/get_balance", [type], body: body).outcome == "400 INVALID_REQUEST")
        }
    }

    @Test(arguments: ["multipart/form-data; boundary=b", "text/xml", "text/plain", "application/octet-stream"])
    func `a body of another type is refused as such, unless it is an object`(type: String) async throws {
        try await withShop { shop async throws in
            let header = ("content-type", type)
            let part = "--b\r\nContent-Disposition: form-data; name=\"merchant_code\"\r\n\r\nDEMO\r\n--b--\r\n"
            for body in [part, "<merchant_code>DEMO</merchant_code>", "merchant_code=DEMO", ""] {
                #expect(
                    try await shop.send(.post, "/api/get_balance", [header], body: body).outcome
                        == "400 INVALID_REQUEST", "\(body)")
            }
            let answer = try await shop.send(.post, "/api/get_balance", [header], body: shop.signed().text)
            #expect(answer.outcome == "200 OK")
        }
    }

    @Test func `a body beyond 64 KiB is too large`() async throws {
        try await withShop { shop async throws in
            let body = shop.signed().with("more", text: String(repeating: "x", count: 66_000))
            #expect(try await shop.post("get_balance", body.text).outcome == "413 REQUEST_TOO_LARGE")
        }
    }

    @Test func `members that nobody knows are passed over`() async throws {
        try await withShop { shop async throws in
            #expect(try await status(shop, shop.signed().with("more", "[1,{\"a\":null}]")) == "200 OK")
        }
    }

    @Test func `what is no operation is not there`() async throws {
        try await withShop { shop async throws in
            #expect(try await shop.call("get_transaction").status == 404)
            #expect(try await shop.send(.get, "/api/get_balance").status != 200)
        }
    }
}
