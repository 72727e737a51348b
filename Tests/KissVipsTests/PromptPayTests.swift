import APISupport
import EMVQR
import Gateway
import HTTPTypes
import Money
import Payments
import Store
import TestSupport
import Testing

@testable import mekong

/// PromptPay QR codes from creation to the verified deposit (Appendix D).
@Suite struct PromptPayTests {
    @Test func `what the payer pays before the merchant says so is verified when it does`() async throws {
        try await withShop { shop in
            let uuid = try await shop.newCode()
            let paid = try await shop.ask(.post, "/qr/pay", "{\"id\":\"\(uuid)\"}")
            #expect(paid.show("status") == "paid" && paid.show("matched") == "false")
            #expect(try await shop.codeStatus(uuid) == "C")
            #expect(try await shop.balance == "0.00")
            let scanned = try await shop.scan(uuid)
            #expect(scanned.reply("prompt_pay_qrcode.status") == "V")
            #expect(try await shop.codeStatus(uuid) == "V")
            #expect(try await shop.balance == "1.00")
        }
    }

    @Test func `what arrives within the five minutes after the scan is verified when it arrives`() async throws {
        try await withShop { shop in
            let uuid = try await shop.newCode()
            #expect(try await shop.scan(uuid).reply("prompt_pay_qrcode.status") == "S")
            try await shop.advance(seconds: 180)
            #expect(try await shop.credit("1"))
            #expect(try await shop.codeStatus(uuid) == "V")
        }
    }

    @Test func `what arrives later than that is left for a person`() async throws {
        try await withShop { shop in
            let uuid = try await shop.newCode()
            _ = try await shop.scan(uuid)
            try await shop.advance(seconds: 302)
            #expect(try await shop.credit("1") == false)
            #expect(try await shop.codeStatus(uuid) == "S")
            #expect(try await shop.balance == "0.00")
        }
    }

    @Test func `a statement may tell of the money days later`() async throws {
        try await withShop { shop in
            let uuid = try await shop.newCode()
            _ = try await shop.scan(uuid)
            try await shop.advance(seconds: 5 * 86_400)
            #expect(try await shop.codeStatus(uuid) == "S")
            #expect(try await shop.credit("1", "\"at\":\"2026-03-02T05:02:00Z\""))
            #expect(try await shop.codeStatus(uuid) == "V")
        }
    }

    @Test func `after seven days it waits no more, and shows as scanned`() async throws {
        try await withShop { shop in
            let uuid = try await shop.newCode()
            _ = try await shop.scan(uuid)
            try await shop.advance(seconds: 7 * 86_400 + 1)
            #expect(try await shop.credit("1", "\"at\":\"2026-03-02T05:02:00Z\"") == false)
            #expect(try await shop.codeStatus(uuid) == "S")
            #expect(try await shop.scan(uuid).reply("prompt_pay_qrcode.status") == "S")
        }
    }

    @Test func `what was credited before the code was made is not its money`() async throws {
        try await withShop { shop in
            try await shop.credit("1")
            try await shop.advance(seconds: 5)
            let uuid = try await shop.newCode()
            #expect(try await shop.scan(uuid).reply("prompt_pay_qrcode.status") == "S")
        }
    }

    @Test func `another amount, or another account, verifies nothing`() async throws {
        try await withShop { shop in
            let uuid = try await shop.newCode()
            _ = try await shop.scan(uuid)
            #expect(try await shop.credit("1.01") == false)
            #expect(try await shop.credit("1", "\"account_id\":2") == false)
            #expect(try await shop.codeStatus(uuid) == "S")
        }
    }

    @Test func `saying it again changes nothing`() async throws {
        try await withShop { shop in
            let uuid = try await shop.newCode()
            let first = try await shop.scan(uuid)
            try await shop.advance(seconds: 60)
            let again = try await shop.scan(uuid)
            #expect(again.text == first.text)
            #expect(
                try await shop.code(uuid).reply("prompt_pay_qrcode.scanned_at")
                    == first.reply("prompt_pay_qrcode.scanned_at"))
            try await shop.credit("1")
            #expect(try await shop.scan(uuid).reply("prompt_pay_qrcode.status") == "V")
        }
    }

    @Test func `once it has expired it cannot be scanned, nor paid`() async throws {
        try await withShop { shop in
            let (uuid, other) = (try await shop.newCode(), try await shop.newCode())
            shop.moveClock(seconds: 1_500)
            #expect(try await shop.scan(other).outcome == "200 OK")
            // Whether or not the run has been there.
            shop.moveClock(seconds: 301)
            #expect(try await shop.scan(uuid).outcome == "409 QRCODE_EXPIRED")
            try await shop.advance(seconds: 60)
            #expect(try await shop.scan(uuid).outcome == "409 QRCODE_EXPIRED")
            #expect(try await shop.codeStatus(uuid) == "C")
            let late = try await shop.ask(.post, "/qr/pay", "{\"id\":\"\(uuid)\"}")
            #expect(late.status == 409 && late.show("error") == "it has expired")
        }
    }

    @Test func `the QR code names the account's PromptPay id and the amount`() async throws {
        try await withShop { shop in
            let uuid = try await shop.newCode(.qrCode.with("amount", "100"))
            let id = try #require(ID<Payment>(hex: uuid.filter { $0 != "-" }))
            let payload = try #require(try await shop.host.gateway.store.read { try $0.payment(id)?.payload })
            let code = try PromptPayQR(decoding: payload)
            let account = try PromptPayAccount(.mobile, "0812345678")
            #expect(code.account == account)
            #expect(code.amount?.minorUnits == 10_000 && code.use == .once)
            let paid = try await shop.ask(.post, "/qr/pay", "{\"qr\":\(quoted(payload)),\"amount\":\"100.00\"}")
            #expect(paid.show("status") == "paid")
            #expect(try await shop.scan(uuid).reply("prompt_pay_qrcode.status") == "V")
        }
    }

    @Test func `two codes of one amount are told apart by their payers`() async throws {
        try await withShop { shop in
            let mine = try await shop.newCode(.qrCode.with("account_no_list", "[6591492367]"))
            let yours = try await shop.newCode(.qrCode.with("account_no_list", "\"[0993720453, 1691414538]\""))
            _ = (try await shop.scan(mine), try await shop.scan(yours))
            #expect(try await shop.credit("1", "\"from_account_no\":\"X720453\""))
            #expect(try await [shop.codeStatus(mine), shop.codeStatus(yours)] == ["S", "V"])
            #expect(try await shop.credit("1", "\"from_account_no\":\"6591492367\""))
            #expect(try await shop.codeStatus(mine) == "V")
            #expect(try await shop.balance == "2.00")
        }
    }

    @Test func `where nothing tells them apart, money is left for a person`() async throws {
        try await withShop { shop in
            let codes = [try await shop.newCode(), try await shop.newCode()]
            for uuid in codes { _ = try await shop.scan(uuid) }
            #expect(try await shop.credit("1", "\"from_account_no\":\"7777777777\"") == false)
            #expect(try await [shop.codeStatus(codes[0]), shop.codeStatus(codes[1])] == ["S", "S"])
        }
    }

    @Test func `a line from an account that one code names does not pay another, scanned or not`() async throws {
        try await withShop { shop in
            let named = try await shop.newCode(.qrCode.with("account_no_list", "[\"1112223334\"]"))
            let other = try await shop.newCode(.qrCode.with("account_no_list", "[\"99999\"]"))
            _ = try await shop.scan(other)
            #expect(try await shop.credit("1", "\"from_account_no\":\"1112223334\"") == false)
            #expect(try await [shop.codeStatus(named), shop.codeStatus(other)] == ["C", "S"])
            _ = try await shop.scan(named)
            #expect(try await [shop.codeStatus(named), shop.codeStatus(other)] == ["V", "S"])
            // One that names nobody takes nothing from those who wait.
            _ = try await shop.newCode(.qrCode.without("account_no_list"))
            #expect(try await shop.credit("1", "\"from_account_no\":\"99999\""))
            #expect(try await shop.codeStatus(other) == "V")
        }
    }

    @Test func `a credit told to the second pays a code of the same second`() async throws {
        try await withShop { shop in
            let uuid = try await shop.newCode()
            let id = try #require(ID<Payment>(hex: uuid.filter { $0 != "-" }))
            let made = try #require(try await shop.host.gateway.store.read { try $0.payment(id)?.created })
            let second = Instant(microseconds: made.microseconds / 1_000_000 * 1_000_000)
            _ = try await shop.scan(uuid)
            let before = quoted(second.adding(seconds: -1).iso8601)
            #expect(try await shop.credit("1", "\"at\":\(before)") == false)
            #expect(try await shop.credit("1", "\"at\":\(quoted(second.iso8601))"))
            #expect(try await shop.codeStatus(uuid) == "V")
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `one of two codes with one text is paid, then the other, then neither`(database: DatabaseKind) async throws {
        try await withShop(on: database) { shop in
            let codes = [try await shop.newCode(), try await shop.newCode()]
            let id = try #require(ID<Payment>(hex: codes[0].filter { $0 != "-" }))
            let payload = try #require(try await shop.host.gateway.store.read { try $0.payment(id)?.payload })
            let answers = [
                try await shop.ask(.post, "/qr/pay", "{\"qr\":\(quoted(payload))}"),
                try await shop.ask(.post, "/qr/pay", "{\"qr\":\(quoted(payload))}"),
                try await shop.ask(.post, "/qr/pay", "{\"qr\":\(quoted(payload))}"),
            ]
            #expect(answers.map(\.status) == [200, 200, 409])
        }
    }

    @Test func `a fee is kept where the merchant has a plan`() async throws {
        try await withShop { shop in
            try await shop.changeMerchant {
                $0.dialects["kissvips"]?.depositFees = FeePlan(
                    discount: .init(partsPerMillion: 20_000), vat: .init(partsPerMillion: 0))
            }
            let uuid = try await shop.newCode(.qrCode.with("amount", "100"))
            _ = try await shop.scan(uuid)
            try await shop.credit("100")
            #expect(try await shop.codeStatus(uuid) == "V")
            #expect(try await shop.balance == "98.00")
        }
    }

    @Test func `without an account that PromptPay knows there is no code`() async throws {
        try await withShop { shop in
            try await shop.changeMerchant { merchant in
                for index in 0..<2 { merchant.collectionAccounts?[index].isActive = false }
            }
            #expect(try await shop.call("create_prompt_pay_qrcode", .qrCode).outcome == "409 NO_DEPOSIT_ACCOUNT")
            try await shop.changeMerchant { merchant in
                for index in 0..<2 { merchant.collectionAccounts?[index].isActive = true }
                merchant.collectionAccounts?[0].promptPay = nil
            }
            // The second account has one.
            let uuid = try await shop.newCode()
            _ = try await shop.scan(uuid)
            #expect(try await shop.credit("1", "\"account_id\":2"))
        }
    }

    @Test func `the merchant's limits hold`() async throws {
        try await withShop { shop in
            let call = { @Sendable (amount: String) in
                try await shop.call("create_prompt_pay_qrcode", .qrCode.with("amount", amount)).outcome
            }
            #expect(try await call("2000000") == "200 OK")
            #expect(try await call("2000001") == "400 AMOUNT_LIMIT_EXCEEDED")
            try await shop.control(
                .put, "/merchant", "{\"limits\":{\"kissvips\":{\"per_transaction\":\"500\",\"per_day\":\"900\"}}}")
            #expect(try await call("501") == "400 AMOUNT_LIMIT_EXCEEDED")
            #expect(try await call("500") == "200 OK")
            #expect(try await call("401") == "409 DAILY_LIMIT_EXCEEDED")
            #expect(try await call("400") == "200 OK")
        }
    }

    @Test func `another merchant's code is not there`() async throws {
        try await withShop { shop in
            let rival = try await shop.rival()
            let uuid = try await shop.newCode()
            #expect(try await rival.code(uuid).outcome == "404 QRCODE_NOT_FOUND")
            #expect(try await rival.scan(uuid).outcome == "404 QRCODE_NOT_FOUND")
            #expect(try await shop.codeStatus(uuid) == "C")
        }
    }

    @Test(arguments: [
        "\"\"", "null", "7", "\"e14c4253-e32b-40f8-bda2-36c82e26111e\"", "\"e14c4253e32b40f8bda236c82e26111e\"",
        "\"../../etc/passwd\"", "\"'; DROP TABLE payments; --\"", "\"\(String(repeating: "a", count: 99))\"",
    ])
    func `what is no uuid of a code is refused`(uuid: String) async throws {
        try await withShop { shop async throws in
            let expected =
                switch uuid {
                case "\"\"", "null": "400 MISSING_PARAMETER"
                case "7": "400 INVALID_PARAMETER"
                case _ where uuid.count > 50: "400 INVALID_PARAMETER"
                default: "404 QRCODE_NOT_FOUND"
                }
            for name in ["get_prompt_pay_qrcode_by_uuid", "update_prompt_pay_scanned_time"] {
                #expect(try await shop.call(name, Body([("uuid", uuid)])).outcome == expected)
            }
        }
    }

    @Test func `the merchant's own code has nowhere to send its payer back to`() async throws {
        try await withShop { shop in
            let uuid = try await shop.newCode(.qrCode.without("account_no_list"))
            let code = try await shop.code(uuid)
            #expect(code.replies("prompt_pay_qrcode.postback_url", "prompt_pay_qrcode.account_no_list") == "null null")
        }
    }
}
