import APISupport
import Payments
import TestSupport
import Testing
import WireKit

/// `get_deposit`, `redeem_deposit`, `get_deposit_accounts` and the list of banks.
@Suite struct DepositTests {
    private static let payer =
        "\"from_bank\":\"006\",\"from_account_no\":\"1110434783\",\"from_account_name\":\"SOMCHAI J\""

    private func found(_ shop: Shop, _ body: Body = .deposit) async throws -> Int {
        try await shop.done("get_deposit", body)["response.deposits"]?.arrayValue?.count ?? -1
    }

    @Test func `a deposit is found by bank, account, name and amount`() async throws {
        try await withShop { shop in
            try await shop.credit("50", Self.payer)
            let answer = try await shop.done("get_deposit", .deposit)
            #expect(
                answer.replies(
                    "deposits.0.from_bank_id", "deposits.0.from_account_name", "deposits.0.from_account_no",
                    "deposits.0.amount", "deposits.0.is_redeemed") == "3 SOMCHAI J 1110434783 50.0000 0")
            for (field, value, count) in [
                ("amount", "50.00", 1), ("amount", "\"50\"", 1), ("amount", "50.01", 0), ("from_bank_id", "2", 0),
                ("from_bank_account_no", "1110434783", 1), ("from_bank_account_no", "\"111-0-43478-3\"", 1),
                ("from_bank_account_no", "\"9990434783\"", 0), ("from_bank_account_no", "\"X434783\"", 1),
                ("from_bank_account_name", "\" somchai   j \"", 1), ("from_bank_account_name", "\"SOMSAK\"", 0),
            ] {
                #expect(try await found(shop, .deposit.with(field, value)) == count, "\(field) \(value)")
            }
        }
    }

    @Test func `what a statement leaves out matches anything, but for the account`() async throws {
        try await withShop { shop in
            try await shop.credit("50", "\"from_account_no\":\"X434783\"")
            #expect(try await found(shop) == 1)
            #expect(try await found(shop, .deposit.with("from_bank_account_no", text: "1110434784")) == 0)
            try await shop.credit("60")
            #expect(try await found(shop, .deposit.with("amount", "60")) == 0)
        }
    }

    @Test(arguments: DatabaseKind.allCases)
    func `the newest deposits come first, of the last thirty days and of every account`(
        database: DatabaseKind
    ) async throws {
        try await withShop(on: database) { shop in
            try await shop.credit("50", Self.payer + ",\"at\":\"2026-01-20T05:00:00Z\"")
            try await shop.credit("50", Self.payer + ",\"at\":\"2026-02-20T05:00:00Z\"")
            try await shop.credit("50", Self.payer + ",\"account_id\":2,\"at\":\"2026-02-21T05:00:00Z\"")
            let answer = try await shop.done("get_deposit", .deposit)
            #expect(answer["response.deposits"]?.arrayValue?.count == 2)
            #expect(
                answer.replies(
                    "deposits.0.bank_account_id", "deposits.0.datetime", "deposits.1.bank_account_id",
                    "deposits.1.datetime") == "2 2026-02-21 12:00:00 1 2026-02-20 12:00:00")
        }
    }

    @Test func `a redeemed deposit is the merchant's money, once`() async throws {
        try await withShop { shop in
            try await shop.credit("50", Self.payer)
            #expect(try await shop.balance == "0.00")
            let redeemed = try await shop.done("redeem_deposit", Body([("deposit_id", "1")]))
            #expect(redeemed.reply("deposit.is_redeemed") == "1")
            #expect(redeemed.reply("deposit.from_account_no") == "-")
            #expect(try await shop.balance == "50.00")
            let again = try await shop.call("redeem_deposit", Body([("deposit_id", "\"1\"")]))
            #expect(again.outcome == "409 DEPOSIT_ALREADY_REDEEMED")
            #expect(try await shop.balance == "50.00")
            #expect(try await shop.done("get_deposit", .deposit).reply("deposits.0.is_redeemed") == "1")
        }
    }

    @Test func `what has paid a QR code shows as redeemed and cannot be redeemed`() async throws {
        try await withShop { shop in
            _ = try await shop.scan(shop.newCode(.qrCode.with("amount", "50")))
            #expect(try await shop.credit("50", Self.payer))
            #expect(try await shop.done("get_deposit", .deposit).reply("deposits.0.is_redeemed") == "1")
            let answer = try await shop.call("redeem_deposit", Body([("deposit_id", "1")]))
            #expect(answer.outcome == "409 DEPOSIT_ALREADY_REDEEMED")
            #expect(try await shop.balance == "50.00")
        }
    }

    @Test func `what was redeemed pays no QR code`() async throws {
        try await withShop { shop in
            let uuid = try await shop.newCode(.qrCode.with("amount", "50"))
            try await shop.credit("50", Self.payer)
            _ = try await shop.done("redeem_deposit", Body([("deposit_id", "1")]))
            #expect(try await shop.scan(uuid).reply("prompt_pay_qrcode.status") == "S")
            #expect(try await shop.balance == "50.00")
        }
    }

    @Test func `another merchant's deposit is not there`() async throws {
        try await withShop { shop in
            let rival = try await shop.rival()
            try await shop.credit("50", Self.payer)
            #expect(try await found(rival) == 0)
            #expect(
                try await rival.call("redeem_deposit", Body([("deposit_id", "1")])).outcome == "404 DEPOSIT_NOT_FOUND")
            #expect(try await shop.done("get_deposit", .deposit).reply("deposits.0.is_redeemed") == "0")
        }
    }

    @Test(arguments: [
        ("null", "400 MISSING_PARAMETER"), ("true", "400 INVALID_PARAMETER"), ("\"abc\"", "400 INVALID_PARAMETER"),
        ("-1", "400 INVALID_PARAMETER"), ("1.5", "400 INVALID_PARAMETER"), ("[1]", "400 INVALID_PARAMETER"),
        ("99999999999999999999", "400 INVALID_PARAMETER"), ("0", "404 DEPOSIT_NOT_FOUND"),
        ("2", "404 DEPOSIT_NOT_FOUND"),
    ])
    func `what is no deposit's id is refused`(id: String, outcome: String) async throws {
        try await withShop { shop in
            try await shop.credit("50", Self.payer)
            #expect(try await shop.call("redeem_deposit", Body([("deposit_id", id)])).outcome == outcome)
            #expect(try await shop.balance == "0.00")
        }
    }

    /// A field of `get_deposit`, a raw value, and what is answered.
    static let wrong: [(String, String, String)] = [
        ("from_bank_id", "null", "400 MISSING_PARAMETER"), ("from_bank_id", "\"x\"", "400 INVALID_PARAMETER"),
        ("from_bank_id", "-1", "400 INVALID_PARAMETER"), ("from_bank_id", "99", "404 BANK_NOT_FOUND"),
        ("from_bank_account_name", "null", "400 MISSING_PARAMETER"),
        ("from_bank_account_name", "7", "400 INVALID_PARAMETER"),
        ("from_bank_account_name", "\"\(String(repeating: "a", count: 129))\"", "400 INVALID_PARAMETER"),
        ("from_bank_account_no", "null", "400 MISSING_PARAMETER"),
        ("from_bank_account_no", "true", "400 INVALID_PARAMETER"),
        ("from_bank_account_no", "\"\(String(repeating: "1", count: 129))\"", "400 INVALID_PARAMETER"),
        ("amount", "null", "400 MISSING_PARAMETER"), ("amount", "\"x\"", "400 INVALID_PARAMETER"),
        ("amount", "0", "400 INVALID_AMOUNT"), ("amount", "-50", "400 INVALID_AMOUNT"),
        ("amount", "50.001", "400 INVALID_PARAMETER"),
    ]

    @Test func `whatever is wrong with an inquiry is named`() async throws {
        try await withShop { shop in
            for (field, value, outcome) in Self.wrong {
                let answer = try await shop.call("get_deposit", .deposit.with(field, value))
                #expect(answer.outcome == outcome, "\(field) \(value)")
            }
            // Hostile text finds nothing and breaks nothing.
            for text in ["' OR 1=1 --", "%", "_", "\\", "<script>", "X"] {
                #expect(try await found(shop, .deposit.with("from_bank_account_no", text: text)) == 0)
            }
        }
    }

    @Test func `only active accounts are shown, a code only of those that PromptPay knows`() async throws {
        try await withShop { shop in
            try await shop.changeMerchant { merchant in
                merchant.collectionAccounts?[0].isActive = false
                merchant.collectionAccounts?[1].promptPay = nil
            }
            let answer = try await shop.done("get_deposit_accounts")
            #expect(answer["response.accounts"]?.arrayValue?.count == 1)
            #expect(
                answer.replies("accounts.0.id", "accounts.0.qrcode_url") == "2 http://gateway.test/img/no-image.png")
            let rival = try await shop.rival()
            #expect(try await rival.done("get_deposit_accounts").reply("accounts.0.account_username") == "FIFA007")
        }
    }
}
