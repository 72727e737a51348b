import Crypto
import Gateway
import KissVips
import Payments
import Store
import Testing
import WireKit

@testable import mekong

/// Requests and answers of the hosted flow, as the document's samples show them.
@Suite struct PGMessageTests {
    @Test func `create_pg_deposit answers as its sample`() async throws {
        try await withHostedShop { shop in
            let answer = try await shop.call("create_pg_deposit", HostedShop.samplePG)
            let token = answer.show("response.token")
            #expect(token.wholeMatch(of: /[0-9a-f]{32}/) != nil)
            let expected =
                "{\"response\":{\"status\":\"OK\",\"token\":\"\(token)\",\"expired_at\":\"\(answer.show("response.expired_at"))\"}}"
            #expect(answer.text == expected)
            #expect(answer.show("response.expired_at").wholeMatch(of: /2026-03-02 12:15:0\d/) != nil)
        }
    }

    @Test func `get_pg_deposit_by_token answers as its sample`() async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG()
            let fresh = try await shop.deposit(token)
            #expect(fresh.show("response.deposit.is_token_used") == "0")
            #expect(fresh.show("response.deposit.token_used_at") == "null")
            let browser = PayerBrowser(shop: shop)
            _ = try await browser.signIn(try await browser.openPG(token), "poor")
            let used = try await shop.deposit(token)
            let instant = /2026-03-02T05:(00|15):\d\d\.\d{6}Z/
            for name in ["token_expired_at", "token_used_at", "created_at"] {
                #expect(used.show("response.deposit.\(name)").wholeMatch(of: instant) != nil, "\(name)")
            }
            func at(_ name: String) -> String { used.show("response.deposit.\(name)") }
            #expect(
                used.text == """
                    {"response":{"status":"OK","deposit":{"token":"\(token)","is_token_used":1,\
                    "token_expired_at":"\(at("token_expired_at"))","token_used_at":"\(at("token_used_at"))",\
                    "amount":"10.0000","created_at":"\(at("created_at"))",\
                    "error_message":"Insufficient Balance","status":"E"}}}
                    """)
        }
    }

    @Test func `a call back is as its sample, signed by the token`() async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG([("amount", .number("3000"))])
            let browser = PayerBrowser(shop: shop)
            let code = try await browser.signIn(try await browser.openPG(token))
            _ = try await browser.fill(code, ("otp1", "123456"))
            let signature = Hex.encode(Insecure.MD5.hash(data: Array((token + shop.key).utf8)))
            let bodies = try await shop.notices()
            func body(_ status: String) -> String {
                """
                {"deposit_id":1,"token":"\(token)","signature":"\(signature)","amount":"3000","ref":"Testing",\
                "status":"\(status)","error_message":""}
                """
            }
            #expect(bodies == [body("W"), body("S")])
            let notices = try await shop.host.gateway.store.read { try $0.notices(limit: 10) }.map(\.notice)
            #expect(notices.allSatisfy { $0.isOnce && $0.url == "https://shop.example/callback" })
        }
    }

    @Test func `without a callback_url nobody is called back`() async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG([("callback_url", .null)])
            _ = try await PayerBrowser(shop: shop).openPG(token)
            #expect(try await shop.notices() == [])
        }
    }

    @Test func `the same idempotency key gives the same token`() async throws {
        try await withHostedShop { shop in
            let first = try await shop.call("create_pg_deposit", HostedShop.samplePG, idempotencyKey: "k")
            let second = try await shop.call("create_pg_deposit", HostedShop.samplePG, idempotencyKey: "k")
            #expect(first.status == 200 && first.text == second.text)
        }
    }

    static let missing = ["from_bank_config_id", "amount", "postback_url", "ref"]

    @Test(arguments: missing, [JSON?.none, .null, .string("")])
    func `a mandatory field that is missing or empty is named`(field: String, value: JSON?) async throws {
        try await withHostedShop { shop in
            let fields = HostedShop.samplePG.filter { $0.0 != field } + (value.map { [(field, $0)] } ?? [])
            let answer = try await shop.call("create_pg_deposit", fields)
            #expect(answer.error == "400 MISSING_PARAMETER" && answer.text.contains(field))
        }
    }

    static let bad: [(String, JSON, String)] = [
        ("from_bank_config_id", .number("0"), "404 BANK_NOT_FOUND"),
        ("from_bank_config_id", .number("999"), "404 BANK_NOT_FOUND"),
        ("from_bank_config_id", .number("12"), "409 BANK_DISABLED"),
        ("from_bank_config_id", .string("five"), "400 INVALID_PARAMETER"),
        ("from_bank_config_id", .number("-5"), "400 INVALID_PARAMETER"),
        ("from_bank_config_id", .bool(true), "400 INVALID_PARAMETER"),
        ("bank_type", .string("X"), "400 INVALID_PARAMETER"), ("bank_type", .number("1"), "400 INVALID_PARAMETER"),
        ("amount", .number("0"), "400 INVALID_AMOUNT"), ("amount", .number("-1"), "400 INVALID_AMOUNT"),
        ("amount", .number("1.001"), "400 INVALID_PARAMETER"), ("amount", .string("ten"), "400 INVALID_PARAMETER"),
        ("amount", .number("9999999999"), "400 AMOUNT_LIMIT_EXCEEDED"),
        ("amount", .number("1e400"), "400 INVALID_PARAMETER"),
        ("postback_url", .string("javascript:alert(1)"), "400 INVALID_PARAMETER"),
        ("postback_url", .string("shop.example"), "400 INVALID_PARAMETER"),
        (
            "postback_url", .string("https://shop.example/" + String(repeating: "a", count: 512)),
            "400 INVALID_PARAMETER"
        ),
        ("postback_url", .number("1"), "400 INVALID_PARAMETER"),
        ("callback_url", .string("ftp://shop.example"), "400 INVALID_PARAMETER"),
        (
            "callback_url", .string("https://shop.example/" + String(repeating: "a", count: 512)),
            "400 INVALID_PARAMETER"
        ),
        ("ref", .string(String(repeating: "r", count: 129)), "400 INVALID_PARAMETER"),
        ("ref", .number("7"), "400 INVALID_PARAMETER"), ("ref", .string("a\u{0}b"), "400 INVALID_PARAMETER"),
    ]

    @Test func `a bad field is refused and nothing is made`() async throws {
        try await withHostedShop { shop in
            for (field, value, error) in Self.bad {
                let answer = try await shop.call(
                    "create_pg_deposit", HostedShop.samplePG.filter { $0.0 != field } + [(field, value)])
                #expect(answer.error == error, "\(field): \(value)")
            }
            let sessions = try await shop.host.gateway.store.read { reader in
                var count = 0
                try reader.forEachBankSession { _ in count += 1 }
                return count
            }
            #expect(sessions == 0)
        }
    }

    @Test(arguments: ["00", "", "d8b7015803539e9c532c7d16e8658e19", "D8B7"])
    func `a token that nobody has is not found`(token: String) async throws {
        try await withHostedShop { shop in
            let answer = try await shop.deposit(token)
            #expect(answer.error == (token.isEmpty ? "400 MISSING_PARAMETER" : "404 DEPOSIT_NOT_FOUND"))
            let page = try await PayerBrowser(shop: shop).openPG(token)
            #expect(page.answer.status == 404 && page.heading == "This page does not exist")
        }
    }

    @Test func `a token that is too long, or no text, is refused`() async throws {
        try await withHostedShop { shop in
            #expect(try await shop.deposit(String(repeating: "a", count: 33)).error == "400 INVALID_PARAMETER")
            let number = try await shop.call("get_pg_deposit_by_token", [("token", .number("5"))])
            #expect(number.error == "400 INVALID_PARAMETER")
        }
    }

    @Test func `another merchant's token is as good as none`() async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG()
            let rival = try await shop.addRival()
            #expect(try await rival.deposit(token).error == "404 DEPOSIT_NOT_FOUND")
            #expect(try await shop.status(token) == "C")
        }
    }
}

extension HostedShop {
    /// A second merchant, who calls with a key of its own.
    func addRival() async throws -> HostedShop {
        let gateway = host.gateway
        let id = MerchantID(rawValue: "rival")
        var changes = Changes(at: gateway.clock.now())
        changes.add(
            try MerchantDirectory.change(
                putting: Merchant(
                    id: id, name: "Rival", acceptors: [], dialects: [KissVips.id.rawValue: DialectSettings()])))
        for (role, text) in [(KissVips.Role.code, "RIVAL"), (KissVips.Role.key, "rival-key")] {
            changes.add(
                try MerchantDirectory.change(
                    putting: Credential(merchant: id, dialect: KissVips.id, role: role, text: Secret(text)),
                    gateway.vault))
        }
        try await gateway.store.commit(changes)
        try await gateway.directory.refresh(from: gateway.store)
        var rival = self
        (rival.merchantCode, rival.key) = ("RIVAL", "rival-key")
        return rival
    }
}
