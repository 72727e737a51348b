import APISupport
import Gateway
import KissVips
import Payments
import Store
import Testing
import WireKit

@testable import mekong

/// Requests and answers of the hosted flow, as the document's samples show them.
@Suite struct PGMessageTests {
    /// What differs from run to run, by what stands for it in the files.
    private func masked(_ text: String, _ token: String) -> String {
        Golden.masked(text.replacing(token, with: "<token>"))
            .replacing(/2026-03-02 12:15:[0-9]{2}/, with: "<Bangkok time>")
            .replacing(/"signature":"[0-9a-f]{32}"/, with: "\"signature\":\"<signature>\"")
    }

    @Test func `create_pg_deposit answers as its sample`() async throws {
        try await withHostedShop { shop in
            let answer = try await shop.call("create_pg_deposit", HostedShop.samplePG)
            let token = answer.show("response.token")
            #expect(token.wholeMatch(of: /[0-9a-f]{32}/) != nil)
            let golden = try Golden.wire("create_pg_deposit")
            #expect(masked(answer.text, token) == golden)
        }
    }

    @Test func `get_pg_deposit_by_token answers as its sample`() async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG()
            let fresh = try await shop.deposit(token)
            let created = try Golden.wire("get_pg_deposit_by_token_created")
            #expect(masked(fresh.text, token) == created)
            let browser = Browser(shop: shop)
            _ = try await browser.signIn(try await browser.openPG(token), "poor")
            let used = try await shop.deposit(token)
            let failed = try Golden.wire("get_pg_deposit_by_token")
            #expect(masked(used.text, token) == failed)
            // A token lives a quarter of an hour.
            let expires = used.show("response.deposit.token_expired_at")
            #expect(expires.hasPrefix("2026-03-02T05:15:0"))
        }
    }

    @Test func `a call back is as its sample, signed by the token`() async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG([("amount", .number("3000"))])
            let browser = Browser(shop: shop)
            let code = try await browser.signIn(try await browser.openPG(token))
            _ = try await browser.fill(code, ("otp1", "123456"))
            let bodies = try await shop.notices().map(\.text)
            let golden = try Golden.wire("pg_call_back")
            let expected = [golden.replacing("\"status\":\"S\"", with: "\"status\":\"W\""), golden]
            #expect(bodies.map { masked($0, token) } == expected)
            let signature = md5(token + shop.shop.key)
            #expect(bodies.allSatisfy { $0.contains(signature) })
            let notices = try await shop.host.gateway.store.read { try $0.notices(limit: 10) }.map(\.notice)
            #expect(notices.allSatisfy { $0.isOnce && $0.url == "https://shop.example/callback" })
        }
    }

    @Test func `the vector of the call back's signature`() {
        // Made with another program: printf %s "$token$key" | md5sum
        let token = "209bd21457c9916e5eed1e7420468f87"
        #expect(md5(token + "P2B5jwQXiw60I5ic9s8MeWniG1o9GteS") == "b166af2598ddcbddf39bf0face43ff5b")
    }

    @Test func `without a callback_url nobody is called back`() async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG([("callback_url", .null)])
            _ = try await Browser(shop: shop).openPG(token)
            #expect(try await shop.notices().isEmpty)
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
            #expect(answer.outcome == "400 MISSING_PARAMETER" && answer.text.contains(field))
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
                #expect(answer.outcome == error, "\(field): \(value)")
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
            #expect(answer.outcome == (token.isEmpty ? "400 MISSING_PARAMETER" : "404 DEPOSIT_NOT_FOUND"))
            let page = try await Browser(shop: shop).openPG(token)
            #expect(page.answer.status == 404 && page.heading == "This page does not exist")
        }
    }

    @Test func `a token that is too long, or no text, is refused`() async throws {
        try await withHostedShop { shop in
            #expect(try await shop.deposit(String(repeating: "a", count: 33)).outcome == "400 INVALID_PARAMETER")
            let number = try await shop.call("get_pg_deposit_by_token", [("token", .number("5"))])
            #expect(number.outcome == "400 INVALID_PARAMETER")
        }
    }

    @Test func `another merchant's token is as good as none`() async throws {
        try await withHostedShop { shop in
            let token = try await shop.createPG()
            let rival = try await shop.addRival()
            #expect(try await rival.deposit(token).outcome == "404 DEPOSIT_NOT_FOUND")
            #expect(try await shop.status(token) == "C")
        }
    }
}

extension HostedShop {
    /// A second merchant, who calls with a key of its own.
    func addRival() async throws -> HostedShop {
        let id = MerchantID(rawValue: "rival")
        var rival = self
        (rival.shop.code, rival.shop.key) = ("RIVAL", "rival-key")
        try await put(
            Merchant(id: id, name: "Rival", acceptors: [], dialects: [KissVips.id.rawValue: DialectSettings()]),
            [(KissVips.Role.code, rival.shop.code), (KissVips.Role.key, rival.shop.key)].map {
                Credential(merchant: id, dialect: KissVips.id, role: $0.0, text: Secret($0.1))
            })
        return rival
    }
}
